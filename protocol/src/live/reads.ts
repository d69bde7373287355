import type { Address } from 'viem';
import type { Page } from '../platform/proof.ts';
import type { ChatLine } from './chat.ts';
import type { ClipView } from './clip.ts';
import type { BagItem, InvitationView, ShowCard, ShowDesk, ShowFigures, ShowReport, ShowView } from './show.ts';

export interface ShowFilter {
	/** `live`: on air now, most watched first. `upcoming`: soonest first. `ended`: latest first. */
	status: 'live' | 'upcoming' | 'ended';
	shopId?: string;
	/** Only shows that have it in their bag. */
	listingId?: string;
	/** Only ended shows that can be watched again. */
	replay?: boolean;
	cursor?: string | null;
	/** At most 60. */
	limit?: number;
}

/** Answers asked by pages; the server implements it, the web consumes it through `locals.reads.live`. */
export interface LiveReads {
	show(id: string): Promise<ShowView | null>;
	/** GET /api/live?status=live|upcoming|ended&shop=&listing=&replay=1&cursor=&limit= */
	shows(filter: ShowFilter): Promise<Page<ShowCard>>;
	bag(id: string): Promise<BagItem[]>;
	/** Lines before `seq` (default: the latest), oldest first, without what was hidden. GET /api/live/<show>/lines?before= */
	lines(id: string, before?: number): Promise<ChatLine[]>;
	/** GET /api/live/clips/<clip> */
	clip(id: string): Promise<ClipView | null>;
	/** In the order of the show. GET /api/live/<show>/clips */
	clips(showId: string): Promise<ClipView[]>;
	/** Whether `account` may run the show: the shop's owner, staff with the live role, or a co-host. */
	mayHost(id: string, account: Address): Promise<boolean>;
	mayModerate(id: string, account: Address): Promise<boolean>;
	/** Null for who may not run or moderate it. */
	desk(id: string, viewer: Address): Promise<ShowDesk | null>;
	/** Shows on air or to come that a shop named `account` for: accepted ones first, of others three of a shop at most. GET /api/live/invitations */
	invitationsOf(account: Address): Promise<InvitationView[]>;
	/** Null for who may not run it. */
	figures(id: string, viewer: Address): Promise<ShowFigures | null>;
	report(id: string, viewer: Address): Promise<ShowReport | null>;
	/** Whether `account` wants to be told when the show begins. */
	reminded(id: string, account: Address): Promise<boolean>;
	/** Shows that are not over and that `account` wants to be told of: those on air first. GET /api/live/reminders */
	remindersOf(account: Address): Promise<ShowCard[]>;
}
