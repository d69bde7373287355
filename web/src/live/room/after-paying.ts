import type { Viewer } from '@kaishi/protocol/account';
import type { Hex } from 'viem';
import { m } from '#platform/i18n/index.ts';
import { toast } from '#platform/ui/toast.svelte.ts';
import { tellSale } from './tell-room.ts';

/** Says that it is paid, and tells the show that the order came from it. */
export function afterPaying(show: string, viewer: Viewer | null, orderId: Hex, announce: boolean): void {
	tellSale(show, viewer?.address ?? null, { orderId, announce });
	toast(m.live_paid(), 'good', { text: m.live_see_order(), run: () => window.open(`/orders/${orderId}`, '_blank', 'noopener') });
}
