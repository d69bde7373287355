import { expect, test } from 'vitest';
import { createReservations } from '../tab/public.ts';
import { Holds } from './holds.ts';
import type { Intent } from './promise.ts';
import type { Snapshot } from './snapshot.ts';

const world = (block: number): Snapshot => ({ offers: new Map(), tabs: new Map(), placed: new Set(), units: new Map(), block, decided: 0, decisions: [] });
let caughtUp = 0;
const chainAt = (head: () => bigint) => ({
	chain: { head: async () => ({ number: head(), hash: '0x' as const, timestamp: 0n }) },
	catchUp() {
		caughtUp++;
	},
});

test('error: from tables that are folded again nothing is promised until they are where they were', async () => {
	let block = 7;
	const holds = new Holds(
		{ look: async () => world(block) },
		chainAt(() => 9n),
		createReservations(),
	);
	const look = () => holds.look(['7'], [], []);
	await look();
	caughtUp = 0;
	for (block of [0, 6]) await expect(look()).rejects.toMatchObject({ code: 'Operator_Stopping', kind: 'unavailable' });
	expect(caughtUp).toBe(2);
	for (block of [7, 8]) expect((await look()).snapshot.block).toBe(block);
});

test('error: tables that lost their last moment in a crash are behind what stood in them, also when nobody had looked', async () => {
	const holds = new Holds(
		{ look: async () => world(7) },
		chainAt(() => 9n),
		createReservations(),
	);
	const look = () => holds.look(['7'], [], []);
	await look();
	holds.settle({ orderId: '0x01' } as unknown as Intent, 8n);
	await expect(look()).rejects.toMatchObject({ code: 'Operator_Stopping' });
});

test('behavior: a chain that ends sooner than before is all there is to know', async () => {
	let [block, head] = [7, 7n];
	const holds = new Holds(
		{ look: async () => world(block) },
		chainAt(() => head),
		createReservations(),
	);
	const look = () => holds.look(['7'], [], []);
	await look();
	block = 5;
	await expect(look()).rejects.toMatchObject({ code: 'Operator_Stopping' });
	head = 5n;
	expect((await look()).snapshot.block).toBe(5);
	head = 6n;
	expect((await look()).snapshot.block).toBe(5);
});

test('behavior: an answer that was on its way longer than a later one is good', async () => {
	const answers = [Promise.withResolvers<Snapshot>(), Promise.withResolvers<Snapshot>()];
	let asked = 0;
	const holds = new Holds(
		{ look: () => (answers[asked++] as (typeof answers)[number]).promise },
		chainAt(() => 9n),
		createReservations(),
	);
	const looks = [holds.look(['7'], [], []), holds.look(['7'], [], [])];
	answers[1]?.resolve(world(8));
	await looks[1];
	answers[0]?.resolve(world(7));
	expect((await looks[0])?.snapshot.block).toBe(7);
});
