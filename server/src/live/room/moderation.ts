import type { ModerationBody, RoomEvent } from '@kaishi/protocol/live';
import { Refusal } from '@kaishi/protocol/platform/errors';
import type { Address } from 'viem';
import type { Queryable } from '../../platform/db/database.ts';
import { mayModerate, requireModerator } from './access.ts';
import { findLine, type ShowRow } from './query.ts';
import { appendRecords, lockShow, type NewRecord } from './records.ts';
import type { ShowsContext } from './shows.ts';
import { nameOf } from './speakers.ts';

type NewChange = Pick<NewRecord, 'kind' | 'body'>;

/** Carries out what a moderator says and returns what the room is told of it. Moderators and the shop's people cannot be silenced. */
export async function moderate(context: ShowsContext, id: string, by: Address, body: ModerationBody): Promise<RoomEvent[]> {
	return context.db.transaction(async (tx) => {
		await lockShow(tx, id);
		const show = await requireModerator(tx, id, by);
		const at = context.clock();
		const { change, events } = await carryOut(tx, show, body, at);
		await appendRecords(tx, id, [{ ...change, by, at } as NewRecord]);
		return events;
	});
}

async function carryOut(tx: Queryable, show: ShowRow, body: ModerationBody, at: number): Promise<{ change: NewChange; events: RoomEvent[] }> {
	const id = show.show_id;
	if (body.act === 'hide') {
		const line = await requireLine(tx, id, body.seq);
		return { change: { kind: 'hide', body: { seq: line.seq } }, events: [{ kind: 'hide', seq: line.seq }] };
	}
	if (body.act === 'pinAnswer') {
		const line = body.seq === null ? null : await requireLine(tx, id, body.seq);
		return { change: { kind: 'answer', body: { seq: body.seq } }, events: [{ kind: 'answer', line }] };
	}
	const { account } = body;
	if (body.act === 'unmute') return { change: { kind: 'unmute', body: { account } }, events: [] };
	if (body.act === 'unban') return { change: { kind: 'unban', body: { account } }, events: [] };
	if (await mayModerate(tx, show, account)) throw new Refusal('Live_NotModerator', 'forbidden', { show: id });
	const name = await nameOf(tx, account);
	if (body.act === 'mute') return { change: { kind: 'mute', body: { account, name, until: at + body.minutes * 60_000 } }, events: [] };
	return { change: { kind: 'ban', body: { account, name } }, events: [{ kind: 'hideOf', account }] };
}

async function requireLine(tx: Queryable, id: string, seq: number) {
	const found = await findLine(tx, id, seq);
	if (!found || found.hidden) throw new Refusal('Live_UnknownLine', 'notFound', { seq: String(seq) });
	const { hidden: _, ...line } = found;
	return line;
}
