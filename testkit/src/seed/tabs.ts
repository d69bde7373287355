import type { MarketInfo } from '@kaishi/protocol/discovery';
import { closeTab, openTab } from '../actors/index.ts';
import type { Cast } from './cast.ts';
import { buyers } from './data/people.ts';
import { PAST_DAYS } from './plot.ts';
import type { Shelf } from './stock-shop.ts';
import type { Scene } from './tell.ts';

const DAY = 86_400;
/** In whole yuan. */
const AMOUNTS = [500n, 200n, 300n];

/** A few people have set money aside for quick buys: for one shop, for any, and one who wants it back already. */
export function tabsOf(cast: Cast, { currencies }: MarketInfo, shelves: readonly Shelf[]): Scene[] {
	const yuan = currencies.find(({ iso }) => iso === 'CNY');
	if (!yuan) return [];
	const people = buyers.filter(({ signs }) => signs === 'passkey');
	return AMOUNTS.flatMap((amount, i) => {
		const id = people[i]?.id;
		return id === undefined
			? []
			: [
					{
						day: PAST_DAYS - 0.05,
						thread: id,
						play: () =>
							cast.inTurn(id, async (buyer) => {
								await cast.fund(id);
								const shopId = i === 0 ? (shelves[0]?.shopId ?? null) : null;
								const wish = { currency: yuan.address, amount: amount * 10n ** BigInt(yuan.decimals), shopId, seconds: (i === 0 ? 1 : 20) * DAY };
								const tab = await openTab(buyer, wish);
								if (i === 2) await closeTab(buyer, tab);
							}),
					},
				];
	});
}
