import type { Projection } from '../platform/indexer/projection.ts';
import { chargeFee, createTransfer, deposits, type ExplainTransfer, withdraw } from './ledger.ts';
import { completeOrder, refundOrder, ruleOrder, settleOrder, warrantOrder } from './project-end.ts';
import { createPlacing } from './project-placing.ts';
import { projectShare } from './project-share.ts';
import { advanceOrder, takeRemedy } from './project-step.ts';
import { orderTables } from './tables.ts';
import { topicsOf } from './topics.ts';

/** Folds OrderBook events into orders, their history and the balances inside the market. */
export function createOrderProjection(options: { chainId: number; explain: ExplainTransfer }): Projection {
	return {
		domain: 'order',
		tables: orderTables,
		handlers: {
			'OrderBook.OrderAdvanced': advanceOrder,
			'OrderBook.OrderRemedyTaken': takeRemedy,
			'OrderBook.OrderWarranted': warrantOrder,
			'OrderBook.OrderCompleted': completeOrder,
			'OrderBook.OrderRefunded': refundOrder,
			'OrderBook.OrderRuled': ruleOrder,
			'OrderBook.OrderSettled': settleOrder,
			'OrderBook.ArbitrationFeePaid': chargeFee,
			'OrderBook.SharePaid': projectShare,
			'OrderBook.Withdrawn': withdraw,
			'OrderBook.Transferred': createTransfer(options.explain),
		},
		folds: { 'OrderBook.Deposited': deposits, 'OrderBook.OrderPlaced': createPlacing(options.chainId) },
		topics: topicsOf,
	};
}
