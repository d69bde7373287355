import type { OrderReads, Side } from '@kaishi/protocol/order';
import { Refusal } from '@kaishi/protocol/platform/errors';
import type { ServerMessage } from '@kaishi/protocol/platform/socket';
import type { Context } from 'hono';
import type { Address, Hex } from 'viem';
import type { Chain } from '../platform/chain/chain.ts';
import type { Queryable } from '../platform/db/database.ts';
import { bytes32Text, parseOrRefuse } from '../platform/http/parse.ts';
import type { ViewerOf } from '../platform/http/viewer.ts';
import type { MediaStore } from '../platform/media/media-store.ts';
import { roleOf } from './access.ts';
import type { DownloadFiles } from './downloads.ts';
import { findOrder, type OrderRow } from './query.ts';

export interface OrderRoutesContext {
	db: Queryable;
	reads: OrderReads;
	viewerOf: ViewerOf;
	files: DownloadFiles;
	/** Pictures that only the two sides and the arbitrator may see. */
	privateStore: MediaStore;
	chain: Chain;
	orderBook: Address;
	/** Tells sockets what the chain does not know. */
	publish(messages: readonly ServerMessage[]): void;
}

type Parties = Pick<OrderRoutesContext, 'db' | 'viewerOf'>;

/** The viewer's address, or a refusal. */
export async function requireViewer(c: Context, viewerOf: ViewerOf): Promise<Address> {
	const viewer = await viewerOf(c.req.header('cookie') ?? null);
	if (!viewer) throw new Refusal('Session_Required', 'unauthenticated');
	return viewer.address;
}

export const orderIdParam = (c: Context): Hex => parseOrRefuse(bytes32Text, c.req.param('id'));

/** The order that is asked about and which side of it the viewer is, or a refusal: also when it is not the `wanted` side. */
export async function requireSide({ db, viewerOf }: Parties, c: Context, wanted?: Side): Promise<{ order: OrderRow; side: Side; viewer: Address }> {
	const viewer = await requireViewer(c, viewerOf);
	const order = await findOrder(db, orderIdParam(c));
	if (!order) throw new Refusal('Order_Unknown', 'notFound', { orderId: orderIdParam(c) });
	const side = await roleOf(db, order, viewer);
	if ((side === 'buyer' || side === 'seller') && (wanted === undefined || wanted === side)) return { order, side, viewer };
	throw new Refusal(wanted === 'seller' ? 'OrderBook_NotSeller' : 'OrderBook_NotBuyer', 'forbidden', { orderId: order.order_id, caller: viewer });
}
