import type { ServerMessage } from '@kaishi/protocol/platform/socket';
import type { Queryable } from '../db/database.ts';
import { isTransient } from '../db/transient.ts';
import type { ChainEvent, Projection } from './projection.ts';
import type { Range } from './read-range.ts';
import { type Stretch, stretchesOf } from './stretches.ts';
import { rememberUnder } from './undo-log.ts';

/** A handler failed on an event in a way that repeating cannot cure: a bug, or a contract we misread. */
export class ProjectionError extends Error {
	override name = 'ProjectionError';
	/** @param count How many events of that name were folded together, `event` being the first. */
	constructor(domain: string, event: ChainEvent<never>, count: number, cause: unknown) {
		const more = count > 1 ? ` or one of the ${count - 1} after it` : '';
		super(`${domain} cannot project ${event.name} (block ${event.blockNumber}, log ${event.logIndex}${more}): ${cause}`, { cause });
	}
}

/** Folds a range's events into the tables, in the transaction of `db`. Returns the news, one per topic. */
export async function applyRange(db: Queryable, projections: readonly Projection[], range: Range): Promise<ServerMessage[]> {
	const news = new Map<string, ServerMessage>();
	const topicsByBlock = new Map<bigint, Set<string>>();
	let remembering: bigint | null = null;
	for (const stretch of stretchesOf(projections, range)) {
		if (stretch.block !== remembering) await rememberUnder(db, stretch.block);
		remembering = stretch.block;
		const topics = await applyStretch(db, projections, stretch, range.announce);
		for (const [i, event] of stretch.events.entries()) {
			const block = event.blockNumber.toString();
			const name = event.name.slice(event.name.indexOf('.') + 1);
			for (const topic of topics[i] ?? []) news.set(topic, { topic, block, event: name });
		}
		if (stretch.block !== null) {
			const seen = topicsByBlock.get(stretch.block) ?? new Set();
			topicsByBlock.set(stretch.block, seen);
			for (const topic of topics.flat()) seen.add(topic);
		}
	}
	if (remembering !== null) await rememberUnder(db, null);
	await rememberBlocks(db, range, topicsByBlock);
	return [...news.values()];
}

/** One projection after the other, each name's events together. Returns the topics of each event. */
async function applyStretch(db: Queryable, projections: readonly Projection[], { events }: Stretch, announce: boolean): Promise<string[][]> {
	const topics: string[][] = events.map(() => []);
	const places = Map.groupBy(events.keys(), (i) => events[i]?.name ?? '');
	for (const projection of projections) {
		for (const [name, at] of places) {
			if (!projection.handlers[name] && !projection.folds?.[name]) continue;
			const found = await applyEvents(
				db,
				projection,
				at.map((i) => events[i] as ChainEvent<never>),
				announce,
			);
			for (const [k, i] of at.entries()) topics[i]?.push(...(found[k] ?? []));
		}
	}
	return topics;
}

/** Events of one name; more than one only where the projection folds them. */
async function applyEvents(
	db: Queryable,
	projection: Projection,
	events: readonly ChainEvent<never>[],
	announce: boolean,
): Promise<readonly (readonly string[])[]> {
	const [first] = events;
	if (!first) return [];
	const fold = projection.folds?.[first.name];
	try {
		if (fold) await fold.apply(db, events);
		else await projection.handlers[first.name]?.(db, first);
		if (!announce) return [];
		if (fold?.topics) return await fold.topics(db, events);
		const topics: string[][] = [];
		if (projection.topics) for (const event of events) topics.push(await projection.topics(db, event));
		return topics;
	} catch (cause) {
		if (isTransient(cause)) throw cause;
		throw new ProjectionError(projection.domain, first, events.length, cause);
	}
}

async function rememberBlocks(db: Queryable, range: Range, topics: Map<bigint, Set<string>>): Promise<void> {
	for (const block of range.blocks) {
		await db.query(
			`insert into indexer.blocks (number, hash, topics) values ($1, $2, $3) on conflict (number) do update set hash = excluded.hash, topics = excluded.topics`,
			[block.number.toString(), block.hash, [...(topics.get(block.number) ?? [])]],
		);
	}
	await db.query('insert into indexer.cursor (number, hash) values ($1, $2) on conflict (id) do update set number = excluded.number, hash = excluded.hash', [
		range.to.number.toString(),
		range.to.hash,
	]);
	// One final block stays known, as the ground that a search for a common ancestor ends on.
	await db.query('delete from indexer.blocks where number < (select max(number) from indexer.blocks where number <= $1)', [range.finalized.toString()]);
}
