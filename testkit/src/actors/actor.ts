import type { Call, PackedUserOperation, Relayed, SignRound, TypedStatement } from '@kaishi/protocol/account';
import type { Order } from '@kaishi/protocol/order';
import type { Address, Hex } from 'viem';
import type { MarketClient } from './market-client.ts';

/** A person with a browser and a key. What they do is in the verbs beside this file. */
export interface Actor {
	readonly kind: 'passkey' | 'wallet';
	readonly address: Address;
	readonly client: MarketClient;
	/** Signs and relays calls. A passkey's are one operation, all or nothing; a wallet's go one by one, the answers merged. */
	execute(calls: Call[]): Promise<Relayed>;
	/** Pays for and places an order in the way a browser would choose for this kind of account. Throws `Refusal`. */
	place(order: Order): Promise<Relayed>;
	/** Signs an operation of an account that this person signs for together with others. */
	cosign(operation: PackedUserOperation): Promise<SignRound>;
	/** Signs for a contract to check: ECDSA, or what the account's contract accepts (ERC-1271). */
	sign(statement: TypedStatement): Promise<Hex>;
	/** Starts a session, so that the server shows private parts. */
	signIn(): Promise<void>;
}

export function mergeRelayed(answers: Relayed[]): Relayed {
	const last = answers.at(-1);
	if (!last) throw new TypeError('nothing was relayed');
	return {
		...last,
		created: {
			shopIds: answers.flatMap((a) => a.created.shopIds),
			listingIds: answers.flatMap((a) => a.created.listingIds),
			orderIds: answers.flatMap((a) => a.created.orderIds),
		},
	};
}
