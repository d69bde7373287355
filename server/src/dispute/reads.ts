import {
	type CaseSummary,
	type CaseView,
	type CourtOverview,
	type CourtQuote,
	courtFee,
	type DisputeReads,
	defaultTariff,
	type JurorDesk,
	type Timing,
} from '@kaishi/protocol/dispute';
import type { OrderReads, OrderView } from '@kaishi/protocol/order';
import { type Address, getAddress } from 'viem';
import { describeOrders } from '../order/public.ts';
import type { Queryable } from '../platform/db/database.ts';
import { shopNames } from '../shop/public.ts';
import { caseRoleOf, readersOf } from './access.ts';
import { findReadingKeys } from './private-store.ts';
import {
	type CaseRow,
	courtTotals,
	earningsOf,
	evidenceOf,
	findCase,
	findCaseOfOrder,
	findJuror,
	findTariff,
	isInsured,
	listCases,
	listTimings,
	reservedOf,
	roundsOf,
	seatsOfCase,
	seatsOfJuror,
} from './query.ts';
import { toCaseSummary, toCaseView } from './view.ts';

/** What never changes of a deployed court. */
export interface CourtConstants {
	stakeToken: Address;
	seatStake: bigint;
	penalty: bigint;
}

export interface DisputeContext {
	db: Queryable;
	orders: OrderReads;
	insurance: Address;
	/** Asked of the chain once. */
	constants(): Promise<CourtConstants>;
}

const SHOWN_CASES = 50;
const SHOWN_SEATS = 100;
const ONE_HOUR = 3600;
const NO_TIMING: Timing = { evidenceSeconds: ONE_HOUR, commitSeconds: ONE_HOUR, revealSeconds: ONE_HOUR, appealSeconds: ONE_HOUR };

export function createDisputeReads(context: DisputeContext): DisputeReads {
	const { db } = context;
	return {
		caseOfOrder: async (orderId, viewer) => readCase(context, await findCaseOfOrder(db, orderId.toLowerCase()), viewer),
		case: async (id, viewer) => (/^\d{1,78}$/.test(id) ? readCase(context, await findCase(db, id), viewer) : null),
		quote: (currency, atStake) => quote(context, getAddress(currency), atStake),
		isInsured: (orderId) => isInsured(db, orderId.toLowerCase()),
		desk: (juror) => desk(context, getAddress(juror)),
		overview: () => overview(context),
		async readers(id) {
			const row = await findCase(db, id);
			return row ? findReadingKeys(db, await readersOf(db, row)) : [];
		},
	};
}

async function summariesOf(db: Queryable, rows: readonly CaseRow[]): Promise<CaseSummary[]> {
	const [goods, shops] = await Promise.all([
		describeOrders(
			db,
			rows.map((row) => row.order_id),
		),
		shopNames(
			db,
			rows.map((row) => row.shop_id),
		),
	]);
	return rows.map((row) => toCaseSummary(row, { goods, shops }));
}

async function readCase({ db, orders }: DisputeContext, row: CaseRow | null, viewer: Address | null): Promise<CaseView | null> {
	if (row === null) return null;
	const [[summary], rounds, seats, evidence, timings, role, order] = await Promise.all([
		summariesOf(db, [row]),
		roundsOf(db, row.dispute_id),
		seatsOfCase(db, row.dispute_id),
		evidenceOf(db, row.dispute_id),
		listTimings(db),
		caseRoleOf(db, row, viewer),
		// As a stranger sees it: addresses and notes are the parties' own to bring forward.
		orders.order(row.order_id, null),
	]);
	const { order: wire, state, total, quantity, listing, events } = order as OrderView;
	return toCaseView(row, summary as CaseSummary, {
		rounds,
		seats,
		evidence,
		timing: timings[row.tier] ?? NO_TIMING,
		role,
		viewer,
		order: { wire, state, total, quantity, variant: listing.variant, events },
	});
}

async function quote({ db, orders, insurance }: DisputeContext, currency: Address, atStake: bigint): Promise<CourtQuote> {
	const [tariff, timings, pools, reserved] = await Promise.all([
		findTariff(db, currency),
		listTimings(db),
		orders.balancesOf(insurance),
		reservedOf(db, currency),
	]);
	const { fee, perJuror, tier } = courtFee(tariff ?? defaultTariff, atStake);
	const pool = BigInt(pools.find((money) => money.currency === currency)?.amount ?? 0);
	const money = (amount: bigint) => ({ currency, amount: amount.toString() });
	// The premium joins the pool before it can be needed.
	return {
		fee: money(fee),
		perJuror: money(perJuror),
		tier,
		timing: timings[tier] ?? NO_TIMING,
		insurable: perJuror > 0n && pool - reserved + perJuror >= fee,
	};
}

async function desk({ db, constants }: DisputeContext, account: Address): Promise<JurorDesk> {
	const [juror, rows, earnings, { stakeToken, penalty }] = await Promise.all([
		findJuror(db, account),
		seatsOfJuror(db, account, SHOWN_SEATS),
		earningsOf(db, account),
		constants(),
	]);
	const summaries = await summariesOf(db, rows);
	const stakes = (amount: bigint | string) => ({ currency: stakeToken, amount: amount.toString() });
	return {
		stake: stakes(juror?.stake ?? '0'),
		locked: stakes(juror?.locked ?? '0'),
		active: juror?.active === true && BigInt(juror.stake) > 0n,
		missed: juror?.active === false,
		seats: rows.map((row, i) => ({
			...(summaries[i] as CaseSummary),
			seatRound: row.seat_round,
			seat: row.seat,
			committed: row.commitment !== null,
			vote: row.vote,
			roundRuling: row.round_ruling,
			paid: row.fee === null ? null : { currency: row.currency as Address, amount: row.fee },
		})),
		earned: earnings.fees.map(({ currency, amount }) => ({ currency: currency as Address, amount })),
		stakeResult: stakes(BigInt(earnings.gained) - BigInt(earnings.fined) * penalty),
	};
}

async function overview({ db, constants }: DisputeContext): Promise<CourtOverview> {
	const [{ totals, paid }, timings, rows, { stakeToken, seatStake, penalty }] = await Promise.all([
		courtTotals(db),
		listTimings(db),
		listCases(db, SHOWN_CASES),
		constants(),
	]);
	const stakes = (amount: bigint | string) => ({ currency: stakeToken, amount: amount.toString() });
	return {
		seatStake: stakes(seatStake),
		penalty: stakes(penalty),
		jurors: totals.jurors,
		staked: stakes(totals.staked),
		open: totals.open,
		decided: totals.decided,
		outcomes: { buyer: totals.for_buyer, seller: totals.for_seller, even: totals.for_even },
		paid: paid.map(({ currency, amount }) => ({ currency: currency as Address, amount })),
		insured: totals.insured,
		timings,
		cases: await summariesOf(db, rows),
	};
}
