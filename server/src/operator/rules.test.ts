import { parametersAbi } from '@kaishi/protocol/generated/parameters';
import { type Address, encodeFunctionResult } from 'viem';
import { expect, test } from 'vitest';
import type { Chain } from '../platform/chain/chain.ts';
import { createRules } from './rules.ts';

const address = (byte: string) => `0x${byte.repeat(20)}` as Address;

test('default: asked once for many, and anew once governance has carried something out', async () => {
	let feeBps = 0;
	let asked = 0;
	const chain = {
		async request() {
			asked++;
			return encodeFunctionResult({ abi: parametersAbi, functionName: 'check', result: [true, true, feeBps] });
		},
	} as unknown as Chain;
	const rulesOf = createRules(chain, address('9a'));
	const fee = async (decided: number) => (await rulesOf(address('c0'), address('ad'), decided)).feeBps;
	expect([await fee(3), await fee(3), asked]).toEqual([0, 0, 1]);
	feeBps = 50;
	expect([await fee(3), await fee(4), await fee(4), asked]).toEqual([0, 50, 50, 2]);
});
