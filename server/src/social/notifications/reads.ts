import { shopRoles } from '@kaishi/protocol/shop';
import type { SocialReads } from '@kaishi/protocol/social';
import { type Address, getAddress } from 'viem';
import { describeOrders } from '../../order/public.ts';
import type { Queryable } from '../../platform/db/database.ts';
import { toPage } from '../../platform/db/page.ts';
import { countBackUnseen, shopNames, shopsActedFor } from '../../shop/public.ts';
import { countUnreadOfBuyer, countUnreadOfShops } from '../messages/conversation-store.ts';
import { countUnread, listNotifications } from './query.ts';

export interface NotificationReadsContext {
	db: Queryable;
	/** Chain time, Unix seconds. */
	now(): number;
}

const NOTIFICATIONS = 30;

export function createNotificationReads({ db, now }: NotificationReadsContext): Pick<SocialReads, 'unread' | 'notifications'> {
	return {
		async unread(viewer) {
			const account = getAddress(viewer);
			const shops = await shopsActedFor(db, account, shopRoles.orders);
			const [asBuyer, asShop, ofOrders, back] = await Promise.all([
				countUnreadOfBuyer(db, account),
				countUnreadOfShops(db, shops, account),
				countUnread(db, { account, shopIds: shops.map((shop) => shop.shopId), now: now() }),
				countBackUnseen(db, account),
			]);
			return { messages: asBuyer + asShop, notifications: ofOrders + back };
		},
		async notifications(viewer, cursor) {
			const account: Address = getAddress(viewer);
			const shopIds = (await shopsActedFor(db, account, shopRoles.orders)).map((shop) => shop.shopId);
			const rows = await listNotifications(db, { account, shopIds }, cursor, NOTIFICATIONS);
			const [goods, shops] = await Promise.all([
				describeOrders(
					db,
					rows.map((row) => row.order_id),
				),
				shopNames(
					db,
					rows.map((row) => row.shop_id),
				),
			]);
			return toPage(
				rows,
				NOTIFICATIONS,
				({ block_number, log_index, order_id, shop_id, event, cause, side, at, unread }) => ({
					id: `${block_number}-${log_index}`,
					event,
					cause,
					side,
					orderId: order_id,
					title: goods.get(order_id)?.title ?? {},
					shop: shops.get(shop_id) ?? { id: shop_id, slug: shop_id, name: { en: shop_id } },
					at,
					unread,
				}),
				(row) => [row.block_number, row.log_index, row.side === 'shop' ? 1 : 0],
			);
		},
	};
}
