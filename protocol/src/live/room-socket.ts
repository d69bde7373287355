import * as v from 'valibot';
import type { Address } from 'viem';
import type { LocalText } from '../platform/local-text.ts';
import { type ChatLine, signedLine } from './chat.ts';
import { emojis } from './limits.ts';
import type { PotKind } from './play.ts';
import type { PinView, RoomRules, ShowState } from './show.ts';

/** `/api/live/<show>/room`: what everybody in a room hears. Frames are JSON, in order; `now` is the server's clock in milliseconds. */
export interface RoomFrame {
	now: number;
	events: RoomEvent[];
}

export interface You {
	/** Null: not signed in. */
	account: Address | null;
	/** The shop's people are moderators, too. */
	moderator: boolean;
	banned: boolean;
	/** Milliseconds; null: not muted. */
	mutedUntil: number | null;
}

/** First frame after joining. */
export interface Hello {
	kind: 'hello';
	connection: number;
	show: ShowState;
	/** Oldest first. */
	lines: ChatLine[];
	pin: PinView | null;
	answer: ChatLine | null;
	viewers: number;
	likes: number;
	rules: RoomRules;
	you: You;
}

/** Words about somebody, who wanted them said. */
export type Notice =
	| { kind: 'bought'; name: string; listingId: string; title: LocalText; quantity: number }
	| { kind: 'gift'; name: string; gift: string }
	| { kind: 'joined'; name: string }
	| { kind: 'won'; name: string; listingId: string; title: LocalText }
	/** Of a red packet, or in a lucky draw. */
	| { kind: 'drawn'; name: string; play: PotKind };

/** What later panels say of themselves: an auction, a red packet, a draw. Its own domain gives the view. */
export interface PanelEvent<Kind extends string, View = unknown> {
	kind: Kind;
	id: string;
	/** As the panel's own read would answer now. */
	view: View;
}

export type RoomEvent =
	| Hello
	| { kind: 'line'; line: ChatLine }
	| { kind: 'hide'; seq: number }
	/** Everything that this account said. */
	| { kind: 'hideOf'; account: Address }
	| { kind: 'likes'; total: number }
	/** Since the last frame, by emoji. */
	| { kind: 'emoji'; counts: Record<string, number> }
	| { kind: 'viewers'; count: number }
	| { kind: 'pin'; pin: PinView | null }
	| { kind: 'stock'; offerId: string; left: number | null }
	| { kind: 'show'; state: ShowState }
	/** Fetch the bag again. */
	| { kind: 'bag' }
	| { kind: 'notice'; notice: Notice }
	| { kind: 'deal'; offerId: string; listingId: string; until: number }
	| PanelEvent<'auction'>
	| PanelEvent<'packet'>
	| PanelEvent<'draw'>
	| { kind: 'rules'; rules: RoomRules }
	/** The answer that stands above the chat. */
	| { kind: 'answer'; line: ChatLine | null }
	/** To this socket alone. */
	| { kind: 'you'; you: You }
	/** To this socket alone: what it asked for is not done. `ref` as it was sent; `code` as in refusals. */
	| { kind: 'refused'; ref: string; code: string; details: Record<string, string> }
	/** To this socket alone: its line stands as `seq`. */
	| { kind: 'said'; ref: string; seq: number }
	| { kind: 'pong'; at: number; now: number };

/** Sent at once, not with the next batch. */
export const urgentEvents: ReadonlySet<RoomEvent['kind']> = new Set(['pin', 'stock', 'show', 'bag', 'deal', 'auction', 'packet', 'draw']);

const ref = v.pipe(v.string(), v.minLength(1), v.maxLength(40));

/** What a browser may ask of a room; everything else is HTTP. */
export const roomRequest = v.variant('do', [
	v.strictObject({ do: v.literal('say'), ref, record: signedLine }),
	/** Collected: at most one a second. */
	v.strictObject({ do: v.literal('like'), count: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(30)) }),
	v.strictObject({ do: v.literal('emoji'), emoji: v.picklist(emojis) }),
	/** Somebody opened a product of the bag. */
	v.strictObject({ do: v.literal('tap'), listingId: v.pipe(v.string(), v.regex(/^\d{1,78}$/)) }),
	v.strictObject({ do: v.literal('ping'), at: v.number() }),
]);
export type RoomRequest = v.InferOutput<typeof roomRequest>;

/** Close codes of a room's socket beyond the usual: the browser does not come back by itself. */
export const roomCloseCodes = { banned: 4403, ended: 4410, unknown: 4404 } as const;
