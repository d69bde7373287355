import { once } from 'node:events';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Refusal } from '@kaishi/protocol/platform/errors';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { OpenDatabase } from '../db/open-database.ts';
import { createTestDatabase } from '../db/test-database.ts';
import { createSeal } from '../peer/seal.ts';
import { clusterMigrations } from './schema.ts';
import { type Duties, joinServers, type Servers } from './servers.ts';
import { openSoleServer } from './sole-server.ts';
import type { Term } from './term.ts';

const seal = createSeal(`0x${'11'.repeat(32)}`);
let db: OpenDatabase;
const open: Servers[] = [];
// As long as one database is open, its server runs.
let first: OpenDatabase;
beforeAll(async () => {
	first = await createTestDatabase(clusterMigrations);
});
afterAll(() => first?.close());
beforeEach(async () => {
	db = await createTestDatabase(clusterMigrations);
});
afterEach(async () => {
	await Promise.all(open.splice(0).map((server) => server.close()));
	await db.close();
});

interface Watched {
	server: Servers;
	terms: Term[];
	stopped: number;
}

/** A server whose one duty is to say its name. */
async function join(name: string, methods: Duties['methods'] = {}): Promise<Watched> {
	const watched: Omit<Watched, 'server'> = { terms: [], stopped: 0 };
	const server = await joinServers({
		connection: db.connection,
		seal,
		listenUrl: 'http://127.0.0.1:0',
		onError: () => undefined,
		async assume(term) {
			watched.terms.push(term);
			return {
				methods: { who: (of: bigint) => `${name} ${of}`, ...methods },
				streams: {
					echo(socket: Socket, word: string) {
						socket.write(`${name} ${word} `);
						socket.pipe(socket);
					},
				},
				stop: async () => void watched.stopped++,
			};
		},
	});
	open.push(server);
	return Object.assign(watched, { server });
}

/** What a network or a database that failed does to a leader's session. */
const cutOffLeader = () =>
	db.query(
		`select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and granted and database = (select oid from pg_database where datname = current_database())`,
	);

test('default: the first to come leads, the others ask it', async () => {
	const one = await join('one');
	const [two, three] = await Promise.all([join('two'), join('three')]);
	expect([one, two, three].map(({ server }) => server.leads())).toEqual([true, false, false]);
	for (const { server } of [one, two, three]) expect(await server.call('who', [5n])).toBe('one 5');
	expect((await db.query('select term from cluster.leader')).rows).toEqual([{ term: one.terms[0]?.number }]);
	await expect(two.server.call('unheard', [])).rejects.toThrow(/no duty of the leader: unheard/);
});

test('behavior: a leader that goes is followed by another, in a later term', async () => {
	const [one, two] = [await join('one'), await join('two')];
	await one.server.close();
	expect(one.stopped).toBe(1);
	expect(await two.server.call('who', [1n])).toBe('two 1');
	expect(two.terms[0]?.number).toBeGreaterThan(one.terms[0]?.number ?? 0);
});

test('behavior: a call that was under way is asked again of the next leader', async () => {
	let asked = 0;
	const one = await join('one', {
		slow() {
			asked++;
			return new Promise(() => undefined);
		},
	});
	const two = await join('two', { slow: () => 'done' });
	const call = two.server.call('slow', []);
	await vi.waitFor(() => expect(asked).toBe(1));
	await one.server.close();
	expect(await call).toBe('done');
});

test('behavior: what a leader refuses because it stops is asked of the next one', async () => {
	const stopping = Promise.withResolvers<never>();
	const one = await join('one', { slow: () => stopping.promise });
	const two = await join('two', { slow: () => 'done' });
	const call = one.server.call('slow', []);
	await cutOffLeader();
	await vi.waitFor(() => expect(one.stopped).toBe(1));
	stopping.reject(new Refusal('Operator_Stopping', 'unavailable'));
	expect(await call).toBe('done');
	expect(two.terms).toHaveLength(1);
});

test('behavior: a leader whose session the database lost is over at once; it follows, or is elected again for another term', async () => {
	const [one, two] = [await join('one'), await join('two')];
	await cutOffLeader();
	await vi.waitFor(() => expect(one.terms[0]?.isCurrent()).toBe(false));
	await vi.waitFor(() => expect(two.server.leads()).toBe(true));
	expect(() => one.terms[0]?.require()).toThrow(/Cluster_NoLeader/);
	expect(one.stopped).toBe(1);
	expect(await one.server.call('who', [2n])).toBe('two 2');
});

test('behavior: a leader that is busy stays leader', async () => {
	const one = await join('one');
	const end = performance.now() + 3000;
	while (performance.now() < end) one.terms[0]?.isCurrent();
	expect(one.terms[0]?.isCurrent()).toBe(true);
	expect(await one.server.call('who', [3n])).toBe('one 3');
});

test('behavior: a leader that the database does not answer is over before anybody else can be elected', async () => {
	const [one, two] = [await join('one'), await join('two')];
	await db.transaction(async (tx) => {
		await tx.query('lock table cluster.leader in access exclusive mode');
		await vi.waitFor(() => expect(one.terms[0]?.isCurrent()).toBe(false), { timeout: 10_000 });
		expect(two.terms).toEqual([]);
	});
	await vi.waitFor(() => expect([one, two].filter(({ server }) => server.leads())).toHaveLength(1), { timeout: 10_000 });
	expect([...one.terms, ...two.terms].at(-1)?.number).toBeGreaterThan(one.terms[0]?.number ?? 0);
});

test('behavior: a stream to the leader carries what is written, and ends with the leader', async () => {
	const [one, two] = [await join('one'), await join('two')];
	const stream = await two.server.stream('echo', ['hears']);
	let heard = '';
	stream.on('data', (bytes: Buffer) => (heard += bytes.toString()));
	stream.write('tea');
	await vi.waitFor(() => expect(heard).toBe('one hears tea'));
	const unknown = await two.server.stream('unheard', []);
	await once(unknown.resume(), 'close');
	await expect(one.server.stream('echo', ['itself'])).rejects.toMatchObject({ code: 'Cluster_NoLeader' });
	const ended = once(stream, 'close');
	await cutOffLeader();
	await ended;
});

test('error: refusals of the leader reach whoever asked, and are not asked again', async () => {
	let asked = 0;
	await join('one', {
		refuse: () => {
			asked++;
			throw new Refusal('Catalog_SoldOut', 'conflict', { left: '0' });
		},
	});
	const two = await join('two');
	await expect(two.server.call('refuse', [])).rejects.toMatchObject({ code: 'Catalog_SoldOut', details: { left: '0' } });
	expect(asked).toBe(1);
});

test('error: a server that cannot take up its duties does not open, and stands in nobody’s way', async () => {
	const failing = joinServers({
		connection: db.connection,
		seal,
		listenUrl: 'http://127.0.0.1:0',
		onError: () => undefined,
		assume: () => Promise.reject(new Error('the chain is away')),
	});
	await expect(failing).rejects.toThrow('the chain is away');
	expect((await join('two')).server.leads()).toBe(true);
});

test('default: a market’s only server leads without asking anybody', async () => {
	let term: Term | null = null;
	const server = await openSoleServer(db, async (given) => {
		term = given;
		return { methods: { who: () => 'me' }, streams: {}, stop: () => sleep(0) };
	});
	open.push(server);
	expect(server.leads()).toBe(true);
	expect(term).toMatchObject({ number: 1 });
	expect(await server.call('who', [])).toBe('me');
	await expect(server.call('toString', [])).rejects.toThrow(/no duty/);
});
