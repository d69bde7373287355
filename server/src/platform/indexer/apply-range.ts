import type { ServerMessage } from '@kaishi/protocol/platform/socket';
import type { Queryable } from '../db/database.ts';
import { isTransient } from '../db/transient.ts';
import type { BlockRef } from './log-source.ts';
import type { ChainEvent, Projection } from './projection.ts';
import { rememberUnder } from './undo-log.ts';

/** A handler failed on an event in a way that repeating cannot cure: a bug, or a contract we misread. */
export class ProjectionError extends Error {
	override name = 'ProjectionError';
	constructor(domain: string, event: ChainEvent<never>, cause: unknown) {
		super(`${domain} cannot project ${event.name} (block ${event.blockNumber}, log ${event.logIndex}): ${cause}`, { cause });
	}
}

/** A stretch of the chain, all on one branch. */
export interface Range {
	/** Last block of the range; the cursor's next place. */
	to: BlockRef;
	/** The block `finalized` if it is in the range, every one above it, and `to`. */
	blocks: readonly BlockRef[];
	events: readonly ChainEvent<never>[];
	finalized: bigint;
	/** False while catching up: nobody waits for news of long ago. */
	announce: boolean;
}

/** Folds a range's events into the tables, in the transaction of `db`. Returns the news, one per topic. */
export async function applyRange(db: Queryable, projections: readonly Projection[], range: Range): Promise<ServerMessage[]> {
	const news = new Map<string, ServerMessage>();
	const topicsByBlock = new Map<bigint, Set<string>>();
	let remembering: bigint | null = null;
	for (const event of range.events) {
		const block = event.blockNumber > range.finalized ? event.blockNumber : null;
		if (block !== remembering) await rememberUnder(db, block);
		remembering = block;
		const topics = await applyEvent(db, projections, event, range.announce);
		for (const topic of topics) news.set(topic, { topic, block: event.blockNumber.toString(), event: event.name.slice(event.name.indexOf('.') + 1) });
		if (block !== null) topicsByBlock.set(block, new Set([...(topicsByBlock.get(block) ?? []), ...topics]));
	}
	if (remembering !== null) await rememberUnder(db, null);
	await rememberBlocks(db, range, topicsByBlock);
	return [...news.values()];
}

async function applyEvent(db: Queryable, projections: readonly Projection[], event: ChainEvent<never>, announce: boolean): Promise<string[]> {
	const topics: string[] = [];
	for (const projection of projections) {
		const handler = projection.handlers[event.name];
		if (!handler) continue;
		try {
			await handler(db, event);
			if (announce && projection.topics) topics.push(...(await projection.topics(db, event)));
		} catch (cause) {
			if (isTransient(cause)) throw cause;
			throw new ProjectionError(projection.domain, event, cause);
		}
	}
	return topics;
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
