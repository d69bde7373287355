import type { AccountReads } from '@kaishi/protocol/account';
import type { DiscoveryReads } from '@kaishi/protocol/discovery';
import type { OrderReads } from '@kaishi/protocol/order';
import type { ReviewReads } from '@kaishi/protocol/review';
import type { ShopReads } from '@kaishi/protocol/shop';

/** All questions pages may ask, by domain. */
export interface Reads {
	account: AccountReads;
	discovery: DiscoveryReads;
	order: OrderReads;
	review: ReviewReads;
	shop: ShopReads;
}
