import type { ShopProfile } from '@kaishi/protocol/shop';
import { getLocale, m } from '#platform/i18n/index.ts';
import type { ShopRole } from './access.ts';
import type { DraftProblemCode } from './draft-problems.ts';

/** Words for everything in the seller's pages that is chosen by a code. */
export const themeWords: Record<NonNullable<ShopProfile['theme']>, () => string> = {
	vermilion: m.sell_theme_vermilion,
	jade: m.sell_theme_jade,
	indigo: m.sell_theme_indigo,
	plum: m.sell_theme_plum,
	amber: m.sell_theme_amber,
	ink: m.sell_theme_ink,
};

export const roleWords: Record<ShopRole, { name: () => string; text: () => string }> = {
	catalogue: { name: m.sell_role_catalogue, text: m.sell_role_catalogue_text },
	orders: { name: m.sell_role_orders, text: m.sell_role_orders_text },
	live: { name: m.sell_role_live, text: m.sell_role_live_text },
	money: { name: m.sell_role_money, text: m.sell_role_money_text },
};

export const problemWords: Record<DraftProblemCode, () => string> = {
	titleMissing: m.sell_problem_titleMissing,
	titleTooLong: m.sell_problem_titleTooLong,
	descriptionTooLong: m.sell_problem_descriptionTooLong,
	altTooLong: m.sell_problem_altTooLong,
	tooManyPictures: m.sell_problem_tooManyPictures,
	optionTextTooLong: m.sell_problem_optionTextTooLong,
	optionDuplicate: m.sell_problem_optionDuplicate,
	tooManyVariants: m.sell_problem_tooManyVariants,
	priceMissing: m.sell_problem_priceMissing,
	priceInvalid: m.sell_problem_priceInvalid,
	priceZero: m.sell_problem_priceZero,
	stockInvalid: m.sell_problem_stockInvalid,
	skuTooLong: m.sell_problem_skuTooLong,
	shippingInvalid: m.sell_problem_shippingInvalid,
	perAccountInvalid: m.sell_problem_perAccountInvalid,
	attributeTooLong: m.sell_problem_attributeTooLong,
	weightInvalid: m.tax_problem_weightInvalid,
	sizeInvalid: m.tax_problem_sizeInvalid,
	hsInvalid: m.tax_problem_hsInvalid,
	contentTooLong: m.sell_problem_contentTooLong,
	splitAddress: m.sell_problem_splitAddress,
	splitPercent: m.sell_problem_splitPercent,
	sharesTooHigh: m.sell_problem_sharesTooHigh,
	tooManySplits: m.sell_problem_tooManySplits,
	affiliatePercent: m.sell_problem_affiliatePercent,
	daysInvalid: m.sell_problem_daysInvalid,
	restockingPercent: m.sell_problem_restockingPercent,
	returnParcelInvalid: m.sell_problem_returnParcelInvalid,
	returnParcelTooHigh: m.sell_problem_returnParcelTooHigh,
	warrantyPercent: m.sell_problem_warrantyPercent,
	shipDateInvalid: m.sell_problem_shipDateInvalid,
};

/** 0x1234…abcd */
export const shortAddress = (address: string) => `${address.slice(0, 6)}…${address.slice(-4)}`;

/** For lists by `Intl`. */
export const intlTag = () => (getLocale() === 'en' ? 'en-GB' : 'zh-CN');
