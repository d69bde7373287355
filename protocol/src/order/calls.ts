import { type Address, encodeFunctionData, type Hex, zeroHash } from 'viem';
import { orderBookAbi } from '../generated/order-book.ts';
import { orderToAbi } from './abi.ts';
import { type OrderAction, orderActions } from './lifecycle.ts';
import type { Order } from './order.ts';

/** A step of one of an order's sides. */
export interface OrderStep {
	action: OrderAction;
	/** The order's step at which it is good: what is signed cannot be used at another. */
	step: number;
	/** Of `requestRefund`: the asked part of what the escrow holds. */
	bps?: number;
	/** Hash of the note that belongs to the step. */
	data?: Hex;
}

/** Calldata of a step taken by its actor in person. The two steps that every order takes have functions of their own. */
export function encodeStep(order: Order, { action, bps = 0, data = zeroHash }: Omit<OrderStep, 'step'>): Hex {
	const abi = orderBookAbi;
	const agreed = orderToAbi(order);
	if (action === 'confirm') return encodeFunctionData({ abi, functionName: 'confirm', args: [agreed] });
	if (action === 'ship') return encodeFunctionData({ abi, functionName: 'ship', args: [agreed, data] });
	return encodeFunctionData({ abi, functionName: 'perform', args: [agreed, orderActions.indexOf(action), bps, data] });
}

export function encodePlaceOrder(order: Order): Hex {
	return encodeFunctionData({ abi: orderBookAbi, functionName: 'placeOrder', args: [orderToAbi(order)] });
}

/** @param buyerBps the buyer's part of what the escrow holds. */
export function encodeRule(order: Order, buyerBps: number): Hex {
	return encodeFunctionData({ abi: orderBookAbi, functionName: 'rule', args: [orderToAbi(order), buyerBps] });
}

export function encodeSettleDue(order: Order): Hex {
	return encodeFunctionData({ abi: orderBookAbi, functionName: 'settleDue', args: [orderToAbi(order)] });
}

/** The other side's signed offer of a split; see `SettlementOffer` in IOrderBook.sol. */
export interface SignedOffer {
	by: Address;
	buyerBps: number;
	step: number;
	validBefore: number;
	signature: Hex;
}

export function encodeSettle(order: Order, { by, buyerBps, step, validBefore, signature }: SignedOffer): Hex {
	const offer = { by, buyerBps, step, validBefore: BigInt(validBefore), signature };
	return encodeFunctionData({ abi: orderBookAbi, functionName: 'settle', args: [orderToAbi(order), offer] });
}
