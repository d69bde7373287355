import type { Relayed } from '@kaishi/protocol/account';
import {
	type CaseView,
	commitmentOf,
	encodeCommitVote,
	encodeContribute,
	encodeInsure,
	encodeRevealVote,
	encodeStake,
	encodeSubmitEvidence,
	type Vote,
} from '@kaishi/protocol/dispute';
import { orderBookAbi } from '@kaishi/protocol/generated/order-book';
import { type Order, orderIdOf, type Side } from '@kaishi/protocol/order';
import { type Address, encodeFunctionData, erc20Abi, type Hex, keccak256, stringToHex } from 'viem';
import type { Actor } from './actor.ts';

/** Puts a passkey account's money into a balance inside the market: its own, or somebody else's. */
export async function depositInto(actor: Actor, token: Address, amount: bigint, account: Address = actor.address): Promise<Relayed> {
	const { orderBook } = (await actor.client.market()).contracts;
	const approve = encodeFunctionData({ abi: erc20Abi, functionName: 'approve', args: [orderBook, amount] });
	const deposit = encodeFunctionData({ abi: orderBookAbi, functionName: 'deposit', args: [account, token, amount] });
	return actor.execute([
		{ to: token, data: approve },
		{ to: orderBook, data: deposit },
	]);
}

/** Becomes a juror of the house court, or a heavier one. The token is the one that jurors stake. */
export async function stakeAsJuror(actor: Actor, token: Address, amount: bigint): Promise<Relayed> {
	const { orderBook, jury } = (await actor.client.market()).contracts;
	await depositInto(actor, token, amount);
	return actor.execute([{ to: orderBook, data: encodeStake(jury, token, amount) }]);
}

/** The newest case about an order, as this actor sees it. Throws when there is none. */
export async function caseOf(actor: Actor, order: Order): Promise<CaseView> {
	const { chainId, contracts } = await actor.client.market();
	const found = await actor.client.get<CaseView | null>(`/api/orders/${orderIdOf(order, chainId, contracts.orderBook)}/dispute`);
	if (found === null) throw new Error('the order was never brought before the court');
	return found;
}

/** Test jurors derive their salts from their address: nothing to remember. */
const saltOf = (juror: Actor, view: CaseView): Hex => keccak256(stringToHex(`${juror.address} ${view.id} ${view.round}`));

/** Leaves a hidden vote for the juror's seat on the present panel. */
export async function commitVote(juror: Actor, view: CaseView, vote: Vote): Promise<Relayed> {
	const commitment = commitmentOf(BigInt(view.id), view.round, juror.address, vote, saltOf(juror, view));
	return callCourt(juror, encodeCommitVote(BigInt(view.id), seatIn(view, juror), commitment));
}

export async function revealVote(juror: Actor, view: CaseView, vote: Vote, reason = ''): Promise<Relayed> {
	return callCourt(juror, encodeRevealVote(BigInt(view.id), seatIn(view, juror), vote, saltOf(juror, view), reason));
}

export async function submitEvidence(party: Actor, view: CaseView, uri: string): Promise<Relayed> {
	return callCourt(party, encodeSubmitEvidence(BigInt(view.id), uri));
}

/** Pays towards a side's appeal out of the actor's balance inside the market. */
export async function contributeToAppeal(actor: Actor, view: CaseView, side: Side, amount: bigint): Promise<Relayed> {
	const { orderBook, court } = (await actor.client.market()).contracts;
	return actor.execute([{ to: orderBook, data: encodeContribute(court, view.atStake.currency, amount, BigInt(view.id), side) }]);
}

/** Insures an order against the court's fee out of the buyer's balance inside the market. */
export async function insure(buyer: Actor, order: Order, premium: bigint): Promise<Relayed> {
	const { orderBook, feeInsurance } = (await buyer.client.market()).contracts;
	return buyer.execute([{ to: orderBook, data: encodeInsure(feeInsurance, order, premium) }]);
}

/** Those of `jurors` who sit on the present panel, in the order of their seats. */
export function panelOf<A extends Actor>(view: CaseView, jurors: readonly A[]): A[] {
	const seats = view.rounds.find(({ round }) => round === view.round)?.seats ?? [];
	return seats.flatMap(({ juror }) => jurors.filter(({ address }) => address.toLowerCase() === juror.toLowerCase()));
}

function seatIn(view: CaseView, juror: Actor): number {
	const seats = view.rounds.find(({ round }) => round === view.round)?.seats ?? [];
	const own = seats.find((seat) => seat.juror.toLowerCase() === juror.address.toLowerCase());
	if (!own) throw new Error(`${juror.address} has no seat on this panel`);
	return own.seat;
}

async function callCourt(actor: Actor, data: Hex): Promise<Relayed> {
	return actor.execute([{ to: (await actor.client.market()).contracts.court, data }]);
}
