import type { ConversationView, NotificationView } from '@kaishi/protocol/social';
import { m } from '#platform/i18n/index.ts';
import type { IconName } from '#platform/ui/Icon.svelte';

/** 0x12ab…89ef: enough to tell the people of one inbox apart. */
export const shortAddress = (address: string): string => `${address.slice(0, 6)}…${address.slice(-4)}`;

/** How a conversation ends at present, in one line. */
export function lastWords(last: NonNullable<ConversationView['last']>, own: boolean): string {
	const text =
		last.kind === 'text' ? last.text : last.kind === 'picture' ? m.social_picture() : last.kind === 'order' ? m.social_card_order() : m.social_card_listing();
	return own ? m.social_last_own({ text }) : text;
}

type Told = Pick<NotificationView, 'event' | 'side' | 'cause'>;
const told: Record<string, (one: Told) => string> = {
	OrderPlaced: () => m.social_told_sold(),
	OrderShipped: () => m.social_told_shipped(),
	OrderDelivered: () => m.social_told_delivered(),
	OrderRequested: ({ side }) => (side === 'shop' ? m.social_told_requested_shop() : m.social_told_requested_buyer()),
	OrderReturning: ({ side }) => (side === 'shop' ? m.social_told_returning_shop() : m.social_told_returning_buyer()),
	OrderReturned: () => m.social_told_returned(),
	OrderReplacing: ({ side }) => (side === 'shop' ? m.social_told_replacing_shop() : m.social_told_replacing_buyer()),
	OrderContested: () => m.social_told_contested(),
	OrderDisputed: () => m.social_told_judged(),
	OrderRuled: () => m.social_told_ruled(),
	OrderWarranty: ({ side }) => (side === 'shop' ? m.social_told_paid() : m.social_told_warranty()),
	OrderSettled: () => m.social_told_settled(),
	OrderCompleted: ({ side }) => (side === 'shop' ? m.social_told_paid() : m.social_told_completed()),
	OrderRefunded: ({ side, cause }) => {
		if (cause === 1) return m.social_told_cancelled();
		if (cause === 2) return m.social_told_refunded();
		if (cause === 0) return side === 'shop' ? m.social_told_late_shop() : m.social_told_late_buyer();
		return side === 'shop' ? m.social_told_money_back_shop() : m.social_told_money_back_buyer();
	},
};

/** What happened to an order, to whom it matters; a step this page does not know yet is still news. */
export const tell = (one: Told): string => (Object.hasOwn(told, one.event) ? told[one.event]?.(one) : undefined) ?? m.social_told_changed();

const icons: Record<string, IconName> = {
	OrderPlaced: 'bag',
	OrderShipped: 'truck',
	OrderDisputed: 'scales',
	OrderContested: 'scales',
	OrderDelivered: 'check',
	OrderRequested: 'chat',
	OrderReturning: 'back',
	OrderReturned: 'truck',
	OrderReplacing: 'truck',
	OrderWarranty: 'check',
	OrderSettled: 'check',
	OrderCompleted: 'check',
	OrderRefunded: 'back',
	OrderRuled: 'scales',
};
export const iconOf = (event: string): IconName => (Object.hasOwn(icons, event) ? icons[event] : undefined) ?? 'info';
