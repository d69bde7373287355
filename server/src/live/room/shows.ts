import { type ChangeShow, type CreateShow, isOnAir, MAX_AHEAD_SECONDS, type RecordKind, type ShowStep } from '@kaishi/protocol/live';
import { Refusal } from '@kaishi/protocol/platform/errors';
import type { LocalText } from '@kaishi/protocol/platform/local-text';
import { shopOfListing, shopRoles } from '@kaishi/protocol/shop';
import type { Address } from 'viem';
import type { Database, Queryable } from '../../platform/db/database.ts';
import { hasListing, mayAct } from '../../shop/public.ts';
import { hasAccepted, isInvited, isTeam, requireHost, requireTeam } from './access.ts';
import type { BodyOf } from './fold.ts';
import { bagOf, countPresented, countShows, findShow, pinsOf, type ShowRow } from './query.ts';
import { appendRecords, lockShow, type NewRecord } from './records.ts';

export interface ShowsContext {
	db: Database;
	/** Chain time, Unix seconds. */
	now(): number;
	/** Milliseconds. */
	clock(): number;
}

const MAX_OPEN_SHOWS = 100;
/** Of one shop, and presented by one account. */
const MAX_ON_AIR = 5;
/** A show may still be scheduled for a moment ago: clocks differ. */
const LATE_SECONDS = 3600;

/** As `createShow` of the protocol parses it. */
export type Created = Required<Omit<CreateShow, 'title'>> & { title: LocalText };

/** Schedules a show and makes `by` its host. The same `id` again changes nothing. */
export async function createShow({ db, now, clock }: ShowsContext, id: string, by: Address, { shopId, bag, ...show }: Created): Promise<void> {
	if (!(await mayAct(db, shopId, by, shopRoles.live))) throw new Refusal('Live_NotHost', 'forbidden', { show: '' });
	requireTime(show.scheduledAt, now());
	await requireOwnGoods(db, shopId, bag);
	await db.transaction(async (tx) => {
		await lockShop(tx, shopId);
		if (await findShow(tx, id)) return;
		if ((await countShows(tx, shopId)).open >= MAX_OPEN_SHOWS) throw new Refusal('Live_TooManyShows', 'tooMany');
		await appendRecords(tx, id, [{ kind: 'opened', by, at: clock(), body: { shopId, bag, ...show } }]);
	});
}

/** By the shop's people. Whoever presents and is not invited any more makes room for `by`. Throws `Live_NotAccepted`. */
export async function changeShow(context: ShowsContext, id: string, by: Address, change: ChangeShow): Promise<void> {
	await asTeam(context, id, by, async (tx, show) => {
		if (change.scheduledAt !== undefined) {
			if (show.status !== 'scheduled') throw new Refusal('Live_WrongStep', 'conflict', { status: show.status });
			requireTime(change.scheduledAt, context.now());
		}
		const stays = await mayPresent(tx, { ...show, co_hosts: change.coHosts ?? show.co_hosts }, change.host ?? show.host);
		if (!stays && change.host) throw new Refusal('Live_NotHost', 'forbidden', { show: change.host });
		return [{ kind: 'changed', body: { ...change, ...(stays ? {} : { host: by }) } as BodyOf['changed'] }];
	});
}

/** Shows of a shop are counted one at a time. */
async function lockShop(tx: Queryable, shopId: string): Promise<void> {
	await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 12))', [shopId]);
}

/** Shops are free to open: what one account presents is counted over all of them, one beginning at a time. */
async function lockHost(tx: Queryable, host: Address): Promise<void> {
	await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 13))', [host]);
}

/** What each step is recorded as, from where it may be taken, and where it is taken already. */
const STEPS = {
	start: { kind: 'started', from: ['scheduled'], done: ['live', 'paused', 'away'] },
	pause: { kind: 'paused', from: ['live', 'away'], done: ['paused'] },
	resume: { kind: 'resumed', from: ['paused'], done: ['live', 'away'] },
	end: { kind: 'ended', from: ['scheduled', 'live', 'paused', 'away'], done: ['ended'] },
} as const satisfies Record<ShowStep, unknown>;

/** Takes a step; where it is taken already, nothing changes. Whether anything did. */
export async function stepShow(context: ShowsContext, id: string, by: Address, step: ShowStep): Promise<boolean> {
	return asHost(context, id, by, async (tx, show) => {
		const { kind, from, done } = STEPS[step];
		if ((done as readonly string[]).includes(show.status)) return [];
		if (!(from as readonly string[]).includes(show.status)) throw new Refusal('Live_WrongStep', 'conflict', { status: show.status });
		const chainTime = context.now();
		if (kind === 'started') {
			await lockShop(tx, show.shop_id);
			await lockHost(tx, show.host);
			const onAir = Math.max((await countShows(tx, show.shop_id)).onAir, await countPresented(tx, show.host));
			if (onAir >= MAX_ON_AIR) throw new Refusal('Live_TooManyOnAir', 'tooMany');
			return [{ kind, body: { chainTime } }];
		}
		if (kind === 'ended') return [{ kind, body: { chainTime, reason: 'host' } }];
		return [{ kind, body: {} }];
	});
}

/** What happens to a show without the host's word: the picture is missing, it is back, patience is over, a recording is ready. */
export async function noteShow<K extends 'away' | 'back' | 'ended' | 'replay'>(context: ShowsContext, id: string, kind: K, body: BodyOf[K]): Promise<boolean> {
	return context.db.transaction(async (tx) => {
		await lockShow(tx, id);
		const show = await findShow(tx, id);
		if (!show || !fits(show, kind)) return false;
		await appendRecords(tx, id, [{ kind, by: null, at: context.clock(), body } as NewRecord]);
		return true;
	});
}

function fits(show: ShowRow, kind: 'away' | 'back' | 'ended' | 'replay'): boolean {
	if (kind === 'replay') return true;
	if (kind === 'ended') return isOnAir(show.status);
	return show.status === (kind === 'away' ? 'live' : 'away');
}

/** Goods in the host's order; what is pinned and not among them any more is taken down. */
export async function putBag(context: ShowsContext, id: string, by: Address, listingIds: string[]): Promise<void> {
	await asHost(context, id, by, async (tx, show) => {
		await requireOwnGoods(tx, show.shop_id, listingIds);
		const pinned = (await pinsOf(tx, id)).find((pin) => pin.until === null);
		const gone = pinned !== undefined && !listingIds.includes(pinned.listing_id);
		return [{ kind: 'bag', body: { listingIds } }, ...(gone ? [{ kind: 'pin' as const, body: { listingId: null, dealOfferId: null, auctionId: null } }] : [])];
	});
}

/** Shows one product of the bag, or none. */
export async function putPin(context: ShowsContext, id: string, by: Address, pin: BodyOf['pin']): Promise<void> {
	await asHost(context, id, by, async (tx, show) => {
		if (show.status === 'ended') throw new Refusal('Live_AlreadyEnded', 'conflict', { show: id });
		if (pin.listingId !== null && !(await bagOf(tx, id)).includes(pin.listingId)) throw new Refusal('Live_NotInBag', 'conflict', { listing: pin.listingId });
		return [{ kind: 'pin', body: pin }];
	});
}

/** Sets the chat's pace, who may speak, and which words are kept out. */
export async function putRules(context: ShowsContext, id: string, by: Address, rules: BodyOf['rules']): Promise<void> {
	await asHost(context, id, by, async () => [{ kind: 'rules', body: rules }]);
}

/** Names who keeps order in the chat; whoever is left out does no more. By the shop's people. */
export async function putModerators(context: ShowsContext, id: string, by: Address, accounts: Address[]): Promise<void> {
	await asTeam(context, id, by, async () => [{ kind: 'moderators', body: { accounts } }]);
}

type Change = { [K in RecordKind]: { kind: K; body: BodyOf[K] } }[RecordKind];

type Work = (tx: Queryable, show: ShowRow) => Promise<Change[]>;
const asHost = (context: ShowsContext, id: string, by: Address, work: Work) => makeChanges(context, id, by, requireHost, work);
const asTeam = (context: ShowsContext, id: string, by: Address, work: Work) => makeChanges(context, id, by, requireTeam, work);

/** Whether anything was added. */
export async function makeChanges(
	context: Pick<ShowsContext, 'db' | 'clock'>,
	id: string,
	by: Address,
	require: typeof requireHost,
	work: Work,
): Promise<boolean> {
	return context.db.transaction(async (tx) => {
		await lockShow(tx, id);
		const changes = await work(tx, await require(tx, id, by));
		if (changes.length > 0)
			await appendRecords(
				tx,
				id,
				changes.map((change): NewRecord => ({ ...change, by, at: context.clock() })),
			);
		return changes.length > 0;
	});
}

function requireTime(scheduledAt: number, now: number): void {
	if (scheduledAt < now - LATE_SECONDS || scheduledAt > now + MAX_AHEAD_SECONDS) throw new Refusal('Live_WrongTime', 'invalid');
}

async function requireOwnGoods(db: Queryable, shopId: string, listingIds: readonly string[]): Promise<void> {
	for (const id of listingIds) {
		if (shopOfListing(BigInt(id)).toString() !== shopId || !(await hasListing(db, id))) throw new Refusal('Live_NotInBag', 'invalid', { listing: id });
	}
}

/** Whoever presents works for the shop, or is its guest and has said yes. Throws `Live_NotAccepted`. */
async function mayPresent(db: Queryable, show: Pick<ShowRow, 'shop_id' | 'co_hosts' | 'accepted'>, account: Address): Promise<boolean> {
	if (await isTeam(db, show, account)) return true;
	if (!isInvited(show, account)) return false;
	if (!hasAccepted(show, account)) throw new Refusal('Live_NotAccepted', 'conflict', { account });
	return true;
}
