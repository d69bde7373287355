import { parametersAbi } from '@kaishi/protocol/generated/parameters';
import type { Address } from 'viem';
import type { Chain } from '../platform/chain/chain.ts';
import { readContract } from '../platform/chain/read-contract.ts';
import type { Rules } from './judge.ts';

/**
 * Rules change through a timelock of days: what was asked this long ago is still true, milliseconds. It is asked again after the
 * first while nobody waits for the answer, and after the second before anything else is said.
 */
const [FRESH_MS, GOOD_MS] = [5000, 60_000];
const MOST = 256;

interface Known {
	/** The last that was asked. */
	askedAt: number;
	/** The last that was answered, or, the first time, is under way. */
	rules: Promise<Rules>;
	from: number;
}

/**
 * What governance allows, asked at most every few seconds per currency and arbitrator, and anew once another of its calls has been
 * carried out (`decided`).
 */
export function createRules(chain: Chain, parameters: Address): (currency: Address, arbitrator: Address, decided: number) => Promise<Rules> {
	const known = new Map<string, Known>();
	const ask = async (currency: Address, arbitrator: Address): Promise<Rules> => {
		const [currencyAllowed, arbitratorAllowed, feeBps] = await readContract(chain, {
			address: parameters,
			abi: parametersAbi,
			functionName: 'check',
			args: [currency, arbitrator],
		});
		return { currencyAllowed, arbitratorAllowed, feeBps };
	};
	return (currency, arbitrator, decided) => {
		const key = `${decided}/${currency}/${arbitrator}`;
		const now = performance.now();
		const last = known.get(key);
		if (last && now - last.askedAt < FRESH_MS) return last.rules;
		const rules = ask(currency, arbitrator);
		if (last && now - last.from < GOOD_MS) {
			last.askedAt = now;
			rules.then(
				() => Object.assign(last, { rules, from: now }),
				() => undefined,
			);
			return last.rules;
		}
		rules.catch(() => known.delete(key));
		if (known.size >= MOST) known.clear();
		known.set(key, { askedAt: now, rules, from: now });
		return rules;
	};
}
