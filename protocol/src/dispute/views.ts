import type { Address, Hex } from 'viem';
import type { OrderEventView, OrderState, OrderWire, Side } from '../order/index.ts';
import type { LocalText } from '../platform/local-text.ts';
import type { Money } from '../platform/money.ts';
import type { Proof } from '../platform/proof.ts';
import type { Choice, Phase, Timing, Vote } from './court.ts';
import type { ReadingKey } from './evidence.ts';

export interface SeatView {
	seat: number;
	juror: Address;
	/** Has left a sealed vote. */
	committed: boolean;
	commitment: Hex | null;
	/** Null until revealed. */
	vote: Vote | null;
	/** The juror's words; empty when there are none. */
	reason: string;
	/** What the seat earned; null when it earned nothing or the round is not settled. */
	paid: Money | null;
}

export interface RoundView {
	round: number;
	/** How many are to be drawn. */
	size: number;
	seats: SeatView[];
	commits: number;
	reveals: number;
	/** Null until the round has been counted. */
	ruling: Choice | null;
	counts: Record<Vote, number>;
	settled: boolean;
	/** Too few jurors could be drawn; the draw is repeated when there are more. */
	postponed: boolean;
}

/** What has been gathered for the appeal that a case waits for. */
export interface AppealView {
	/** What each side may bring at most; the losing side has to bring all of it. */
	target: Money;
	/** What the next panel costs. */
	cost: Money;
	seats: number;
	sides: Record<Side, { raised: Money; losing: boolean; until: number }>;
}

export interface EvidenceView {
	party: Address;
	side: Side;
	/** Content id of the evidence file. Null when what stands on the chain names none of ours. */
	cid: string | null;
	uri: string;
	at: number;
	proof: Proof;
}

export interface CaseSummary {
	/** The court's `disputeId`, decimal. */
	id: string;
	orderId: Hex;
	title: LocalText;
	shop: { id: string; slug: string; name: LocalText };
	buyer: Address;
	phase: Phase;
	/** When the present period ends; zero when none runs. Unix seconds. */
	deadline: number;
	round: number;
	opener: Side;
	atStake: Money;
	/** What a seat earns. */
	feePerJuror: Money;
	openedAt: number;
	/** Of the last round that has one. */
	ruling: Choice | null;
	/** Who won; null while it goes on. */
	outcome: Choice | null;
}

/** Who somebody is to a case. */
export type CaseRole = Side | 'juror';

export interface CaseView extends CaseSummary {
	/** What each side brings first. */
	fee: Money;
	timing: Timing;
	tier: number;
	joined: boolean;
	/** The insurance stands in for the buyer's fee. */
	insured: boolean;
	rounds: RoundView[];
	appeal: AppealView | null;
	evidence: EvidenceView[];
	/** What each side pays the court in the end; null while it goes on. */
	costs: Record<Side, Money> | null;
	/** Ended by its ruling; false when the order left without one. */
	executed: boolean;
	role: CaseRole | null;
	/** The viewer's seat on the present panel. */
	seat: number | null;
	/** What was agreed, and what has happened to the order so far. */
	order: { wire: OrderWire; state: OrderState; total: Money; quantity: number; variant: LocalText | null; events: OrderEventView[] };
	proof: Proof;
}

/** What the court would take for an order. */
export interface CourtQuote {
	fee: Money;
	/** A juror's, and the premium of the insurance. */
	perJuror: Money;
	tier: number;
	timing: Timing;
	/** What the insurance could stand in for now. */
	insurable: boolean;
}

export interface JurorSeat extends CaseSummary {
	/** The seat's round. */
	seatRound: number;
	seat: number;
	committed: boolean;
	vote: Vote | null;
	roundRuling: Choice | null;
	paid: Money | null;
}

export interface JurorDesk {
	stake: Money;
	/** Behind open votes. */
	locked: Money;
	/** Can be drawn. False for somebody who missed a vote, or never staked. */
	active: boolean;
	missed: boolean;
	/** Newest first. */
	seats: JurorSeat[];
	/** Fees earned so far, per currency. */
	earned: Money[];
	/** Won of others' stakes less what was lost of one's own; may be negative. */
	stakeResult: Money;
}

/** Rules that never change, and how the court stands now. */
export interface CourtOverview {
	seatStake: Money;
	/** What an incoherent or absent juror loses of it. */
	penalty: Money;
	jurors: number;
	staked: Money;
	open: number;
	decided: number;
	/** By final outcome. */
	outcomes: Record<Vote, number>;
	/** Paid to jurors so far. */
	paid: Money[];
	insured: number;
	timings: Timing[];
	cases: CaseSummary[];
}

/** Answers asked by pages; the server implements it, the web consumes it through `locals.reads.dispute`. */
export interface DisputeReads {
	/** The newest case about an order, whether it is open or over; null when there is none. */
	caseOfOrder(orderId: Hex, viewer: Address | null): Promise<CaseView | null>;
	case(id: string, viewer: Address | null): Promise<CaseView | null>;
	/** What the court would take; null for orders that name another arbitrator. */
	quote(currency: Address, atStake: bigint): Promise<CourtQuote>;
	/** Whether the buyer's fee is insured. */
	isInsured(orderId: Hex): Promise<boolean>;
	desk(juror: Address): Promise<JurorDesk>;
	overview(): Promise<CourtOverview>;
	/** Those to whom private evidence of a case is sealed, with the keys they have published. */
	readers(id: string): Promise<ReadingKey[]>;
}
