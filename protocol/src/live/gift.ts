import type { Currency } from '../platform/money.ts';
import { tipUnit } from '../tab/index.ts';

export const giftIds = ['tea', 'lantern', 'fan', 'dragon'] as const;
export type GiftId = (typeof giftIds)[number];

/** What each gift costs, in units of tips. */
export const giftUnits: Readonly<Record<GiftId, bigint>> = { tea: 1n, lantern: 2n, fan: 5n, dragon: 10n };

/** The least that is tipped for a gift, in base units of the currency. */
export const giftPrice = (gift: GiftId, currency: Pick<Currency, 'iso' | 'decimals'>): bigint => giftUnits[gift] * tipUnit(currency);
