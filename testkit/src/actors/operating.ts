import type { Relayed } from '@kaishi/protocol/account';
import { claimDroppedCall, type Receipt, receiptDigest, receiptToWire, type SignedReceipt } from '@kaishi/protocol/operator';
import { type Order, orderIdOf, settle } from '@kaishi/protocol/order';
import { pledgeCall, unpledgeCall } from '@kaishi/protocol/shop';
import type { Hex } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import type { Actor } from './actor.ts';
import type { MarketClient } from './market-client.ts';

/** Keeps what is left of an offer for buyers with a tab of this market's operator: an hour when `seconds` is left out. */
export async function pledgeOffer(seller: Actor, offerId: bigint, wish: { seconds?: number; operatorId?: number } = {}): Promise<Relayed> {
	const { contracts, operator } = await seller.client.market();
	const operatorId = wish.operatorId ?? operator?.id;
	if (operatorId === undefined) throw new Error('this market has no operator');
	return seller.execute([pledgeCall(contracts, offerId, operatorId, (await seller.client.now()) + (wish.seconds ?? 3600))]);
}

export async function unpledgeOffer(seller: Actor, offerId: bigint): Promise<Relayed> {
	return seller.execute([unpledgeCall((await seller.client.market()).contracts, offerId)]);
}

/** A receipt as whoever holds the operator's key can sign it, true or not. */
export async function signReceipt(client: MarketClient, operatorKey: Hex, order: Order, change: Partial<Receipt> = {}): Promise<SignedReceipt> {
	const { chainId, contracts, operator } = await client.market();
	if (operator === null) throw new Error('this market has no operator');
	const receipt: Receipt = {
		orderId: orderIdOf(order, chainId, contracts.orderBook),
		buyer: order.buyer,
		token: order.terms.currency,
		total: settle(order).total,
		offerId: order.offerId,
		piece: order.quantity,
		quantity: order.quantity,
		position: 1n,
		byBlock: 0n,
		...change,
	};
	const signer = privateKeyToAccount(operatorKey);
	const signature = await signer.sign({ hash: receiptDigest(receipt, chainId, contracts.operators) });
	return { operatorId: operator.id, signer: signer.address, receipt: receiptToWire(receipt), signature };
}

/** Shows the chain a receipt that was not honoured; the bond pays the receipt's buyer. */
export async function claimDropped(anyone: Actor, receipt: SignedReceipt): Promise<Relayed> {
	return anyone.execute([claimDroppedCall((await anyone.client.market()).contracts, receipt)]);
}
