import { type Address, type Hex, hashStruct } from 'viem';

export interface OfferTerms {
	currency: Address;
	unitPrice: bigint;
	shippingPrice: bigint;
	returnShippingPrice: bigint;
	shipDate: number;
	shipBySeconds: number;
	confirmBySeconds: number;
	cancelSeconds: number;
	returnSeconds: number;
	warrantySeconds: number;
	restockingBps: number;
	warrantyBps: number;
	affiliateBps: number;
	remedies: number;
	arbitrator: Address;
	splits: readonly { recipient: Address; bps: number }[];
}

export interface Order {
	offerId: bigint;
	version: number;
	terms: OfferTerms;
	buyer: Address;
	quantity: bigint;
	affiliate: Address;
	feeBps: number;
	detailsHash: Hex;
	validBefore: bigint;
	salt: Hex;
}

const actions = [
	'ship',
	'confirm',
	'cancel',
	'refund',
	'dispute',
	'acknowledge',
	'requestRefund',
	'requestReturn',
	'requestExchange',
	'grant',
	'sendBack',
	'acceptReturn',
	'join',
] as const;
export type Action = (typeof actions)[number];
export const actionNumber = Object.fromEntries(actions.map((name, number) => [name, number])) as Record<Action, number>;
export const stateNames = [
	'none',
	'placed',
	'shipped',
	'disputed',
	'completed',
	'refunded',
	'ruled',
	'delivered',
	'requested',
	'returning',
	'returned',
	'replacing',
	'contested',
	'warranty',
	'settled',
] as const;

const split = [
	{ name: 'recipient', type: 'address' },
	{ name: 'bps', type: 'uint16' },
] as const;
const offerTerms = [
	{ name: 'currency', type: 'address' },
	{ name: 'unitPrice', type: 'uint128' },
	{ name: 'shippingPrice', type: 'uint128' },
	{ name: 'returnShippingPrice', type: 'uint128' },
	{ name: 'shipDate', type: 'uint40' },
	{ name: 'shipBySeconds', type: 'uint32' },
	{ name: 'confirmBySeconds', type: 'uint32' },
	{ name: 'cancelSeconds', type: 'uint32' },
	{ name: 'returnSeconds', type: 'uint32' },
	{ name: 'warrantySeconds', type: 'uint32' },
	{ name: 'restockingBps', type: 'uint16' },
	{ name: 'warrantyBps', type: 'uint16' },
	{ name: 'affiliateBps', type: 'uint16' },
	{ name: 'remedies', type: 'uint8' },
	{ name: 'arbitrator', type: 'address' },
	{ name: 'splits', type: 'Split[]' },
] as const;
const order = [
	{ name: 'offerId', type: 'uint256' },
	{ name: 'version', type: 'uint32' },
	{ name: 'terms', type: 'OfferTerms' },
	{ name: 'buyer', type: 'address' },
	{ name: 'quantity', type: 'uint64' },
	{ name: 'affiliate', type: 'address' },
	{ name: 'feeBps', type: 'uint16' },
	{ name: 'detailsHash', type: 'bytes32' },
	{ name: 'validBefore', type: 'uint64' },
	{ name: 'salt', type: 'bytes32' },
] as const;
export const orderActionTypes = {
	OrderAction: [
		{ name: 'orderId', type: 'bytes32' },
		{ name: 'action', type: 'uint8' },
		{ name: 'bps', type: 'uint16' },
		{ name: 'data', type: 'bytes32' },
		{ name: 'step', type: 'uint32' },
		{ name: 'validBefore', type: 'uint64' },
	],
} as const;
export const settlementOfferTypes = {
	SettlementOffer: [
		{ name: 'orderId', type: 'bytes32' },
		{ name: 'buyerBps', type: 'uint16' },
		{ name: 'step', type: 'uint32' },
		{ name: 'validBefore', type: 'uint64' },
	],
} as const;
/** Written out here a second time on purpose: a mistake in the protocol's copy must not hide the same mistake in a test. */
export const orderTypes = { Order: order, OfferTerms: offerTerms, Split: split } as const;

export const termsHashOf = (terms: OfferTerms) => hashStruct({ data: terms, primaryType: 'OfferTerms', types: orderTypes });

/** The fields of `Policy` in Policy.sol, lowest bits first. */
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

/** The shape in which terms travel to the contract: the policy in one word. */
export function packTerms(terms: OfferTerms) {
	let [policy, shift] = [0n, 0n];
	for (const [name, bits] of policyFields) {
		policy |= BigInt(terms[name]) << shift;
		shift += bits;
	}
	const { currency, unitPrice, shippingPrice, returnShippingPrice, arbitrator, splits } = terms;
	return { currency, unitPrice, shippingPrice, returnShippingPrice, policy, arbitrator, splits };
}

/** Arguments of a call, with every terms in them packed. */
export function packed(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(packed);
	if (typeof value !== 'object' || value === null) return value;
	if ('warrantyBps' in value) return packTerms(value as OfferTerms);
	return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, packed(part)]));
}

export function totalOf(o: Order): bigint {
	return o.terms.unitPrice * o.quantity + o.terms.shippingPrice;
}
