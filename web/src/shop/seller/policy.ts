import type { OfferTerms, Split } from '@kaishi/protocol/order';

export const DAY = 86_400;

/** Until when the buyer may call the order off without asking. */
export type CancelWindow = 'never' | 'hour' | 'day' | 'untilShipped';

/** What a seller promises, in the units people think in. `termsOf` turns it into what the contract enforces. */
export interface Policy {
	/** 0: delivered at purchase. */
	shipByDays: number;
	confirmByDays: number;
	cancel: CancelWindow;
	returnDays: number;
	/** Whole percents of the item price for whoever shared the link. */
	affiliatePercent: number;
	/** Other shares of the item price, in percent, e.g. a cause. */
	splits: { recipient: string; percent: number }[];
}

export const shipByChoices = [1, 2, 3, 5, 7, 14, 30] as const;
export const confirmByChoices = [7, 10, 14, 21, 30, 45] as const;
export const returnChoices = [0, 7, 14, 30] as const;
export const cancelChoices: readonly CancelWindow[] = ['untilShipped', 'day', 'hour', 'never'];
export const affiliateChoices = [0, 3, 5, 10, 20] as const;

/** At most this many shares besides the seller's, as in the contract's `Terms`. */
export const MAX_SPLITS = 16;
/** Room for the protocol fee at its hard cap. */
const MAX_SHARE_PERCENT = 98;

export const policyTemplates = {
	standard: { shipByDays: 3, confirmByDays: 14, cancel: 'untilShipped', returnDays: 7, affiliatePercent: 0, splits: [] },
	quick: { shipByDays: 1, confirmByDays: 10, cancel: 'hour', returnDays: 7, affiliatePercent: 0, splits: [] },
	handmade: { shipByDays: 14, confirmByDays: 30, cancel: 'day', returnDays: 0, affiliatePercent: 0, splits: [] },
	generous: { shipByDays: 3, confirmByDays: 21, cancel: 'untilShipped', returnDays: 30, affiliatePercent: 5, splits: [] },
} as const satisfies Record<string, Policy>;
export type PolicyTemplate = keyof typeof policyTemplates;

/** Downloads: nothing to ship, nothing to send back. */
export const digitalPolicy: Policy = { shipByDays: 0, confirmByDays: 7, cancel: 'never', returnDays: 0, affiliatePercent: 0, splits: [] };

/** The template that makes exactly these promises about time; shares do not matter. */
export function templateOf(policy: Policy): PolicyTemplate | null {
	const names = Object.keys(policyTemplates) as PolicyTemplate[];
	return (
		names.find((name) => {
			const t = policyTemplates[name];
			return t.shipByDays === policy.shipByDays && t.confirmByDays === policy.confirmByDays && t.cancel === policy.cancel && t.returnDays === policy.returnDays;
		}) ?? null
	);
}

export type PolicyTerms = Omit<OfferTerms, 'currency' | 'unitPrice' | 'shippingPrice' | 'arbitrator'>;

export function termsOfPolicy(policy: Policy): PolicyTerms {
	const shipBySeconds = policy.shipByDays * DAY;
	const cancel: Record<CancelWindow, number> = { never: 0, hour: 3600, day: DAY, untilShipped: shipBySeconds };
	return {
		shipBySeconds,
		confirmBySeconds: policy.confirmByDays * DAY,
		cancelSeconds: Math.min(cancel[policy.cancel], shipBySeconds),
		returnSeconds: policy.returnDays * DAY,
		returnShippingPrice: 0n,
		shipDate: 0,
		warrantySeconds: 0,
		restockingBps: 0,
		warrantyBps: 0,
		remedies: 0,
		affiliateBps: Math.round(policy.affiliatePercent * 100),
		splits: policy.splits.map((s): Split => ({ recipient: s.recipient as Split['recipient'], bps: Math.round(s.percent * 100) })),
	};
}

/** Reads published terms back into the editor. Fractions of days survive. */
export function policyOfTerms(terms: PolicyTerms): Policy {
	const cancel = (): CancelWindow => {
		if (terms.cancelSeconds === 0) return 'never';
		if (terms.cancelSeconds >= terms.shipBySeconds) return 'untilShipped';
		return terms.cancelSeconds <= 3600 ? 'hour' : 'day';
	};
	return {
		shipByDays: terms.shipBySeconds / DAY,
		confirmByDays: terms.confirmBySeconds / DAY,
		cancel: cancel(),
		returnDays: terms.returnSeconds / DAY,
		affiliatePercent: terms.affiliateBps / 100,
		splits: terms.splits.map((s) => ({ recipient: s.recipient, percent: s.bps / 100 })),
	};
}

export type PolicyProblem = 'splitAddress' | 'splitPercent' | 'sharesTooHigh' | 'tooManySplits' | 'affiliatePercent';

/** What the contract would refuse about the shares. */
export function policyProblems(policy: Policy): PolicyProblem[] {
	const problems = new Set<PolicyProblem>();
	const inHundredths = (percent: number) => Number.isFinite(percent) && Math.abs(percent * 100 - Math.round(percent * 100)) < 1e-6;
	if (policy.splits.length > MAX_SPLITS) problems.add('tooManySplits');
	if (!(policy.affiliatePercent >= 0) || !inHundredths(policy.affiliatePercent)) problems.add('affiliatePercent');
	for (const split of policy.splits) {
		if (!/^0x[0-9a-fA-F]{40}$/.test(split.recipient) || /^0x0{40}$/.test(split.recipient)) problems.add('splitAddress');
		if (!(split.percent >= 0.01) || !inHundredths(split.percent)) problems.add('splitPercent');
	}
	const shares = policy.splits.reduce((sum, s) => sum + (s.percent || 0), policy.affiliatePercent || 0);
	if (shares > MAX_SHARE_PERCENT) problems.add('sharesTooHigh');
	return [...problems];
}
