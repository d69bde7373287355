import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { courtFee } from './court.ts';

interface Row {
	tariff: { minFee: string; feeBps: number; smallBelow: string; mediumBelow: string };
	atStake: string;
	perJuror: string;
	tier: number;
}

const { fees } = JSON.parse(readFileSync(new URL('../../vectors/court-fees.json', import.meta.url), 'utf8')) as { fees: Row[] };

test('fees of the house court are what the contract asks', () => {
	expect(fees.length).toBeGreaterThan(30);
	for (const { tariff, atStake, perJuror, tier } of fees) {
		const priced = { ...tariff, minFee: BigInt(tariff.minFee), smallBelow: BigInt(tariff.smallBelow), mediumBelow: BigInt(tariff.mediumBelow) };
		expect(courtFee(priced, BigInt(atStake))).toEqual({ fee: 3n * BigInt(perJuror), perJuror: BigInt(perJuror), tier });
	}
});
