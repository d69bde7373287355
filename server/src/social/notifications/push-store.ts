import type { PushSubscriptionBody } from '@kaishi/protocol/live';
import type { Locale } from '@kaishi/protocol/platform/local-text';
import type { Address } from 'viem';
import type { Queryable } from '../../platform/db/database.ts';
import type { PushTarget } from '../../platform/push/push-sender.ts';

export interface Subscription extends PushTarget {
	account: Address;
	locale: Locale;
}

/** Browsers of one account. */
const MAX_BROWSERS = 10;

/** Whoever is signed in on a browser is told there, nobody else. A browser is another account's only with the keys it was given by: its address alone, which others may learn, takes nothing over. */
export async function keepSubscription(db: Queryable, account: Address, { endpoint, keys, locale }: PushSubscriptionBody): Promise<void> {
	await db.query(
		`insert into social_private.push_subscriptions (endpoint, account, p256dh, auth, locale) values ($1, $2, $3, $4, $5)
		 on conflict (endpoint) do update set account = excluded.account, p256dh = excluded.p256dh, auth = excluded.auth, locale = excluded.locale, kept_at = now()
		 where push_subscriptions.account = excluded.account or (push_subscriptions.p256dh = excluded.p256dh and push_subscriptions.auth = excluded.auth)`,
		[endpoint, account, keys.p256dh, keys.auth, locale],
	);
	await db.query(
		`delete from social_private.push_subscriptions where account = $1
		 and endpoint not in (select endpoint from social_private.push_subscriptions where account = $1 order by kept_at desc limit ${MAX_BROWSERS})`,
		[account],
	);
}

export async function forgetSubscription(db: Queryable, endpoint: string, account: Address | null = null): Promise<void> {
	await db.query('delete from social_private.push_subscriptions where endpoint = $1 and ($2::text is null or account = $2)', [endpoint, account]);
}

export async function subscriptionsOf(db: Queryable, accounts: readonly Address[]): Promise<Subscription[]> {
	const { rows } = await db.query<Subscription>(
		'select endpoint, account, p256dh, auth, locale from social_private.push_subscriptions where account = any($1)',
		[accounts],
	);
	return rows;
}
