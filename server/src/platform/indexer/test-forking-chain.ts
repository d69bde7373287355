import { type Abi, type Address, encodeAbiParameters, encodeEventTopics, type Hex, keccak256, parseAbi, toHex } from 'viem';
import type { Migration } from '../db/migrate.ts';
import type { BlockRef, LogSource, RawLog } from './log-source.ts';
import type { ChainEvent, Projection } from './projection.ts';

/** A contract that sets and clears numbers by key. */
export const shelfAbi: Abi = parseAbi([
	'event Put(uint256 indexed key, uint256 value)',
	'event Cleared(uint256 indexed key)',
	'event Broken(uint256 indexed key)',
]);
export const SHELF: Address = '0x00000000000000000000000000000000000000AA';

export type Act = { put: number; value: number } | { clear: number } | { broken: number } | { junk: true };

interface TestBlock extends BlockRef {
	logs: RawLog[];
}

/** A chain in memory that can be rewound and grown differently: what a real node shows during a reorganisation. */
export class ForkingChain implements LogSource {
	blocks: TestBlock[] = [];
	/** Blocks behind the head that count as final. */
	depth: number;
	/** The next requests that fail, as a dead node would. */
	failures = 0;
	/** Called before each answer; may change the chain under the reader's hands. */
	onRequest: (() => void) | null = null;
	#salt = 0;

	constructor(depth: number) {
		this.depth = depth;
		this.grow([]);
	}

	grow(acts: readonly Act[]): void {
		const parent = this.blocks.at(-1);
		const number = BigInt(this.blocks.length);
		const hash = keccak256(toHex(`${number}/${parent?.hash}/${this.#salt++}`));
		const block: TestBlock = { number, hash, parentHash: parent?.hash ?? `0x${'0'.repeat(64)}`, timestamp: 1000 + Number(number), logs: [] };
		block.logs = acts.map((act, logIndex) => toLog(act, block, logIndex));
		this.blocks.push(block);
	}

	/** Drops everything above `number`. */
	rewind(number: number): void {
		this.blocks.length = number + 1;
	}

	async head(): Promise<BlockRef> {
		this.#answer();
		return this.blocks.at(-1) as TestBlock;
	}

	async block(number: bigint): Promise<BlockRef | null> {
		this.#answer();
		return this.blocks[Number(number)] ?? null;
	}

	async logs(from: bigint, to: bigint, addresses: readonly Address[]): Promise<RawLog[]> {
		this.#answer();
		return this.blocks.slice(Number(from), Number(to) + 1).flatMap((block) => block.logs.filter((log) => addresses.includes(log.address)));
	}

	async finalized(head: BlockRef): Promise<bigint> {
		return BigInt(Math.max(0, Number(head.number) - this.depth));
	}

	/** What the tables should hold: the canonical branch, folded in plain code. */
	expected(): Record<string, number> {
		const rows: Record<string, number> = {};
		for (const act of this.blocks.flatMap((block) => block.logs.map((log) => acts.get(log) as Act))) {
			if ('put' in act) rows[act.put] = (rows[act.put] ?? 0) + act.value;
			if ('clear' in act) delete rows[act.clear];
		}
		return rows;
	}

	#answer(): void {
		this.onRequest?.();
		if (this.failures > 0) {
			this.failures--;
			throw new Error('connection refused');
		}
	}
}

const acts = new WeakMap<RawLog, Act>();

function toLog(act: Act, block: BlockRef, logIndex: number): RawLog {
	const at = { address: SHELF, blockNumber: block.number, blockHash: block.hash, transactionHash: keccak256(toHex(`${block.hash}/${logIndex}`)), logIndex };
	const topics = (eventName: string, key: number) => encodeEventTopics({ abi: shelfAbi, eventName, args: { key: BigInt(key) } }) as Hex[];
	let log: RawLog;
	if ('put' in act) log = { ...at, topics: topics('Put', act.put), data: encodeAbiParameters([{ type: 'uint256' }], [BigInt(act.value)]) };
	else if ('clear' in act) log = { ...at, topics: topics('Cleared', act.clear), data: '0x' };
	else if ('broken' in act) log = { ...at, topics: topics('Broken', act.broken), data: '0x' };
	// The right event with too little data: anybody can emit that from a contract of their own.
	else log = { ...at, topics: topics('Put', 1), data: '0x01' };
	acts.set(log, act);
	return log;
}

export const shelfMigrations: readonly Migration[] = [
	{
		name: 'test.0001',
		sql: 'create schema test; create table test.rows (key bigint primary key, value bigint not null, note text); create table test.log (block bigint, i int, key bigint, primary key (block, i))',
	},
];

const topics: Projection['topics'] = async (_db, event) => [`shelf:${(event.args as { key: bigint }).key}`];

/** Adds values up, so that applying anything twice or undoing it badly shows. */
export const shelfProjection: Projection = {
	domain: 'test',
	tables: ['test.rows', 'test.log'],
	handlers: {
		'Shelf.Put': async (db, { args, blockNumber, logIndex }: ChainEvent<{ key: bigint; value: bigint }>) => {
			await db.query(
				`insert into test.rows (key, value, note) values ($1, $2, '书"架') on conflict (key) do update set value = test.rows.value + excluded.value`,
				[args.key.toString(), args.value.toString()],
			);
			await db.query('insert into test.log (block, i, key) values ($1, $2, $3)', [blockNumber.toString(), logIndex, args.key.toString()]);
		},
		'Shelf.Cleared': async (db, { args }: ChainEvent<{ key: bigint }>) => {
			await db.query('delete from test.rows where key = $1', [args.key.toString()]);
		},
		'Shelf.Broken': async () => {
			throw new Error('does not add up');
		},
	},
	topics,
};

type Put = ChainEvent<{ key: bigint; value: bigint }>;

/** The same tables, many puts at a time. */
export const foldingProjection: Projection = {
	...shelfProjection,
	handlers: { 'Shelf.Cleared': shelfProjection.handlers['Shelf.Cleared'] as never, 'Shelf.Broken': shelfProjection.handlers['Shelf.Broken'] as never },
	folds: {
		'Shelf.Put': {
			async apply(db, events: readonly Put[]) {
				const puts = events.map(({ args, blockNumber, logIndex }) => ({ key: `${args.key}`, value: `${args.value}`, block: `${blockNumber}`, i: logIndex }));
				await db.query(
					`with puts as (select * from json_to_recordset($1::json) as p (key bigint, value bigint, block bigint, i int)),
					logged as (insert into test.log (block, i, key) select block, i, key from puts)
					insert into test.rows (key, value, note) select key, sum(value), '书"架' from puts group by key
					on conflict (key) do update set value = test.rows.value + excluded.value`,
					[JSON.stringify(puts)],
				);
			},
		},
	},
};
