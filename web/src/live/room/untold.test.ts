import { Refusal } from '@kaishi/protocol/platform/errors';
import { beforeEach, expect, test } from 'vitest';
import { tellUntold, type Untold, UntoldBox } from './untold.ts';

let kept: Map<string, string>;
let box: UntoldBox;
beforeEach(() => {
	kept = new Map();
	box = new UntoldBox({
		getItem: (key) => kept.get(key) ?? null,
		setItem: (key, value) => void kept.set(key, value),
		removeItem: (key) => void kept.delete(key),
	});
});

const now = 1_800_000_000_000;
const sale = (order: string, account: string | null = '0xa'): Untold => ({
	kind: 'sales',
	show: 's',
	account,
	since: now,
	body: { orderId: `0x${order}`, announce: true },
});
const gift: Untold = { kind: 'gifts', show: 's', account: '0xa', since: now, body: { purchaseId: '0x77', gift: 'tea' } };
const tell = (outcome: unknown, at = now) => {
	const asked: string[] = [];
	const post = async (path: string) => {
		asked.push(path);
		if (outcome) throw outcome;
	};
	return tellUntold(box, '0xa', at, post).then((waiting) => ({ waiting, asked }));
};

test('default: what was told is forgotten, in the order in which it happened', async () => {
	box.add(sale('1'));
	box.add(gift);
	box.add(sale('1'));
	expect(await tell(null)).toEqual({ waiting: 0, asked: ['/api/live/s/gifts', '/api/live/s/sales'] });
	expect(kept.size).toBe(0);
});

test.each([
	['no answer', new Refusal('Network_Lost', 'unavailable')],
	['a server that is busy', new Refusal('Request_TooMany', 'tooMany')],
	['signed out', new Refusal('Session_Required', 'unauthenticated')],
	['an order that is still a promise', new Refusal('Live_NotYourOrder', 'forbidden')],
])('behavior: it waits for better times: %s', async (_, refusal) => {
	box.add(sale('1'));
	expect((await tell(refusal)).waiting).toBe(1);
	expect(new UntoldBox({ getItem: () => kept.values().next().value ?? null, setItem: () => undefined, removeItem: () => undefined }).read()).toHaveLength(1);
	expect((await tell(refusal, now + 86_400_001)).waiting).toBe(0);
});

test('behavior: what will never be taken is let go', async () => {
	box.add(sale('1'));
	expect((await tell(new Refusal('Live_NotYourOrder', 'forbidden'), now + 600_001)).waiting).toBe(0);
	box.add(gift);
	expect((await tell(new Refusal('Live_UnknownShow', 'notFound'))).waiting).toBe(0);
	expect(box.read()).toEqual([]);
});

test('behavior: nobody tells of another account’s purchases', async () => {
	box.add(sale('1', '0xb'));
	expect(await tell(null)).toEqual({ waiting: 0, asked: [] });
	expect(box.read()).toHaveLength(1);
});

test('behavior: where nothing may be kept it lasts as long as the page', async () => {
	const forbidden = () => {
		throw new Error('forbidden');
	};
	box = new UntoldBox({ getItem: forbidden, setItem: forbidden, removeItem: forbidden });
	box.add(sale('1'));
	expect((await tell(new Refusal('Network_Lost', 'unavailable'))).waiting).toBe(1);
	expect((await tell(null)).waiting).toBe(0);
	expect(box.read()).toEqual([]);
});
