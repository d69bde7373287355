import type { TabView } from '@kaishi/protocol/tab';
import { heldKeys } from '#platform/wallet/tab-keys.ts';

/** Shortly before its end nothing is promised on a tab any more. */
const MARGIN_SECONDS = 150;

export interface TabNeed {
	account: string;
	currency: string;
	shopId: string;
	operatorId: number;
	total: bigint;
	now: number;
}

/** The tab that pays for a purchase without asking, among those whose key this browser holds; one for this shop alone first. */
export function fittingTab(tabs: readonly TabView[], need: TabNeed): TabView | null {
	const keys = new Set(heldKeys(need.account).map((held) => held.key.toLowerCase()));
	const fits = (tab: TabView) =>
		keys.has(tab.key.toLowerCase()) &&
		tab.operatorId === need.operatorId &&
		tab.left.currency.toLowerCase() === need.currency.toLowerCase() &&
		BigInt(tab.left.amount) >= need.total &&
		(tab.shopId === null || tab.shopId === need.shopId) &&
		!tab.closing &&
		tab.validUntil > need.now + MARGIN_SECONDS;
	const fitting = tabs.filter(fits);
	return fitting.find((tab) => tab.shopId !== null) ?? fitting[0] ?? null;
}
