import { Refusal } from '@kaishi/protocol/platform/errors';
import type { LocalText } from '@kaishi/protocol/platform/local-text';
import type { Address } from 'viem';
import type { Queryable } from '../../platform/db/database.ts';
import { requireShow } from './access.ts';

/** Who wants to be told when a show begins, and was not told yet. */
export interface DueReminder {
	showId: string;
	shopId: string;
	title: LocalText;
	account: Address;
}

/** Whether `account` is told when the show begins. */
export async function setReminder(db: Queryable, id: string, account: Address, wanted: boolean): Promise<void> {
	const show = await requireShow(db, id);
	if (!wanted) {
		await db.query('delete from live.reminders where show_id = $1 and account = $2', [id, account]);
		return;
	}
	if (show.status !== 'scheduled') throw new Refusal('Live_WrongStep', 'conflict', { status: show.status });
	await db.query('insert into live.reminders (show_id, account) values ($1, $2) on conflict do nothing', [id, account]);
}

/** These accounts want to be told that a show has begun; who was told, or has said so before, is not told twice. */
export async function remindAll(db: Queryable, showId: string, accounts: readonly Address[]): Promise<void> {
	await db.query('insert into live.reminders (show_id, account) select $1, unnest($2::text[]) on conflict do nothing', [showId, accounts]);
}

/** Takes reminders of shows that have begun, each once: whoever takes them tells them. */
export async function takeDueReminders(db: Queryable, now: number, limit: number): Promise<DueReminder[]> {
	const { rows } = await db.query<{ show_id: string; shop_id: string; title: LocalText; account: Address }>(
		`with due as (
			select r.show_id, r.account from live.reminders r join live.shows s on s.show_id = r.show_id
			where r.told_at is null and s.status in ('live', 'paused', 'away') limit $2 for update of r skip locked
		)
		update live.reminders r set told_at = $1 from due, live.shows s
		where r.show_id = due.show_id and r.account = due.account and s.show_id = r.show_id returning r.show_id, s.shop_id, s.title, r.account`,
		[now, limit],
	);
	return rows.map(({ show_id, shop_id, ...rest }) => ({ showId: show_id, shopId: shop_id, ...rest }));
}
