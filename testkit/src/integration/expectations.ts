import { Refusal } from '@kaishi/protocol/platform/errors';
import { expect } from 'vitest';
import type { TestMarket } from '../open-test-market.ts';

/** Waits for a refusal and returns it; fails when the work succeeds or breaks in another way. */
export async function refusalOf(work: Promise<unknown>): Promise<Refusal> {
	try {
		await work;
	} catch (error) {
		if (error instanceof Refusal) return error;
		throw error;
	}
	throw new Error('nothing was refused');
}

/** Runs something hostile: it must be refused with one of `codes`, and no table may have changed. */
export async function expectRefusedUnchanged(market: TestMarket, codes: string | RegExp, work: () => Promise<unknown>): Promise<Refusal> {
	await market.processAll();
	const before = await market.fingerprints();
	const refusal = await refusalOf(work());
	expect(refusal.code).toMatch(codes);
	await market.processAll();
	expect(await market.fingerprints()).toEqual(before);
	return refusal;
}
