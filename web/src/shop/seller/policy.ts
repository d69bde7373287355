import type { OfferTerms, Split } from '@kaishi/protocol/order';
import { formatAmount, parseAmount } from '@kaishi/protocol/platform/money';

export const DAY = 86_400;

/** Until when the buyer may call the order off without asking. */
export type CancelWindow = 'never' | 'hour' | 'day' | 'untilShipped';

/** What a seller promises, in the units people think in. `termsOfPolicy` turns it into what the contract enforces. */
export interface Policy {
	/** Pre-order: the day on which the time to ship begins, `2026-12-24` in UTC; '' at once. */
	shipDate: string;
	/** 0: delivered at purchase. */
	shipByDays: number;
	confirmByDays: number;
	cancel: CancelWindow;
	/** From delivery, without a reason. */
	returnDays: number;
	/** What the seller keeps of the item price when goods come back without a reason. */
	restockingPercent: number;
	/** What the seller keeps for the return parcel, as typed; '' is nothing. */
	returnParcel: string;
	/** Another piece without a reason, once. */
	exchange: boolean;
	/** Money back without a reason, and the goods stay. */
	refundOnly: boolean;
	/** Downloads: money back without a reason until the buyer takes the file. */
	untilTaken: boolean;
	warrantyDays: number;
	/** The part of the total that stays in escrow while the warranty runs. */
	warrantyPercent: number;
	/** Whole percents of the item price for whoever shared the link. */
	affiliatePercent: number;
	/** Other shares of the item price, in percent, e.g. a cause. */
	splits: { recipient: string; percent: number }[];
}

export const shipByChoices = [1, 2, 3, 5, 7, 14, 30] as const;
export const confirmByChoices = [7, 10, 14, 21, 30, 45] as const;
export const returnChoices = [0, 7, 14, 30] as const;
export const warrantyChoices = [0, 90, 180, 365, 730, 1095] as const;
export const cancelChoices: readonly CancelWindow[] = ['untilShipped', 'day', 'hour', 'never'];
export const affiliateChoices = [0, 3, 5, 10, 20] as const;

// Bounds of the contract's `Terms`.
/** At most this many shares besides the seller's. */
export const MAX_SPLITS = 16;
/** Room for the protocol fee at its hard cap. */
const MAX_SHARE_PERCENT = 98;
export const MAX_KEPT_PERCENT = 50;
const MAX_WINDOW_DAYS = 365;
const MAX_WARRANTY_DAYS = 3 * 365;

type Times = Pick<Policy, 'shipByDays' | 'confirmByDays' | 'cancel'>;
export const timeTemplates = {
	standard: { shipByDays: 3, confirmByDays: 14, cancel: 'untilShipped' },
	quick: { shipByDays: 1, confirmByDays: 10, cancel: 'hour' },
	handmade: { shipByDays: 14, confirmByDays: 30, cancel: 'day' },
	generous: { shipByDays: 3, confirmByDays: 21, cancel: 'untilShipped' },
} as const satisfies Record<string, Times>;
export type TimeTemplate = keyof typeof timeTemplates;

type AfterSales = Pick<Policy, 'returnDays' | 'restockingPercent' | 'exchange' | 'refundOnly' | 'warrantyDays' | 'warrantyPercent'> & {
	/** The buyer pays the parcel back: its price is the seller's to name. */
	parcel: boolean;
};
const nothing: AfterSales = { returnDays: 0, restockingPercent: 0, parcel: false, exchange: false, refundOnly: false, warrantyDays: 0, warrantyPercent: 0 };
export const afterSalesTemplates = {
	freeReturn: { ...nothing, returnDays: 7 },
	buyerPaysParcel: { ...nothing, returnDays: 7, parcel: true },
	restocking: { ...nothing, returnDays: 7, restockingPercent: 10 },
	exchange: { ...nothing, returnDays: 7, exchange: true },
	keepGoods: { ...nothing, returnDays: 7, refundOnly: true },
	warranty: { ...nothing, returnDays: 7, exchange: true, warrantyDays: 365, warrantyPercent: 10 },
	finalSale: nothing,
} as const satisfies Record<string, AfterSales>;
export type AfterSalesTemplate = keyof typeof afterSalesTemplates;

const plain = {
	shipDate: '',
	restockingPercent: 0,
	returnParcel: '',
	exchange: false,
	refundOnly: false,
	untilTaken: false,
	warrantyDays: 0,
	warrantyPercent: 0,
};
export const usualPolicy: Policy = { ...plain, ...timeTemplates.standard, returnDays: 7, affiliatePercent: 0, splits: [] };
/** Downloads: nothing to ship, nothing to send back. */
export const digitalPolicy: Policy = { ...plain, shipByDays: 0, confirmByDays: 7, cancel: 'never', returnDays: 0, affiliatePercent: 0, splits: [] };

/** The template that makes exactly these promises about time. */
export function timeTemplateOf(policy: Times): TimeTemplate | null {
	return keyWhere(timeTemplates, (t: Times) => t.shipByDays === policy.shipByDays && t.confirmByDays === policy.confirmByDays && t.cancel === policy.cancel);
}

/** The template that makes exactly these promises about what happens after the sale. */
export function afterSalesTemplateOf(policy: Policy): AfterSalesTemplate | null {
	const paid = policy.returnParcel.trim() !== '';
	return keyWhere(
		afterSalesTemplates,
		({ parcel, ...t }: AfterSales) => parcel === paid && Object.entries(t).every(([key, value]) => policy[key as keyof Policy] === value),
	);
}

export function withAfterSales(policy: Policy, name: AfterSalesTemplate, parcelPrice: string): Policy {
	const { parcel, ...promises } = afterSalesTemplates[name];
	return { ...policy, ...promises, returnParcel: parcel ? policy.returnParcel.trim() || parcelPrice : '' };
}

function keyWhere<T extends object>(templates: T, matches: (template: never) => boolean): keyof T | null {
	return (Object.keys(templates) as (keyof T)[]).find((name) => matches(templates[name] as never)) ?? null;
}

/** What is left of a policy when there is nothing to ship. */
export function digitalOf(policy: Policy): Policy {
	const { confirmByDays, untilTaken, affiliatePercent, splits } = policy;
	return { ...digitalPolicy, confirmByDays, untilTaken, affiliatePercent, splits };
}

export type PolicyTerms = Omit<OfferTerms, 'currency' | 'unitPrice' | 'shippingPrice' | 'arbitrator'>;

/** @param decimals the listing's currency's. A parcel price that is none counts as nothing: see {@link policyProblems}. */
export function termsOfPolicy(policy: Policy, decimals: number): PolicyTerms {
	const shipBySeconds = policy.shipByDays * DAY;
	const confirmBySeconds = policy.confirmByDays * DAY;
	const cancel: Record<CancelWindow, number> = { never: 0, hour: 3600, day: DAY, untilShipped: shipBySeconds };
	const toBps = (percent: number) => Math.round(percent * 100);
	return {
		shipDate: dayOf(policy.shipDate) ?? 0,
		shipBySeconds,
		confirmBySeconds,
		cancelSeconds: Math.min(cancel[policy.cancel], shipBySeconds),
		returnSeconds: policy.untilTaken && shipBySeconds === 0 ? confirmBySeconds : policy.returnDays * DAY,
		returnShippingPrice: parcelPriceOf(policy, decimals) ?? 0n,
		restockingBps: toBps(policy.restockingPercent),
		remedies: (policy.exchange ? 1 : 0) + (policy.refundOnly ? 2 : 0),
		warrantySeconds: policy.warrantyDays * DAY,
		warrantyBps: policy.warrantyDays === 0 ? 0 : toBps(policy.warrantyPercent),
		affiliateBps: toBps(policy.affiliatePercent),
		splits: policy.splits.map((s): Split => ({ recipient: s.recipient as Split['recipient'], bps: toBps(s.percent) })),
	};
}

/** Reads published terms back into the editor. Fractions of days survive. */
export function policyOfTerms(terms: PolicyTerms, decimals: number): Policy {
	const digital = terms.shipBySeconds === 0;
	const cancel = (): CancelWindow => {
		if (terms.cancelSeconds === 0) return 'never';
		if (terms.cancelSeconds >= terms.shipBySeconds) return 'untilShipped';
		return terms.cancelSeconds <= 3600 ? 'hour' : 'day';
	};
	return {
		shipDate: terms.shipDate === 0 ? '' : new Date(terms.shipDate * 1000).toISOString().slice(0, 10),
		shipByDays: terms.shipBySeconds / DAY,
		confirmByDays: terms.confirmBySeconds / DAY,
		cancel: cancel(),
		returnDays: digital ? 0 : terms.returnSeconds / DAY,
		restockingPercent: terms.restockingBps / 100,
		returnParcel: terms.returnShippingPrice === 0n ? '' : formatAmount(terms.returnShippingPrice, decimals),
		exchange: (terms.remedies & 1) !== 0,
		refundOnly: (terms.remedies & 2) !== 0,
		untilTaken: digital && terms.returnSeconds > 0,
		warrantyDays: terms.warrantySeconds / DAY,
		warrantyPercent: terms.warrantyBps / 100,
		affiliatePercent: terms.affiliateBps / 100,
		splits: terms.splits.map((s) => ({ recipient: s.recipient, percent: s.bps / 100 })),
	};
}

/** Unix seconds of a day in UTC; null when it is none. */
function dayOf(text: string): number | null {
	const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
	return Number.isNaN(time) ? null : time / 1000;
}

/** Base units; null when it is no amount of the currency. */
function parcelPriceOf(policy: Pick<Policy, 'returnParcel'>, decimals: number): bigint | null {
	try {
		return policy.returnParcel.trim() === '' ? 0n : parseAmount(policy.returnParcel.replace(/[,，\s]/g, ''), decimals);
	} catch {
		return null;
	}
}

export const policyProblemCodes = [
	'splitAddress',
	'splitPercent',
	'sharesTooHigh',
	'tooManySplits',
	'affiliatePercent',
	'daysInvalid',
	'restockingPercent',
	'returnParcelInvalid',
	'returnParcelTooHigh',
	'warrantyPercent',
	'shipDateInvalid',
] as const;
export type PolicyProblem = (typeof policyProblemCodes)[number];

/** What the bounds of some terms depend on. */
export interface PolicyBounds {
	decimals: number;
	/** The cheapest variant's price in base units; null while there is none. */
	lowestPrice: bigint | null;
	/** Unix seconds. */
	now: number;
}

const inHundredths = (percent: number) => Number.isFinite(percent) && Math.abs(percent * 100 - Math.round(percent * 100)) < 1e-6;
const within = (value: number, low: number, high: number) => value >= low && value <= high;

/** What the contract would refuse. */
export function policyProblems(policy: Policy, bounds: PolicyBounds): PolicyProblem[] {
	const problems = new Set(shareProblems(policy));
	const { restockingPercent, warrantyDays, warrantyPercent } = policy;
	const windows =
		within(policy.shipByDays, 0, MAX_WINDOW_DAYS) && within(policy.confirmByDays, 1 / 24, MAX_WINDOW_DAYS) && within(policy.returnDays, 0, MAX_WINDOW_DAYS);
	if (!windows || !within(warrantyDays, 0, MAX_WARRANTY_DAYS)) problems.add('daysInvalid');
	if (!within(restockingPercent, 0, MAX_KEPT_PERCENT) || !inHundredths(restockingPercent)) problems.add('restockingPercent');
	// A warranty without a reserve would be a promise that nobody holds.
	if (warrantyDays > 0 && (!within(warrantyPercent, 0.01, MAX_KEPT_PERCENT) || !inHundredths(warrantyPercent))) problems.add('warrantyPercent');
	const parcel = parcelPriceOf(policy, bounds.decimals);
	if (parcel === null) problems.add('returnParcelInvalid');
	else if (bounds.lowestPrice !== null && parcel > bounds.lowestPrice) problems.add('returnParcelTooHigh');
	const shipDate = dayOf(policy.shipDate);
	if (policy.shipDate !== '' && (shipDate === null || shipDate > bounds.now + MAX_WINDOW_DAYS * DAY)) problems.add('shipDateInvalid');
	return [...problems];
}

function shareProblems(policy: Policy): PolicyProblem[] {
	const problems: PolicyProblem[] = [];
	if (policy.splits.length > MAX_SPLITS) problems.push('tooManySplits');
	if (!(policy.affiliatePercent >= 0) || !inHundredths(policy.affiliatePercent)) problems.push('affiliatePercent');
	for (const split of policy.splits) {
		if (!/^0x[0-9a-fA-F]{40}$/.test(split.recipient) || /^0x0{40}$/.test(split.recipient)) problems.push('splitAddress');
		if (!(split.percent >= 0.01) || !inHundredths(split.percent)) problems.push('splitPercent');
	}
	const shares = policy.splits.reduce((sum, s) => sum + (s.percent || 0), policy.affiliatePercent || 0);
	if (shares > MAX_SHARE_PERCENT) problems.push('sharesTooHigh');
	return problems;
}
