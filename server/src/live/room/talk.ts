import { type Badge, type ChatLine, LINE_CLOCK_MS, type SignedLine } from '@kaishi/protocol/live';
import { Refusal } from '@kaishi/protocol/platform/errors';
import type { Address } from 'viem';
import type { Database } from '../../platform/db/database.ts';
import { isStorable } from '../../platform/db/storable.ts';
import type { NewRecord } from './records.ts';
import { appendRecords, lockShow } from './records.ts';
import type { Room } from './room.ts';
import { findSpeaker, isSignedBy, type Speaker } from './speakers.ts';

export interface Saying {
	connection: number;
	/** Who is signed in on the socket. */
	account: Address;
	ref: string;
	record: SignedLine;
}

/** How one came out. */
export type Said = { saying: Saying; line: ChatLine } | { saying: Saying; refusal: Refusal };

export interface TalkContext {
	db: Database;
	/** Chain time, Unix seconds. */
	now(): number;
	/** Milliseconds. */
	clock(): number;
}

/** Takes what several people said at about the same time, in order: one transaction for all. */
export async function takeLines(context: TalkContext, room: Room, sayings: readonly Saying[]): Promise<Said[]> {
	const checked = await Promise.all(sayings.map((saying) => check(context, room, saying).catch(asRefusal)));
	const now = context.clock();
	const accepted: { saying: Saying; speaker: Speaker; badge: Badge | null }[] = [];
	const outcome = new Map<Saying, Said>();
	for (const [i, saying] of sayings.entries()) {
		const found = checked[i];
		if (found === undefined) continue;
		const refusal = found instanceof Refusal ? found : pace(room, found.speaker.account, found.badge, now);
		if (refusal) outcome.set(saying, { saying, refusal });
		else accepted.push({ saying, ...(found as Exclude<typeof found, Refusal>) });
	}
	for (const said of await store(context, room, accepted, now)) outcome.set(said.saying, said);
	return sayings.flatMap((saying) => outcome.get(saying) ?? []);
}

function asRefusal(error: unknown): Refusal {
	if (error instanceof Refusal) return error;
	throw error;
}

async function check({ db, now, clock }: TalkContext, room: Room, { account, record }: Saying): Promise<{ speaker: Speaker; badge: Badge | null }> {
	const { line } = record;
	if (line.show !== room.id || !isStorable(line.text)) throw new Refusal('Request_Invalid', 'invalid', { field: 'line' });
	if (Math.abs(line.at - clock()) > LINE_CLOCK_MS) throw new Refusal('Live_LineTooOld', 'invalid');
	const speaker = await findSpeaker(db, record.speaker, now());
	if (!speaker || speaker.account !== account) throw new Refusal('Live_UnknownSpeaker', 'forbidden');
	if (!(await isSignedBy(record))) throw new Refusal('Live_WrongSignature', 'forbidden');
	const badge = await room.badgeOf(speaker.account);
	if (room.show.status === 'ended') throw new Refusal('Live_AlreadyEnded', 'conflict', { show: room.id });
	if (badge === null) await requireGuestMaySay(room, speaker, line.text, clock());
	return { speaker, badge };
}

/** What the shop asks of guests; its own people and moderators are not silenced by it. */
async function requireGuestMaySay(room: Room, { account, name }: Speaker, text: string, now: number): Promise<void> {
	if (room.isBanned(account)) throw new Refusal('Live_Banned', 'forbidden');
	const muted = room.mutedUntil(account, now);
	if (muted !== null) throw new Refusal('Live_Muted', 'forbidden', { until: String(muted) });
	if (room.rules.paused) throw new Refusal('Live_ChatPaused', 'forbidden');
	if (room.rules.buyersOnly && !(await room.hasBought(account))) throw new Refusal('Live_BuyersOnly', 'forbidden');
	if (await room.isKeptName(name)) throw new Refusal('Live_NameTaken', 'conflict');
	if (holdsWord(text, room.show.words)) throw new Refusal('Live_ForbiddenWord', 'invalid');
}

/** Looked for without marks, spaces and signs between letters: people write words apart to get them through. */
function holdsWord(text: string, words: readonly string[]): boolean {
	const bare = bareOf(text);
	return words.some((word) => bare.includes(bareOf(word)) && bareOf(word) !== '');
}
const bareOf = (text: string) =>
	text
		.normalize('NFKD')
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]/gu, '');

const MIN_PACE_MS = 500;

function pace(room: Room, account: Address, badge: Badge | null, now: number): Refusal | null {
	const wait = badge === null ? Math.max(MIN_PACE_MS, room.rules.slowSeconds * 1000) : 0;
	const last = room.spokeAt.get(account) ?? Number.NEGATIVE_INFINITY;
	if (now - last < wait) return new Refusal('Live_SlowDown', 'tooMany', { retryAfterSeconds: String(Math.ceil((last + wait - now) / 1000)) });
	room.spokeAt.set(account, now);
	return null;
}

async function store(
	{ db }: TalkContext,
	room: Room,
	accepted: readonly { saying: Saying; speaker: Speaker; badge: Badge | null }[],
	now: number,
): Promise<Said[]> {
	if (accepted.length === 0) return [];
	return db.transaction(async (tx) => {
		await lockShow(tx, room.id);
		const nonces = accepted.map(({ saying }) => saying.record.line.nonce);
		const { rows } = await tx.query<{ account: Address; nonce: string }>('select account, nonce from live.lines where show_id = $1 and nonce = any($2)', [
			room.id,
			nonces,
		]);
		const known = new Set(rows.map(({ account, nonce }) => `${account} ${nonce}`));
		const fresh = accepted.filter(({ speaker, saying }) => {
			const key = `${speaker.account} ${saying.record.line.nonce}`;
			if (known.has(key)) return false;
			known.add(key);
			return true;
		});
		const added = fresh.map(
			({ saying, speaker, badge }): NewRecord => ({ kind: 'line', by: speaker.account, at: now, body: { ...saying.record, name: speaker.name, badge } }),
		);
		const records = added.length === 0 ? [] : await appendRecords(tx, room.id, added);
		const said = fresh.map(({ saying, speaker, badge }, i): Said => {
			const line = { seq: records[i]?.seq ?? 0, account: speaker.account, name: speaker.name, text: saying.record.line.text, at: now, badge };
			return { saying, line };
		});
		const again = accepted.filter((one) => !fresh.includes(one));
		return [...said, ...again.map(({ saying }): Said => ({ saying, refusal: new Refusal('Live_SaidBefore', 'conflict') }))];
	});
}
