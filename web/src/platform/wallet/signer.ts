import type { Call, PackedUserOperation, Relayed, SignRound, TypedStatement } from '@kaishi/protocol/account';
import type { Order, OrderStep } from '@kaishi/protocol/order';
import type { Address, Hex, TypedDataDomain } from 'viem';
import type { Balances } from './order-calls.ts';
import type { WalletPayment } from './wallet-plan.ts';

/**
 * A person's way to agree to things. Pages never care whether it is a passkey or a wallet.
 * Every method asks the person once for what it names, has it put on the chain, and resolves when this operator
 * shows it. Throws `Refusal`.
 */
export interface Signer {
	readonly kind: 'passkey' | 'wallet';
	readonly address: Address;
	/** Pays for and places an order. `balance`: what the buyer holds inside the market in the order's currency. */
	placeOrder(order: Order, balance?: bigint): Promise<Relayed>;
	/** Pays for and places several orders, all or nothing. `balances`: what the buyer holds inside the market. */
	placeOrders(orders: readonly Order[], balances: Balances): Promise<Relayed>;
	/** How often the person will be asked for that. */
	questionsFor(payments: readonly WalletPayment[], balances: Balances): Promise<number>;
	/** One step of an order. */
	act(order: Order, step: OrderStep): Promise<Relayed>;
	/** Signs for a contract to check later: nothing goes to the chain (but a new passkey account is created first). */
	sign(statement: TypedStatement): Promise<Hex>;
	/** Any calls of the market's contracts. With a passkey all or nothing; a wallet signs them one by one. */
	call(calls: Call[]): Promise<Relayed>;
	/** A wallet's EIP-712 signature; passkeys have none and act by {@link call}. */
	signTypedData?(typed: { domain: TypedDataDomain; types: object; primaryType: string; message: object }): Promise<Hex>;
	/** Signs an operation of an account that several people sign for, and sends nothing. */
	cosign(operation: PackedUserOperation): Promise<SignRound>;
}
