import type { Address, Hex } from 'viem';
import type { LocalText } from '../platform/local-text.ts';
import type { MediaView } from '../platform/media.ts';
import type { Money } from '../platform/money.ts';
import type { ListingCard } from '../shop/index.ts';

/** `away`: the host's picture is missing and may come back. `paused`: the host said so. */
export const showStatuses = ['scheduled', 'live', 'paused', 'away', 'ended'] as const;
export type ShowStatus = (typeof showStatuses)[number];

/** Whether a room is open: people watch and talk. */
export const isOnAir = (status: ShowStatus): boolean => status === 'live' || status === 'paused' || status === 'away';

/** A flash deal: an offer of its own that ends by itself. */
export interface DealView {
	/** The deal's own listing and offer: what is ordered. */
	listingId: string;
	offerId: string;
	/** The offer that it undercuts. */
	ofOfferId: string;
	unitPrice: Money;
	/** Null: unlimited. */
	left: number | null;
	/** Unix seconds; nobody takes it afterwards. */
	until: number;
	/** 0: as many as one likes. */
	perBuyer: number;
	/** Shown to those alone who took the coupon in the room. */
	coupon: boolean;
}

export interface BagOffer {
	offerId: string;
	variant: number;
	values: LocalText[];
	unitPrice: Money;
	/** Pieces; null: unlimited. */
	left: number | null;
	/** What whoever brings the buyer gets of the goods' price, in hundredths of a percent. */
	affiliateBps: number;
	deal: DealView | null;
}

export interface BagItem {
	/** 1, 2, 3 …: what the host calls it by. */
	position: number;
	listing: ListingCard;
	offers: BagOffer[];
}

/** What the host shows now. */
export interface PinView {
	listingId: string;
	/** Milliseconds. */
	since: number;
	/** The deal's offer that runs on it, if one does. */
	dealOfferId: string | null;
	auctionId: string | null;
}

export interface ChapterView {
	listingId: string;
	title: LocalText;
	/** Milliseconds from the start of the recording. */
	atMs: number;
}

/** What a room's people follow while it goes on. */
export interface ShowState {
	id: string;
	status: ShowStatus;
	title: LocalText;
	host: Address;
	/** Unix seconds. */
	scheduledAt: number;
	startedAt: number | null;
	endedAt: number | null;
}

/** A show as lists show it. */
export interface ShowCard extends ShowState {
	shop: { id: string; slug: string; name: LocalText; logo: MediaView | null };
	cover: MediaView | null;
	/** How many goods the bag holds. */
	goods: number;
	viewers: number;
	/** Most at one time. */
	peak: number;
	likes: number;
	replay: { durationMs: number } | null;
	/** How many want to be told when it begins. */
	reminders: number;
}

export interface ShowView extends Omit<ShowCard, 'replay'> {
	/** Guests who run the show beside the shop's people, and have accepted it. */
	coHosts: Address[];
	bag: BagItem[];
	pin: PinView | null;
	replay: { durationMs: number; startedAtMs: number; chapters: ChapterView[] } | null;
	/** Whom orders from the room name as affiliate: the host, unless the shop is the host's own. */
	affiliate: Address | null;
}

export interface RoomRules {
	/** Seconds between two lines of one person; 0: as one likes. */
	slowSeconds: number;
	/** Only who has bought from the shop before, or works there, may speak. */
	buyersOnly: boolean;
	/** Nobody but the shop's people and moderators speaks. */
	paused: boolean;
}

/** Somebody whom the shop named for a show. */
export interface PersonView {
	account: Address;
	/** As they call themselves in rooms, else their short address. */
	name: string;
}

/** Before a co-host has accepted, nobody else hears that they were named. */
export interface CoHostView extends PersonView {
	accepted: boolean;
}

/** A show for which somebody was named. A co-host accepts by PUT /api/live/<show>/invitation, or by publishing; DELETE says no, or not any more. */
export interface InvitationView {
	show: ShowCard;
	/** As a co-host, who runs it; else as a moderator. */
	hosts: boolean;
	/** A co-host's yes. */
	accepted: boolean;
}

/** What only the shop's people, and whom they named, see of a show. */
export interface ShowDesk {
	show: ShowView;
	rules: RoomRules;
	/** Lines with one of these are kept from the others. */
	words: string[];
	/** Whether the viewer may say who else takes part: the shop's own people, not its guests. */
	mayInvite: boolean;
	coHosts: CoHostView[];
	moderators: PersonView[];
	/** Goods of the bag of which a piece is at auction, by listing. */
	auctioned: string[];
	silenced: SilencedView[];
	reports: ReportView[];
}

export interface SilencedView {
	account: Address;
	name: string;
	/** Milliseconds; null: banned for good. */
	until: number | null;
	by: Address;
}

export interface ReportView {
	id: string;
	by: Address;
	/** The line complained of; null: the show itself. */
	seq: number | null;
	reason: ReportReason;
	note: string;
	/** Milliseconds. */
	at: number;
}
export const reportReasons = ['spam', 'abuse', 'fraud', 'forbidden', 'other'] as const;
export type ReportReason = (typeof reportReasons)[number];

/** Of one minute of a show. */
export interface MinuteFigures {
	/** Milliseconds, at its start. */
	at: number;
	/** Most at one time. */
	viewers: number;
	joined: number;
	lines: number;
	likes: number;
	/** Taps on goods. */
	taps: number;
	orders: number;
	/** Sold, by currency. */
	sales: Money[];
}

export interface ShowFigures {
	minutes: MinuteFigures[];
	viewers: number;
	peak: number;
	/** Different people (browsers, where nobody is signed in) who came. */
	visitors: number;
	likes: number;
	lines: number;
	taps: number;
	orders: number;
	buyers: number;
	/** Buyers among visitors, 0–1; null: nobody came. */
	conversion: number | null;
	sales: Money[];
	/** Newest first, at most 50. */
	latest: ShowOrder[];
}

export interface ShowOrder {
	orderId: Hex;
	listingId: string;
	title: LocalText;
	quantity: number;
	total: Money;
	/** Unix seconds. */
	at: number;
	announced: boolean;
}

/** After the show. */
export interface ShowReport extends ShowFigures {
	show: ShowCard;
	/** How long it was on air. */
	durationMs: number;
	/** Mean time that a visitor stayed. */
	meanStayMs: number;
	goods: { listingId: string; title: LocalText; shownMs: number; taps: number; orders: number; units: number; sales: Money[] }[];
}
