import type { Address, Hex } from 'viem';
import type { Money } from '../platform/money.ts';
import type { Proof } from '../platform/proof.ts';
import type { ReceiptView } from './api.ts';

/** In the contract's order (`Proof` in IOperators.sol): what an operator can be caught at. */
export const catchKinds = ['dropped', 'conflicting', 'oldTabState', 'conflictingTabStates'] as const;
export type CatchKind = (typeof catchKinds)[number];

/** What an operator has posted in one currency, and what of it leaves from when on (Unix seconds). */
export interface BondView {
	bond: Money;
	withdrawal: { amount: string; from: number } | null;
}

/** An operator was caught breaking its word, and its bond paid. */
export interface CatchView {
	operatorId: number;
	kind: CatchKind;
	/** The order's id, or what names the state of a tab. */
	subject: Hex;
	account: Address;
	compensation: Money;
	toTreasury: Money;
	/** Unix seconds. */
	at: number;
	proof: Proof;
}

/** Who takes orders on behalf of the chain, as it stands there. */
export interface OperatorView {
	id: number;
	owner: Address;
	/** Whose signature makes a receipt this operator's. */
	signer: Address;
	bonds: BondView[];
	/** How often it was caught. */
	caught: number;
	/** Unix seconds. */
	registeredAt: number;
	proof: Proof;
}

export interface OperatorReads {
	/** Those that were registered first first. */
	operators(): Promise<OperatorView[]>;
	/** The newest first, of all operators. */
	catches(): Promise<CatchView[]>;
	/** The receipt that this operator gave for an order; null when it gave none. */
	receipt(orderId: Hex): Promise<ReceiptView | null>;
	/** What an order's receipt was compensated with; null when it was not. */
	compensationOf(orderId: Hex): Promise<CatchView | null>;
}
