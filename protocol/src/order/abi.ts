import type { Address } from 'viem';
import type { OfferTerms, Order, Split } from './order.ts';

/** The fields that travel in one word, lowest bits first: `Policy` in Policy.sol. */
const policyFields = [
	['shipDate', 40n],
	['shipBySeconds', 32n],
	['confirmBySeconds', 32n],
	['cancelSeconds', 32n],
	['returnSeconds', 32n],
	['warrantySeconds', 32n],
	['restockingBps', 16n],
	['warrantyBps', 16n],
	['affiliateBps', 16n],
	['remedies', 8n],
] as const;

type PolicyField = (typeof policyFields)[number][0];

/** Terms in the contracts' ABI shape. */
export interface AbiTerms {
	currency: Address;
	unitPrice: bigint;
	shippingPrice: bigint;
	returnShippingPrice: bigint;
	policy: bigint;
	arbitrator: Address;
	splits: readonly Split[];
}

/** Throws RangeError when a field does not fit into its bits. */
export function termsToAbi(terms: OfferTerms): AbiTerms {
	const { currency, unitPrice, shippingPrice, returnShippingPrice, arbitrator, splits } = terms;
	let [policy, shift] = [0n, 0n];
	for (const [name, bits] of policyFields) {
		const value = BigInt(terms[name]);
		if (value < 0n || value >> bits !== 0n) throw new RangeError(`${name} does not fit: ${value}`);
		policy |= value << shift;
		shift += bits;
	}
	return { currency, unitPrice, shippingPrice, returnShippingPrice, policy, arbitrator, splits };
}

export function termsFromAbi({ policy, ...terms }: AbiTerms): OfferTerms {
	let rest = policy;
	const fields = policyFields.map(([name, bits]) => {
		const value = Number(BigInt.asUintN(Number(bits), rest));
		rest >>= bits;
		return [name, value] as const;
	});
	return { ...terms, ...(Object.fromEntries(fields) as Record<PolicyField, number>) };
}

/** An order in the contracts' ABI shape. */
export type AbiOrder = Omit<Order, 'terms'> & { terms: AbiTerms };

export function orderToAbi(order: Order): AbiOrder {
	return { ...order, terms: termsToAbi(order.terms) };
}

export function orderFromAbi(order: AbiOrder): Order {
	return { ...order, terms: termsFromAbi(order.terms) };
}
