import { inLocale, type Locale } from '@kaishi/protocol/platform/local-text';
import type { Address } from 'viem';
import type { Database } from '../../platform/db/database.ts';
import type { PushSender } from '../../platform/push/push-sender.ts';
import { type ShopName, shopNames } from '../../shop/public.ts';
import { forgetSubscription, type Subscription, subscriptionsOf } from './push-store.ts';

/** Something of a shop that one account is told of in its browsers. */
export interface News {
	account: Address;
	shopId: string;
	text(locale: Locale): string;
	url: string;
	/** The same thing takes the place of what was said of it before. */
	tag: string;
	/** How long it is worth telling. */
	seconds: number;
}

const SENDS = 20;

/** Tells every browser of each account; where a browser is gone, it is forgotten. */
export async function pushNews(context: { db: Database; push: PushSender }, news: readonly News[]): Promise<void> {
	const [subscriptions, shops] = await Promise.all([
		subscriptionsOf(
			context.db,
			news.map(({ account }) => account),
		),
		shopNames(
			context.db,
			news.map(({ shopId }) => shopId),
		),
	]);
	const sends = news.flatMap((one) => subscriptions.filter(({ account }) => account === one.account).map((to) => ({ one, to })));
	for (let i = 0; i < sends.length; i += SENDS) {
		await Promise.all(sends.slice(i, i + SENDS).map(({ one, to }) => send(context, one, shops.get(one.shopId), to)));
	}
}

async function send(
	{ db, push }: { db: Database; push: PushSender },
	{ text, url, tag, seconds }: News,
	shop: ShopName | undefined,
	to: Subscription,
): Promise<void> {
	const body = { title: inLocale(shop?.name, to.locale), body: text(to.locale), url, tag };
	const outcome = await push.send(to, { body, topic: tag, seconds });
	if (outcome === 'gone') await forgetSubscription(db, to.endpoint);
}
