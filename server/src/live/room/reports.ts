import type { ReportBody } from '@kaishi/protocol/live';
import { Refusal } from '@kaishi/protocol/platform/errors';
import type { Address } from 'viem';
import type { Queryable } from '../../platform/db/database.ts';
import { requireShow } from './access.ts';
import { findLine } from './query.ts';

/** Keeps a complaint for the shop's people and moderators; the same one again changes nothing. @param at milliseconds */
export async function reportShow(db: Queryable, id: string, by: Address, { reason, seq = null, note = '' }: ReportBody, at: number): Promise<void> {
	await requireShow(db, id);
	if (seq !== null && !(await findLine(db, id, seq))) throw new Refusal('Live_UnknownLine', 'notFound', { seq: String(seq) });
	await db.query(
		`insert into live.reports (show_id, by_account, seq, reason, note, at) select $1, $2, $3::int, $4, $5, $6
		 where not exists (select 1 from live.reports where show_id = $1 and by_account = $2 and seq is not distinct from $3::int and reason = $4)`,
		[id, by, seq, reason, note, at],
	);
}
