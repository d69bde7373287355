import { m } from '#platform/i18n/index.ts';
import type { Explanation } from '#platform/wallet/ask.svelte.ts';
import type { OrderView } from './lifecycle.ts';
import { moneyBackOf } from './money-back.ts';

/** Steps that a signature is all of. */
export type PlainStep = 'confirm' | 'cancel' | 'refund' | 'acknowledge' | 'grant' | 'acceptReturn' | 'join';

interface StepWords {
	explanation: Explanation;
	/** What is said when it is done. */
	done: string;
}

type Write = (amount: string) => string;
type Told = OrderView;

const words: Record<PlainStep, (order: Told, write: Write) => StepWords> = {
	confirm: (order, write) => ({
		explanation: {
			title: m.order_confirm_title(),
			amount: write(order.held.amount),
			lines: [...(order.state === 'placed' ? [m.order_confirm_unshipped()] : []), m.order_confirm_line(), m.order_confirm_final()],
			confirm: m.order_confirm(),
		},
		done: m.order_confirmed(),
	}),
	cancel: (order, write) => ({
		explanation: { title: m.order_cancel_title(), amount: write(order.held.amount), lines: [m.order_cancel_line()], confirm: m.order_cancel(), grave: true },
		done: m.order_cancelled(),
	}),
	refund: (order, write) => ({
		explanation: { title: m.order_refund_title(), amount: write(order.held.amount), lines: [m.order_refund_line()], confirm: m.order_refund(), grave: true },
		done: m.order_refunded(),
	}),
	acknowledge: ({ listing }) =>
		listing.kind === 'digital'
			? { explanation: { title: m.order_take_key(), lines: [m.order_take_key_line()], confirm: m.order_take_key() }, done: m.order_take_key_done() }
			: { explanation: { title: m.order_acknowledge(), lines: [m.order_acknowledge_line()], confirm: m.order_acknowledge() }, done: m.order_acknowledged() },
	grant: (order, write) => ({
		explanation: { title: m.order_grant(), lines: [grantLine(order, write)], confirm: m.order_grant() },
		done: m.order_granted(),
	}),
	acceptReturn: (order, write) => {
		const exchange = order.request?.remedy === 'exchange';
		const amount = write(moneyBackOf(order, 'return', order.request?.byRight ?? false, 10_000).toString());
		return {
			explanation: {
				title: m.order_accept_return(),
				lines: [exchange ? m.order_accept_return_exchange() : m.order_accept_return_line({ amount })],
				confirm: m.order_accept_return(),
			},
			done: m.order_accept_return_done(),
		};
	},
	join: () => ({ explanation: { title: m.order_join(), lines: [m.order_join_line()], confirm: m.order_join() }, done: m.order_joined() }),
};

function grantLine(order: Told, write: Write): string {
	const { request } = order;
	if (request?.remedy === 'return') return m.order_grant_return();
	if (request?.remedy === 'exchange') return m.order_grant_exchange();
	return m.order_grant_refund({ amount: write(moneyBackOf(order, 'refund', false, request?.bps ?? 10_000).toString()) });
}

/** What a step does, in plain sentences with its amounts. */
export const stepWords = (step: PlainStep, order: Told, write: Write): StepWords => words[step](order, write);
