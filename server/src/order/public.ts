// owns: orders, their history and money, carts, private notes between parties, downloads of digital goods
// listens: OrderBook.*
// emits: topics order:<id>, account:<address>, shop:<id>, listing:<id>, trades
export { type AgreementRow, toOrder, toOrderWire } from './agreement.ts';
export { cartMigrations, forgetOldCarts } from './cart.ts';
export type { OrderContext, OrderReviews } from './context.ts';
export { type DownloadFiles, openDownloadFiles } from './downloads.ts';
export { fillDays, lastDays } from './figures.ts';
export { describeOrders, type OrderedGoods } from './goods.ts';
export type { InvoiceContext } from './invoice-parts.ts';
export { createInvoiceReads } from './invoices.ts';
export { forgetOrphans, type KeeperContext, settleDueOrders } from './jobs.ts';
export { bookTransfers, type ExplainTransfer } from './ledger.ts';
export { limitOrders } from './limited-relayer.ts';
export { createOrderLimits, type LimitedOrder, type OrderLimits, unitsOf } from './limits.ts';
export { adoptWaiting, forgetWaiting, storeWaiting, waitingPlaces } from './private-store.ts';
export { createOrderProjection } from './project.ts';
export { eventsOf, findOrder, hasOrderBetween, listTrades, type OrderEventRow, type OrderRow, type TradeRow } from './query.ts';
export { countByState, feesPaid, inEscrow, ordersPerDay, settled } from './query-money.ts';
export { type CheckoutContext, createCheckoutReads } from './quote.ts';
export { createOrderReads } from './reads.ts';
export { orderRoutes } from './routes.ts';
export { cartRoutes } from './routes-cart.ts';
export type { OrderRoutesContext } from './routes-context.ts';
export { invoiceRoutes } from './routes-invoice.ts';
export { hasDownload, sendDownload } from './send-download.ts';
export { createSweeper, type SweeperContext } from './sweep.ts';
export { orderMigrations, orderTables } from './tables.ts';
