import { inLocale, type Locale } from '@kaishi/protocol/platform/local-text';
import type { ServerMessage } from '@kaishi/protocol/platform/socket';
import { type DueReminder, takeDueReminders } from '../../live/public.ts';
import type { Database } from '../../platform/db/database.ts';
import type { PushSender } from '../../platform/push/push-sender.ts';
import { type ShopName, shopNames } from '../../shop/public.ts';
import { remindFollowers } from '../follows/follows.ts';
import { forgetSubscription, type Subscription, subscriptionsOf } from './push-store.ts';

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
const SENDS = 20;
/** Whoever is back after that has missed the beginning. */
const KEEP_SECONDS = 1800;

const LIVE_NOW: Record<Locale, (title: string) => string> = { en: (title) => `Live now: ${title}`, 'zh-CN': (title) => `正在直播：${title}` };

/** Tells everybody who wanted to know, or follows the shop, once, that a show has begun: their open pages by topic, their browsers by push. Returns how many people. */
export async function tellReminders(context: ReminderContext): Promise<number> {
	await remindFollowers(context.db, context.now());
	const due = await takeDueReminders(context.db, context.now(), AT_ONCE);
	if (due.length === 0) return 0;
	context.publish(due.map(({ account }) => ({ topic: `account:${account.toLowerCase()}`, block: '', event: 'ShowBegan' })));
	const [subscriptions, shops] = await Promise.all([
		subscriptionsOf(
			context.db,
			due.map(({ account }) => account),
		),
		shopNames(
			context.db,
			due.map(({ shopId }) => shopId),
		),
	]);
	const sends = due.flatMap((reminder) =>
		subscriptions.filter(({ account }) => account === reminder.account).map((subscription) => ({ reminder, subscription })),
	);
	for (let i = 0; i < sends.length; i += SENDS) {
		await Promise.all(sends.slice(i, i + SENDS).map(({ reminder, subscription }) => send(context, reminder, shops.get(reminder.shopId), subscription)));
	}
	return due.length;
}

async function send({ db, push }: ReminderContext, { showId, title }: DueReminder, shop: ShopName | undefined, to: Subscription): Promise<void> {
	const { locale } = to;
	const body = { title: inLocale(shop?.name, locale), body: LIVE_NOW[locale](inLocale(title, locale)), url: `/live/${showId}`, tag: `show-${showId}` };
	const outcome = await push.send(to, { body, topic: `show-${showId}`, seconds: KEEP_SECONDS });
	if (outcome === 'gone') await forgetSubscription(db, to.endpoint);
}

/** Looks every two seconds for shows that have begun. */
export function startReminders(context: ReminderContext): { stop(): Promise<void> } {
	let telling: Promise<unknown> = Promise.resolve();
	let busy = false;
	const timer = setInterval(() => {
		if (busy) return;
		busy = true;
		telling = tellReminders(context)
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
