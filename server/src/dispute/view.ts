import {
	type AppealView,
	appealTarget,
	type CaseSummary,
	type CaseView,
	contentIdOfUri,
	contributionsUntil,
	isLosing,
	LAST_ROUND,
	panelSizes,
	type RoundView,
	seatsOf,
	type Timing,
} from '@kaishi/protocol/dispute';
import type { Side } from '@kaishi/protocol/order';
import type { Money } from '@kaishi/protocol/platform/money';
import { type Address, isAddressEqual } from 'viem';
import type { OrderedGoods } from '../order/public.ts';
import { toProof } from '../platform/indexer/proof.ts';
import type { ShopName } from '../shop/public.ts';
import type { CaseRow, EvidenceRow, RoundRow, SeatRow } from './query.ts';

/** What cases refer to, fetched for all of a page at once. */
export interface Surroundings {
	goods: Map<string, OrderedGoods>;
	shops: Map<string, ShopName>;
}

const moneyOf = (row: CaseRow) => (amount: bigint | string) => ({ currency: row.currency as Address, amount: amount.toString() });

export function toCaseSummary(row: CaseRow, { goods, shops }: Surroundings): CaseSummary {
	const money = moneyOf(row);
	return {
		id: row.dispute_id,
		orderId: row.order_id,
		title: goods.get(row.order_id)?.title ?? {},
		shop: shops.get(row.shop_id) ?? { id: row.shop_id, slug: row.shop_id, name: { en: row.shop_id } },
		buyer: row.buyer as Address,
		phase: row.phase,
		deadline: row.deadline,
		round: row.round,
		opener: row.opener,
		atStake: money(row.at_stake),
		feePerJuror: money(row.fee_per_juror),
		openedAt: row.at,
		ruling: row.ruling,
		outcome: row.outcome,
	};
}

type Facts = Pick<CaseView, 'role' | 'order'> & {
	rounds: readonly RoundRow[];
	seats: readonly SeatRow[];
	evidence: readonly EvidenceRow[];
	timing: Timing;
	viewer: Address | null;
};

export function toCaseView(row: CaseRow, summary: CaseSummary, facts: Facts): CaseView {
	const money = moneyOf(row);
	const { viewer } = facts;
	const own = viewer === null ? undefined : facts.seats.find((seat) => seat.round === row.round && isAddressEqual(seat.juror as Address, viewer));
	return {
		...summary,
		fee: money(BigInt(row.fee_per_juror) * BigInt(panelSizes[0])),
		timing: facts.timing,
		tier: row.tier,
		joined: row.joined,
		insured: row.insured,
		rounds: facts.rounds.filter(({ round }) => round <= row.round).map((round) => toRound(row, round, facts.seats, money)),
		appeal: row.phase === 'appeal' && row.round < LAST_ROUND ? toAppeal(row, facts) : null,
		evidence: facts.evidence.map((one) => ({
			party: one.party as Address,
			side: isAddressEqual(one.party as Address, row.buyer as Address) ? 'buyer' : 'seller',
			cid: contentIdOfUri(one.uri),
			uri: one.uri,
			at: one.at,
			proof: toProof(one),
		})),
		costs: row.executed === null ? null : { buyer: money(row.buyer_cost ?? '0'), seller: money(row.seller_cost ?? '0') },
		executed: row.executed === true,
		role: facts.role,
		seat: own?.seat ?? null,
		order: facts.order,
		proof: toProof(row),
	};
}

function toRound(row: CaseRow, round: RoundRow, seats: readonly SeatRow[], money: (amount: string) => Money): RoundView {
	return {
		round: round.round,
		size: round.seats > 0 ? round.seats : seatsOf(round.round),
		seats: seats
			.filter((seat) => seat.round === round.round)
			.map((seat) => ({
				seat: seat.seat,
				juror: seat.juror as Address,
				committed: seat.commitment !== null,
				commitment: seat.commitment,
				vote: seat.vote,
				reason: seat.reason,
				paid: seat.fee === null ? null : money(seat.fee),
			})),
		commits: round.commits,
		reveals: round.reveals,
		ruling: round.ruling,
		counts: { buyer: round.for_buyer, seller: round.for_seller, even: round.for_even },
		settled: round.settled,
		postponed: round.round === row.round && row.postponed_at !== null && round.seats === 0,
	};
}

function toAppeal(row: CaseRow, { rounds, timing }: Facts): AppealView {
	const money = moneyOf(row);
	const next = rounds.find(({ round }) => round === row.round + 1);
	const perJuror = BigInt(row.fee_per_juror);
	const ruling = row.ruling ?? 'none';
	const sideOf = (side: Side) => ({
		raised: money((side === 'buyer' ? next?.raised_buyer : next?.raised_seller) ?? '0'),
		losing: isLosing(ruling, side),
		until: contributionsUntil(ruling, side, row.deadline, timing.appealSeconds),
	});
	return {
		target: money(appealTarget(perJuror, row.round + 1)),
		cost: money(perJuror * BigInt(seatsOf(row.round + 1))),
		seats: seatsOf(row.round + 1),
		sides: { buyer: sideOf('buyer'), seller: sideOf('seller') },
	};
}
