import type { LocalText } from '@kaishi/protocol/platform/local-text';
import type { Category, ShopProfile } from '@kaishi/protocol/shop';
import type { BackdropName } from '../drawing/backdrops.ts';
import type { Character } from '../drawing/characters.ts';
import type { Painter } from '../drawing/scene.ts';

/** English, then Chinese. */
export type Both = readonly [en: string, zh: string];
export const both = ([en, zh]: Both): LocalText => ({ en, 'zh-CN': zh });

/** Test money of that name, or the chain's native coin. */
export type Coin = 'usd' | 'cny' | 'eur' | 'btc' | 'xrp' | 'native';
/** Coins that follow no country's money. Prices in them include the delivery. */
export const isLoose = (coin: Coin): boolean => coin === 'btc' || coin === 'xrp' || coin === 'native';

export interface Variant {
	values: Both[];
	/** As written on a price tag: "28" or "0.012". */
	price: string;
	/** Null never runs out. */
	stock: number | null;
}

export interface Goods {
	title: Both;
	text: Both;
	category: Category;
	kind?: 'physical' | 'digital';
	/** Default: the shop's. */
	coin?: Coin;
	options?: Both[];
	variants: Variant[];
	facts?: [name: Both, value: Both][];
	picture: Picture;
}

/** How a product is drawn: the whole thing, then a second look at it. */
export interface Picture {
	by: Painter;
	color: string;
	accent: string;
	style: number;
	on: readonly [BackdropName, string];
	/** Second picture: its stage, and where and how closely it looks. */
	near: readonly [BackdropName, string, scale?: number, x?: number, y?: number];
}

export interface SeededShop {
	slug: string;
	/** Who owns it, as in `people.ts`. */
	owner: string;
	kind: ShopProfile['kind'];
	theme: NonNullable<ShopProfile['theme']>;
	country: string;
	/** The character on its sign. */
	sign: Character;
	name: Both;
	tagline: Both;
	about: Both;
	coin: Coin;
	shipping: string;
	shipByDays: number;
	confirmByDays: number;
	cancelHours: number;
	returnDays: number;
	/** Besides giving it back: once for another piece, or for money while the goods stay. */
	remedy?: 'exchange' | 'keep';
	/** What the shop keeps of a return without a reason, in basis points of the price. */
	restockingBps?: number;
	affiliateBps?: number;
	/** A share for somebody else, as in `people.ts`. */
	split?: { person: string; bps: number };
	goods: Goods[];
}

/** One thing at one price. */
export const single = (price: string, stock: number | null): Variant[] => [{ values: [], price, stock }];

/** One option: each row a name in both languages, a price and how many there are. */
export const choices = (...rows: [en: string, zh: string, price: string, stock: number | null][]): Variant[] =>
	rows.map(([en, zh, price, stock]) => ({ values: [[en, zh]], price, stock }));

/** Two options, every combination; `stocks` go row by row. */
export function grid(first: Both[], second: [...Both, price: string][], stocks: number[]): Variant[] {
	return first.flatMap((one, i) =>
		second.map(([en, zh, price], k): Variant => ({ values: [one, [en, zh]], price, stock: stocks[(i * second.length + k) % stocks.length] ?? 5 })),
	);
}

const SIZES: [en: string, zh: string][] = [
	['S', '小码'],
	['M', '中码'],
	['L', '大码'],
	['XL', '加大码'],
];
export const sizes = (price: string): [...Both, price: string][] => SIZES.map(([en, zh]) => [en, zh, price]);
export const COLOUR: Both = ['Colour', '颜色'];
export const SIZE: Both = ['Size', '尺寸'];
export const WEIGHT: Both = ['Weight', '规格'];
