import { expect, test } from 'vitest';
import {
	appealTarget,
	commitmentOf,
	contentIdOfUri,
	contributionsUntil,
	courtFee,
	defaultTariff,
	evidenceUri,
	packStatement,
	sniffEvidence,
	unpackStatement,
} from './index.ts';

const tariff = { minFee: 100_000n, feeBps: 100, smallBelow: 100_000_000n, mediumBelow: 1_000_000_000n };

test.each([
	[5_000_000n, 100_000n, 0],
	[99_999_999n, 999_999n, 0],
	[100_000_000n, 1_000_000n, 1],
	[1_000_000_000n, 10_000_000n, 2],
	// 24 leading bits: 33,554,433 is one more than fits.
	[3_355_443_300n, 33_554_432n, 2],
])('fee for %d at stake', (atStake, perJuror, tier) => {
	expect(courtFee(tariff, atStake)).toEqual({ fee: 3n * perJuror, perJuror, tier });
});

test('currencies that nobody priced: a hundredth, medium timing', () => {
	expect(courtFee(defaultTariff, 10_000n)).toEqual({ fee: 300n, perJuror: 100n, tier: 1 });
	expect(courtFee(defaultTariff, 0n)).toEqual({ fee: 0n, perJuror: 0n, tier: 1 });
});

test('appeals: half more than the panel costs, and the losing side has half of the time', () => {
	expect([appealTarget(100n, 1), appealTarget(100n, 2), appealTarget(100n, 3)]).toEqual([1050n, 2250n, 0n]);
	expect([
		contributionsUntil('buyer', 'buyer', 1000, 300),
		contributionsUntil('buyer', 'seller', 1000, 300),
		contributionsUntil('even', 'buyer', 1000, 301),
	]).toEqual([1000, 850, 850]);
});

test('a commitment hides who voted what, and is nobody else’s', () => {
	const juror = '0x00000000000000000000000000000000000000aa';
	const salt = `0x${'11'.repeat(32)}` as const;
	const commitment = commitmentOf(7n, 0, juror, 'buyer', salt);
	expect(commitment).toMatch(/^0x[0-9a-f]{64}$/);
	for (const other of [commitmentOf(8n, 0, juror, 'buyer', salt), commitmentOf(7n, 1, juror, 'buyer', salt), commitmentOf(7n, 0, juror, 'even', salt)])
		expect(other).not.toBe(commitment);
});

const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]);

test('a statement comes out as it went in; anything else is no statement', () => {
	const statement = { text: '罐子是空的。', files: [{ name: 'tin.png', type: 'image/png' as const, bytes: png }] };
	const packed = packStatement(statement);
	expect(unpackStatement(packed)).toEqual(statement);
	for (const bad of [
		new Uint8Array(0),
		packed.slice(0, -1),
		Uint8Array.from([...packed, 0]),
		Uint8Array.from([0, 0, 0, 2, 0x7b, 0x7d]),
		Uint8Array.from([255, 255, 255, 255, 1]),
	])
		expect(() => unpackStatement(bad)).toThrow(RangeError);
	const liar = new TextEncoder().encode('{"text":"","files":[{"name":"x","type":"text/html","bytes":1}]}');
	expect(() => unpackStatement(Uint8Array.from([0, 0, 0, liar.length, ...liar, 65]))).toThrow(RangeError);
});

test('files are what their bytes say', () => {
	const text = (words: string) => sniffEvidence(new TextEncoder().encode(words));
	expect([sniffEvidence(png), text('%PDF-1.7'), text('Hello\n你好'), text('a\u0000b'), sniffEvidence(Uint8Array.from([0xc3, 0x28])), text('<svg/>')]).toEqual([
		'image/png',
		'application/pdf',
		'text/plain',
		null,
		null,
		'text/plain',
	]);
});

test('only content ids of ours are followed', () => {
	const cid = `bafkrei${'a'.repeat(52)}`;
	expect(contentIdOfUri(evidenceUri(cid))).toBe(cid);
	for (const uri of [`https://evil.example/${cid}`, 'ipfs://x', `ipfs://${cid}/..`, '']) expect(contentIdOfUri(uri)).toBeNull();
});
