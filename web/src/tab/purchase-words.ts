import type { PurchaseStatus, TabPurchaseView } from '@kaishi/protocol/tab';
import { localized, m } from '#platform/i18n/index.ts';

const statuses: Record<PurchaseStatus, () => string> = {
	owed: m.tab_status_owed,
	refunding: m.tab_status_refunding,
	refunded: m.tab_status_refunded,
	claimed: m.tab_status_claimed,
	paid: m.tab_status_paid,
	lost: m.tab_status_lost,
};

export const statusName = (status: PurchaseStatus): string => statuses[status]();

export const statusTone = (status: PurchaseStatus) => (status === 'paid' ? 'good' : status === 'lost' ? 'bad' : status === 'refunded' ? 'plain' : 'waiting');

const short = (address: string) => `${address.slice(0, 6)}…${address.slice(-4)}`;

/** What it was: goods by their title, tips by who got or gave them. */
export function purchaseTitle({ goods, shop, purchase, account }: TabPurchaseView, side: 'buyer' | 'seller'): string {
	if (goods) return localized(goods.title);
	if (side === 'seller') return m.tab_kind_tip_you({ name: short(account) });
	return m.tab_kind_tip({ name: shop ? localized(shop.name) : short(purchase.seller) });
}
