import { expect, test } from 'vitest';
import { rateTableHash } from './rate-signing.ts';
import { ageOf, convert, convertAll, type Rate } from './rates.ts';

const one = 10n ** 12n;
const rates: Rate[] = [
	{ code: 'USD', value: one.toString() },
	{ code: 'CNY', value: (one / 8n + one / 80n).toString() },
	{ code: 'JPY', value: '6500000000' },
	{ code: 'BTC', value: (65_000n * one).toString() },
	{ code: 'ETH', value: '2500123456789012' },
];

/** The same numbers every time. */
function* randomBigints(count: number): Generator<bigint> {
	let state = 0x2545f491n;
	for (let i = 0; i < count; i++) {
		state = (state * 6364136223846793005n + 1442695040888963407n) & ((1n << 64n) - 1n);
		yield state >> BigInt(i % 60);
	}
}

test('25 dollars are 181.82 yuan at 7.27 to one', () => {
	expect(convert(25_000_000n, 6, 'USD', 'CNY', 2, rates)).toBe(18_182n);
});

test('behavior: decimals of token and reader do not matter to the value', () => {
	for (const decimals of [0, 6, 8, 18, 36]) expect(convert(3n * 10n ** BigInt(decimals), decimals, 'BTC', 'USD', 2, rates)).toBe(19_500_000n);
	expect(convert(1_000_000n, 6, 'USD', 'JPY', 0, rates)).toBe(154n);
	expect(convert(1n, 18, 'ETH', 'USD', 2, rates)).toBe(0n);
});

test('property: into itself nothing changes', () => {
	for (const amount of randomBigints(500)) expect(convert(amount, 2, 'CNY', 'CNY', 2, rates)).toBe(amount);
});

test('property: off by at most half of the smallest unit, and larger amounts are never worth less', () => {
	const worth = 2500123456789012n;
	let before: [bigint, bigint] = [0n, 0n];
	for (const amount of [...randomBigints(500)].sort((a, b) => (a < b ? -1 : 1))) {
		const shown = convert(amount, 18, 'ETH', 'CNY', 2, rates) ?? -1n;
		const exact = amount * worth * 100n;
		const scaled = shown * BigInt(rates[1]?.value ?? 0) * 10n ** 18n;
		const error = exact > scaled ? exact - scaled : scaled - exact;
		expect(2n * error).toBeLessThanOrEqual(BigInt(rates[1]?.value ?? 0) * 10n ** 18n);
		expect(shown).toBeGreaterThanOrEqual(before[1]);
		before = [amount, shown];
	}
});

test('property: there and back again is within what one unit of the coarser side is worth', () => {
	for (const amount of randomBigints(300)) {
		const there = convert(amount, 2, 'USD', 'CNY', 2, rates) ?? -1n;
		const back = convert(there, 2, 'CNY', 'USD', 2, rates) ?? -1n;
		const error = back > amount ? back - amount : amount - back;
		expect(error).toBeLessThanOrEqual(1n);
	}
});

test('property: minus signs only mirror', () => {
	for (const amount of randomBigints(100)) expect(convert(-amount, 6, 'USD', 'CNY', 2, rates)).toBe(-(convert(amount, 6, 'USD', 'CNY', 2, rates) ?? 0n));
});

test('error: no rate, no figure; a rate of zero is none', () => {
	expect(convert(1n, 0, 'XRP', 'USD', 2, rates)).toBeNull();
	expect(convert(1n, 0, 'USD', 'EUR', 2, rates)).toBeNull();
	expect(convert(1n, 0, 'USD', 'EUR', 2, [...rates, { code: 'EUR', value: '0' }])).toBeNull();
});

test('several currencies add up, or not at all', () => {
	const usd = {
		address: '0x0000000000000000000000000000000000000001',
		symbol: 'u',
		name: 'u',
		decimals: 6,
		iso: 'USD',
		asset: null,
		test: true,
		authorization: null,
	} as const;
	const btc = { ...usd, address: '0x0000000000000000000000000000000000000002', decimals: 8, iso: null, asset: 'BTC' } as const;
	const amounts = [
		{ currency: usd.address, amount: '1500000' },
		{ currency: btc.address, amount: '100000' },
	];
	expect(convertAll(amounts, [usd, btc], 'USD', 2, rates)).toBe(6650n);
	expect(convertAll(amounts, [usd, { ...btc, asset: null }], 'USD', 2, rates)).toBeNull();
	expect(convertAll(amounts, [usd], 'USD', 2, rates)).toBeNull();
});

test.each([
	[0, 'fresh'],
	[24 * 3600, 'fresh'],
	[24 * 3600 + 1, 'stale'],
	[7 * 24 * 3600, 'stale'],
	[7 * 24 * 3600 + 1, 'useless'],
	[-3600, 'fresh'],
	[-3601, 'useless'],
])('a table %i seconds old is %s', (age, verdict) => {
	expect(ageOf({ asOf: 1_900_000_000 }, 1_900_000_000 + age)).toBe(verdict);
});

test('the signed hash binds chain, version, time, source and every rate', () => {
	const table = { version: 1, asOf: 1_900_000_000, source: 'bank', rates };
	const hashes = [
		rateTableHash(table, 1),
		rateTableHash(table, 2),
		rateTableHash({ ...table, version: 2 }, 1),
		rateTableHash({ ...table, asOf: 1 }, 1),
		rateTableHash({ ...table, source: 'guess' }, 1),
		rateTableHash({ ...table, rates: rates.slice(1) }, 1),
	];
	expect(new Set(hashes).size).toBe(hashes.length);
});
