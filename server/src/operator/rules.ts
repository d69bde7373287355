import { parametersAbi } from '@kaishi/protocol/generated/parameters';
import type { Address } from 'viem';
import type { Chain } from '../platform/chain/chain.ts';
import { readContract } from '../platform/chain/read-contract.ts';
import type { Rules } from './judge.ts';

/** Rules change through a timelock of days: what was asked this long ago is still true, milliseconds. */
const FRESH_MS = 5000;
const MOST = 256;

/** What governance allows, asked at most every few seconds per currency and arbitrator. */
export function createRules(chain: Chain, parameters: Address): (currency: Address, arbitrator: Address) => Promise<Rules> {
	const known = new Map<string, { at: number; rules: Promise<Rules> }>();
	const ask = async (currency: Address, arbitrator: Address): Promise<Rules> => {
		const [currencyAllowed, arbitratorAllowed, feeBps] = await readContract(chain, {
			address: parameters,
			abi: parametersAbi,
			functionName: 'check',
			args: [currency, arbitrator],
		});
		return { currencyAllowed, arbitratorAllowed, feeBps };
	};
	return (currency, arbitrator) => {
		const key = `${currency}/${arbitrator}`;
		const last = known.get(key);
		if (last && performance.now() - last.at < FRESH_MS) return last.rules;
		const rules = ask(currency, arbitrator);
		rules.catch(() => known.delete(key));
		if (known.size >= MOST) known.clear();
		known.set(key, { at: performance.now(), rules });
		return rules;
	};
}
