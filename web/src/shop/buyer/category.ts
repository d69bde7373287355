import type { Category } from '@kaishi/protocol/shop';
import { m } from '#platform/i18n/index.ts';

/** In the order of the stalls; the list of the protocol would bring its parser along. */
export const stalls = [
	'tea',
	'food',
	'ceramics',
	'fashion',
	'home',
	'craft',
	'paper',
	'electronics',
	'beauty',
	'toys',
	'outdoors',
	'digital',
] as const satisfies readonly Category[];

const words: Record<Category, () => string> = {
	tea: () => m.shop_category_tea(),
	food: () => m.shop_category_food(),
	ceramics: () => m.shop_category_ceramics(),
	fashion: () => m.shop_category_fashion(),
	home: () => m.shop_category_home(),
	craft: () => m.shop_category_craft(),
	paper: () => m.shop_category_paper(),
	electronics: () => m.shop_category_electronics(),
	beauty: () => m.shop_category_beauty(),
	toys: () => m.shop_category_toys(),
	outdoors: () => m.shop_category_outdoors(),
	digital: () => m.shop_category_digital(),
};

/** One character per stall, cut like a seal: part of the picture, not of the text. */
export const stallSigns: Record<Category, string> = {
	tea: '茶',
	food: '食',
	ceramics: '陶',
	fashion: '衣',
	home: '家',
	craft: '艺',
	paper: '纸',
	electronics: '电',
	beauty: '妆',
	toys: '玩',
	outdoors: '野',
	digital: '数',
};

export const categoryName = (category: Category): string => words[category]();
