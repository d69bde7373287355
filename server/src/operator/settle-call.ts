import { type Order, termsToAbi } from '@kaishi/protocol/order';
import { type Address, type Hex, size, toFunctionSelector } from 'viem';

// What viem's `encodeFunctionData` gives, put together by hand and some twenty times faster: hundreds of orders a second are encoded.

const PLACE_ORDERS = toFunctionSelector(
	'placeOrders((uint256,uint32,(address,uint128,uint128,uint128,uint256,address,(address,uint16)[]),address,uint64,address,uint16,bytes32,uint64,bytes32)[],bytes[])',
).slice(2);
const RUN_EACH = toFunctionSelector('runEach((address,bytes)[])').slice(2);

const word = (value: bigint | number | Hex) => (typeof value === 'string' ? value.slice(2).toLowerCase() : value.toString(16)).padStart(64, '0');
const padded = (bytes: string) => bytes.padEnd(Math.ceil(bytes.length / 64) * 64, '0');

/** Words before the terms of an order, and before the splits of terms. */
const [ORDER_HEAD, TERMS_HEAD] = [10, 7];

/** Calldata of `OrderBook.placeOrders` with one order, without 0x. */
export function encodePlacing(order: Order, signature: Hex): string {
	const terms = encodeTerms(order);
	const head = [
		...[word(order.offerId), word(order.version), word(ORDER_HEAD * 32), word(order.buyer), word(order.quantity), word(order.affiliate)],
		...[word(order.feeBps), word(order.detailsHash), word(order.validBefore), word(order.salt)],
	].join('');
	const encoded = head + terms;
	const orders = word(1) + word(32) + encoded;
	const signatures = word(1) + word(32) + word(size(signature)) + padded(signature.slice(2));
	return PLACE_ORDERS + word(64) + word(64 + orders.length / 2) + orders + signatures;
}

function encodeTerms(order: Order): string {
	const { currency, unitPrice, shippingPrice, returnShippingPrice, policy, arbitrator, splits } = termsToAbi(order.terms);
	return [
		...[word(currency), word(unitPrice), word(shippingPrice), word(returnShippingPrice), word(policy), word(arbitrator), word(TERMS_HEAD * 32)],
		...[word(splits.length), ...splits.flatMap((split) => [word(split.recipient), word(split.bps)])],
	].join('');
}

/** Calldata of `Batch.runEach` with several calls of one contract; `calls` without 0x. */
export function encodeRunEach(target: Address, calls: readonly string[]): Hex {
	const tuples = calls.map((data) => word(target) + word(64) + word(data.length / 2) + padded(data));
	let offset = tuples.length * 32;
	const offsets = tuples.map((tuple) => {
		const own = word(offset);
		offset += tuple.length / 2;
		return own;
	});
	return `0x${RUN_EACH}${word(32)}${word(tuples.length)}${offsets.join('')}${tuples.join('')}`;
}
