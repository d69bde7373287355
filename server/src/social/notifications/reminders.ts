import { inLocale, type Locale } from '@kaishi/protocol/platform/local-text';
import type { ServerMessage } from '@kaishi/protocol/platform/socket';
import { takeDueReminders } from '../../live/public.ts';
import type { Database } from '../../platform/db/database.ts';
import type { PushSender } from '../../platform/push/push-sender.ts';
import { takeDueWaits } from '../../shop/public.ts';
import { remindFollowers } from '../follows/follows.ts';
import { pushNews } from './push-news.ts';

export interface ReminderContext {
	db: Database;
	push: PushSender;
	/** Chain time, Unix seconds. */
	now(): number;
	publish(messages: readonly ServerMessage[]): void;
	onError(error: unknown): void;
}

const LOOK_MS = 2000;
const AT_ONCE = 200;
/** Whoever is back after that has missed the beginning. */
const KEEP_SECONDS = 1800;
const BACK_SECONDS = 86_400;

const LIVE_NOW: Record<Locale, (title: string) => string> = { en: (title) => `Live now: ${title}`, 'zh-CN': (title) => `正在直播：${title}` };
const BACK: Record<Locale, (title: string) => string> = { en: (title) => `Back in stock: ${title}`, 'zh-CN': (title) => `到货了：${title}` };

/** Tells everybody who wanted to know, or follows the shop, once, that a show has begun: their open pages by topic, their browsers by push. Returns how many people. */
export async function tellReminders(context: ReminderContext): Promise<number> {
	await remindFollowers(context.db, context.now());
	const due = await takeDueReminders(context.db, context.now(), AT_ONCE);
	if (due.length === 0) return 0;
	context.publish(due.map(({ account }) => ({ topic: `account:${account.toLowerCase()}`, block: '', event: 'ShowBegan' })));
	await pushNews(
		context,
		due.map(({ account, shopId, showId, title }) => ({
			...{ account, shopId, url: `/live/${showId}`, tag: `show-${showId}`, seconds: KEEP_SECONDS },
			text: (locale) => LIVE_NOW[locale](inLocale(title, locale)),
		})),
	);
	return due.length;
}

/** Tells everybody who waits for something sold out, once, that there are pieces again. Returns how many people. */
export async function tellBack(context: ReminderContext): Promise<number> {
	const due = await takeDueWaits(context.db, context.now(), AT_ONCE);
	if (due.length === 0) return 0;
	context.publish(due.map(({ account }) => ({ topic: `account:${account.toLowerCase()}`, block: '', event: 'StockBack' })));
	await pushNews(
		context,
		due.map(({ account, shopId, offerId, listingId, title }) => ({
			...{ account, shopId, url: `/p/${listingId}`, tag: `offer-${BigInt(offerId).toString(36).slice(-24)}`, seconds: BACK_SECONDS },
			text: (locale) => BACK[locale](inLocale(title, locale)),
		})),
	);
	return due.length;
}

/** Looks every two seconds for shows that have begun, and for what is back in stock. */
export function startReminders(context: ReminderContext): { stop(): Promise<void> } {
	let telling: Promise<unknown> = Promise.resolve();
	let busy = false;
	const timer = setInterval(() => {
		if (busy) return;
		busy = true;
		telling = tellReminders(context)
			.then(() => tellBack(context))
			.catch(context.onError)
			.finally(() => {
				busy = false;
			});
	}, LOOK_MS);
	timer.unref();
	return {
		async stop() {
			clearInterval(timer);
			await telling;
		},
	};
}
