import type { ForwardRequest, PackedUserOperation, Relayed } from '@kaishi/protocol/account';
import type { Order } from '@kaishi/protocol/order';
import type { TabOpening } from '@kaishi/protocol/tab';
import type { Address, Hex } from 'viem';
import type { CartOrder } from './carts.ts';

/** Money before talk: lanes are drained in this order when a block is filled. */
export type Lane = 'money' | 'catalogue' | 'social';

/** A signed action of an order's party, see `SignedAction` in IOrderBook.sol. */
export interface SignedAction {
	order: Order;
	action: number;
	bps: number;
	actor: Address;
	data: Hex;
	step: number;
	validBefore: bigint;
	signature: Hex;
}

/** New signers for an account that its guardians help back. */
export interface RecoveryTarget {
	account: Address;
	signers: Hex[];
	threshold: bigint;
}

/** What a guardian signed, as `approveBySignature` and `vetoBySignature` of IRecovery.sol take it. */
export interface GuardianSignature {
	guardian: Address;
	validBefore: bigint;
	signature: Hex;
}

/**
 * Puts signed intents on the chain and pays the gas. Each method validates, simulates, refuses with the
 * contract's own error name (`Refusal`), bundles what arrives together, and resolves when the projection
 * has stored the block. Sending the same intent twice yields the first one's answer or a clear refusal.
 */
export interface Relayer {
	/** `onFirst` is called only when this very call put the operation on the chain, not when it was there already. */
	userOperation(op: PackedUserOperation, onFirst?: () => void): Promise<Relayed>;
	forward(request: ForwardRequest, signature: Hex): Promise<Relayed>;
	order(order: Order, signature: Hex): Promise<Relayed>;
	authorizedOrder(order: Order, validAfter: bigint, validBefore: bigint, signature: Hex): Promise<Relayed>;
	/** Orders of one buyer, all or nothing; the refusal's `item` says which of them it was, counted from zero. */
	cart(orders: readonly CartOrder[]): Promise<Relayed>;
	action(action: SignedAction): Promise<Relayed>;
	/** Test money for a new account; embedded chain only, refused with `Faucet_*` when drained or too early. */
	faucet(account: Address): Promise<Relayed>;
	/** Anyone may execute a passed deadline; the operator does it as a service. */
	settleDue(order: Order): Promise<Relayed>;
	approveRecovery(approval: RecoveryTarget & GuardianSignature): Promise<Relayed>;
	vetoRecovery(veto: { account: Address } & GuardianSignature): Promise<Relayed>;
	/** Anyone may, once the delay is over. */
	executeRecovery(target: RecoveryTarget): Promise<Relayed>;
	/** Anyone may move what a guarded shop has above its cap to the cold address. */
	sweep(shopId: bigint, currency: Address): Promise<Relayed>;
	/** Opens a tab that its account signed for. */
	openTab(opening: TabOpening, signature: Hex): Promise<Relayed>;
	/** A call of the tabs' contract that the operator makes as itself, in one transaction with others that come at the time. */
	tabStep(data: Hex): Promise<Relayed>;
	/** A call that anyone may make of one of the market's contracts; the operator makes it as a service. */
	poke(contract: Address, data: Hex): Promise<Relayed>;
}
