import type { MarketInfo } from '@kaishi/protocol/discovery';
import type { OrderSummary, OrderView } from '@kaishi/protocol/order';
import { api } from '#platform/api/client.ts';
import { m } from '#platform/i18n/index.ts';
import { moneyText } from '#platform/i18n/money.ts';
import { toast } from '#platform/ui/toast.svelte.ts';
import { askSignature } from '#platform/wallet/ask.svelte.ts';
import { refreshAll } from '$app/navigation';

/** Asks, signs and gives the whole amount back to the buyer. Failures are shown in the signature sheet. */
export async function refundOrder(order: OrderSummary, market: MarketInfo): Promise<void> {
	const amount = moneyText(order.total, market.currencies);
	const relayed = await askSignature(
		{ title: m.sell_refund_title(), lines: [m.sell_refund_text({ amount }), m.sell_refund_signs()], confirm: m.sell_refund_confirm({ amount }), grave: true },
		async (signer) => {
			const [{ orderFromWire }, view] = await Promise.all([import('@kaishi/protocol/order'), api.get<OrderView>(`/api/orders/${order.id}`)]);
			return signer.act(orderFromWire(view.order), { action: 'refund', step: view.step });
		},
	);
	if (!relayed) return;
	toast(m.sell_refund_done(), 'good');
	await refreshAll();
}
