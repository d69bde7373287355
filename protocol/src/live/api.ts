import * as v from 'valibot';
import { address, bytes32 } from '../platform/chain-values.ts';
import { CONTENT_ID } from '../platform/content-id.ts';
import { localText } from '../platform/local-text.ts';
import { cleanLine } from './chat.ts';
import { giftIds } from './gift.ts';
import {
	MAX_BAG,
	MAX_CO_HOSTS,
	MAX_FILTERED_WORD_CHARS,
	MAX_FILTERED_WORDS,
	MAX_LINE_CHARS,
	MAX_MODERATORS,
	MAX_SHOW_TITLE_CHARS,
	MAX_SLOW_SECONDS,
} from './limits.ts';
import { reportReasons } from './show.ts';

const idText = v.pipe(v.string(), v.regex(/^\d{1,78}$/));
const seconds = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(4_294_967_295));
const seq = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(2_000_000_000));
const noRepeats = (list: string[]) => new Set(list).size === list.length;
/** Listing ids in the host's order. */
const bag = v.pipe(v.array(idText), v.maxLength(MAX_BAG), v.check(noRepeats, 'each once'));
const cover = v.nullable(v.pipe(v.string(), v.regex(CONTENT_ID)));
/** Guests who run the show beside the shop's people; anybody. */
const coHosts = v.pipe(
	v.array(address),
	v.maxLength(MAX_CO_HOSTS),
	v.check((list) => noRepeats(list), 'each once'),
);

/** POST /api/live/shows → `ShowView`. Whoever schedules it is its host. */
export const createShow = v.strictObject({
	shopId: idText,
	title: localText(MAX_SHOW_TITLE_CHARS),
	/** Manifest CID of an uploaded picture. */
	cover: v.optional(cover, null),
	scheduledAt: seconds,
	bag: v.optional(bag, []),
	coHosts: v.optional(coHosts, []),
});
export type CreateShow = v.InferInput<typeof createShow>;

/** PATCH /api/live/<show> → `ShowView`, by the shop's people; what is left out stays. The time only before it begins. */
export const changeShow = v.strictObject({
	title: v.optional(localText(MAX_SHOW_TITLE_CHARS)),
	cover: v.optional(cover),
	scheduledAt: v.optional(seconds),
	coHosts: v.optional(coHosts),
	/** Who presents it, and earns what its orders give away: one of the shop's people, or a co-host who has accepted. */
	host: v.optional(address),
});
export type ChangeShow = v.InferInput<typeof changeShow>;

/** POST /api/live/<show>/start | pause | resume | end → `ShowState`. Said again, nothing changes. */
export const showSteps = ['start', 'pause', 'resume', 'end'] as const;
export type ShowStep = (typeof showSteps)[number];

/** PUT /api/live/<show>/bag → `BagItem[]` */
export const putBag = v.strictObject({ listingIds: bag });
/** PUT /api/live/<show>/pin → `{ pin: PinView | null }` */
export const putPin = v.strictObject({
	listingId: v.nullable(idText),
	dealOfferId: v.optional(v.nullable(idText), null),
	auctionId: v.optional(v.nullable(v.pipe(v.string(), v.maxLength(80))), null),
});
export type PutPin = v.InferInput<typeof putPin>;

/** POST /api/live/<show>/moderation → 204. Who moderates cannot be silenced by moderators. */
export const moderationBody = v.variant('act', [
	v.strictObject({ act: v.literal('hide'), seq }),
	v.strictObject({ act: v.literal('mute'), account: address, minutes: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1440)) }),
	v.strictObject({ act: v.literal('unmute'), account: address }),
	/** Closes their sockets, hides what they said, keeps them out of the room. */
	v.strictObject({ act: v.literal('ban'), account: address }),
	v.strictObject({ act: v.literal('unban'), account: address }),
	/** A line of the chat above it. */
	v.strictObject({ act: v.literal('pinAnswer'), seq: v.nullable(seq) }),
]);
export type ModerationBody = v.InferInput<typeof moderationBody>;

/** PUT /api/live/<show>/moderators → 204, by the shop's people. */
export const putModerators = v.strictObject({ accounts: v.pipe(v.array(address), v.maxLength(MAX_MODERATORS)) });
/** PUT /api/live/<show>/rules → `RoomRules` */
export const putRules = v.strictObject({
	slowSeconds: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MAX_SLOW_SECONDS)),
	buyersOnly: v.boolean(),
	paused: v.boolean(),
	words: v.pipe(v.array(v.pipe(v.string(), v.transform(cleanLine), v.minLength(1), v.maxLength(MAX_FILTERED_WORD_CHARS))), v.maxLength(MAX_FILTERED_WORDS)),
});
export type PutRules = v.InferInput<typeof putRules>;

/** POST /api/live/<show>/report → 204. `seq`: a line; without it the show itself. */
export const reportBody = v.strictObject({
	reason: v.picklist(reportReasons),
	seq: v.optional(v.nullable(seq), null),
	note: v.optional(v.pipe(v.string(), v.maxLength(MAX_LINE_CHARS * 4), v.transform(cleanLine), v.maxLength(MAX_LINE_CHARS)), ''),
});
export type ReportBody = v.InferInput<typeof reportBody>;

/** POST /api/live/<show>/sales → 204: the buyer's own order of something in the bag. `announce`: the room may be told, by the speaker's name. */
export const saleBody = v.strictObject({ orderId: bytes32, announce: v.boolean() });
export type SaleBody = v.InferInput<typeof saleBody>;

/** POST /api/live/<show>/gifts → 204: one's own tip to the shop, bought on a tab a moment ago, of at least its price (`giftPrice`). The room is told once, by the speaker's name. */
export const giftBody = v.strictObject({ purchaseId: bytes32, gift: v.picklist(giftIds) });
export type GiftBody = v.InferInput<typeof giftBody>;

const count = v.pipe(v.string(), v.regex(/^[1-9]\d{0,17}$/));
/** POST /api/live/<show>/wins → 204: what one has just won, at an auction, of a red packet or in a draw. The room is told, by the speaker's name. */
export const winBody = v.union([v.strictObject({ auctionId: count }), v.strictObject({ potId: count })]);
export type WinBody = v.InferInput<typeof winBody>;

/** PUT | DELETE /api/live/<show>/reminder → 204 */

/** GET /api/live/push-key → `{ publicKey: string }`; PUT | DELETE /api/push-subscriptions: as the browser's `PushSubscription.toJSON()` says. */
export const pushSubscriptionBody = v.strictObject({
	endpoint: v.pipe(v.string(), v.maxLength(1000), v.url()),
	keys: v.strictObject({
		p256dh: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{80,100}$/)),
		auth: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{16,32}$/)),
	}),
	/** Language of the words. */
	locale: v.picklist(['en', 'zh-CN']),
});
export type PushSubscriptionBody = v.InferInput<typeof pushSubscriptionBody>;
