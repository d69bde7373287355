import { type GiftId, giftUnits } from '@kaishi/protocol/live';
import { m } from '#platform/i18n/index.ts';

/** What a tip in a room is called, and how many units of money it is. */
export const gifts = [
	{ id: 'tea', picture: '🍵', units: giftUnits.tea },
	{ id: 'lantern', picture: '🏮', units: giftUnits.lantern },
	{ id: 'fan', picture: '🪭', units: giftUnits.fan },
	{ id: 'dragon', picture: '🐉', units: giftUnits.dragon },
] as const satisfies readonly { id: GiftId; picture: string; units: bigint }[];

export const giftNames: Partial<Record<string, () => string>> = {
	tea: m.live_gift_tea,
	lantern: m.live_gift_lantern,
	fan: m.live_gift_fan,
	dragon: m.live_gift_dragon,
};
