import type { Call, Relayed } from '@kaishi/protocol/account';
import type { MarketInfo } from '@kaishi/protocol/discovery';
import {
	type CaseView,
	encodeCommitVote,
	encodeContribute,
	encodeInsure,
	encodeResume,
	encodeRevealVote,
	encodeStake,
	encodeSubmitEvidence,
	encodeUnstake,
	type Vote,
} from '@kaishi/protocol/dispute';
import { detailsHashOf, encodeStep, type OrderView, orderFromWire, type PostReason, type ReasonNote, type Side } from '@kaishi/protocol/order';
import { shopAccountOf } from '@kaishi/protocol/shop';
import type { Address, Hex } from 'viem';
import { api } from '#platform/api/client.ts';
import { randomHex } from '#platform/wallet/bytes.ts';
import type { Signer } from '#platform/wallet/signer.ts';
import { balanceIn, fundingCalls } from './funding.ts';

// What sides and jurors ask of the court. Loads the chain library, so it is imported when somebody is about to sign.

/** Brings an order before the court, or answers there, and puts down the fee. `reason` is left with the operator; the chain holds its hash. */
export async function goToCourt(
	signer: Signer,
	market: MarketInfo,
	order: OrderView,
	action: 'dispute' | 'join',
	fee: bigint,
	reason: string | null,
): Promise<Relayed> {
	const agreed = orderFromWire(order.order);
	const salt = randomHex(32);
	const note = { reason: reason ?? '', pictures: [] } satisfies ReasonNote;
	if (reason) await api.post(`/api/orders/${order.id}/reason`, { note, salt } satisfies PostReason);
	const data = reason ? detailsHashOf(note, salt) : undefined;
	const step = { action, step: order.step, ...(data ? { data } : {}) };
	const ofShop = order.role === 'seller' ? await balanceIn(shopAccountOf(BigInt(order.shop.id)), order.total.currency) : 0n;
	const funding = await fundingCalls(signer, market, order.total.currency, fee > ofShop ? fee - ofShop : 0n);
	if (signer.kind === 'passkey') return signer.call([...funding, { to: market.contracts.orderBook, data: encodeStep(agreed, step) }]);
	if (funding.length > 0) await signer.call(funding);
	return signer.act(agreed, step);
}

export const showEvidence = (signer: Signer, { contracts }: MarketInfo, id: string, uri: string): Promise<Relayed> =>
	signer.call([{ to: contracts.court, data: encodeSubmitEvidence(BigInt(id), uri) }]);

/** Pays towards a side's appeal. */
export async function payAppeal(signer: Signer, market: MarketInfo, view: CaseView, side: Side, amount: bigint): Promise<Relayed> {
	const { orderBook, court } = market.contracts;
	const token = view.atStake.currency;
	return signer.call([
		...(await fundingCalls(signer, market, token, amount)),
		{ to: orderBook, data: encodeContribute(court, token, amount, BigInt(view.id), side) },
	]);
}

/** Insures an order that has taken no step yet. */
export async function insure(signer: Signer, market: MarketInfo, order: OrderView, premium: bigint): Promise<Relayed> {
	const { orderBook, feeInsurance } = market.contracts;
	const funding = await fundingCalls(signer, market, order.total.currency, premium);
	return signer.call([...funding, { to: orderBook, data: encodeInsure(feeInsurance, orderFromWire(order.order), premium) }]);
}

export async function stake(signer: Signer, market: MarketInfo, token: Address, amount: bigint): Promise<Relayed> {
	const { orderBook, jury } = market.contracts;
	return signer.call([...(await fundingCalls(signer, market, token, amount)), { to: orderBook, data: encodeStake(jury, token, amount) }]);
}

export const unstake = (signer: Signer, { contracts }: MarketInfo, amount: bigint): Promise<Relayed> =>
	signer.call([{ to: contracts.jury, data: encodeUnstake(amount) }]);

export const resume = (signer: Signer, { contracts }: MarketInfo): Promise<Relayed> => signer.call([{ to: contracts.jury, data: encodeResume() }]);

const toCourt = (signer: Signer, { contracts }: MarketInfo, data: Hex): Promise<Relayed> => signer.call([{ to: contracts.court, data } satisfies Call]);

export const commit = (signer: Signer, market: MarketInfo, id: string, seat: number, commitment: Hex) =>
	toCourt(signer, market, encodeCommitVote(BigInt(id), seat, commitment));

export const reveal = (signer: Signer, market: MarketInfo, id: string, seat: number, vote: Vote, salt: Hex, reason: string) =>
	toCourt(signer, market, encodeRevealVote(BigInt(id), seat, vote, salt, reason));
