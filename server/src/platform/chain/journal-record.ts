import type { Address, Hex } from 'viem';

/** What the chain started from; everything else follows from the blocks. */
export interface Genesis {
	chainId: number;
	/** Unix seconds. */
	timestamp: number;
	/** Funded accounts, in order. */
	accounts: { address: Address; balance: bigint }[];
}

/** What a block is made of, besides the one before it. */
export interface BlockContent {
	/** Unix seconds. */
	timestamp: number;
	/** 32 random bytes, so that nobody can tell a block's hash before it is cut; null in blocks of old journals, whose hashes follow from the rest. */
	prevRandao: Hex | null;
	transactions: Hex[];
}

export type JournalRecord =
	| ({ kind: 'genesis' } & Genesis)
	| ({ kind: 'block'; number: bigint; parentHash: Hex } & BlockContent)
	/** From here on chain time is wall-clock time plus `offsetSeconds`. */
	| { kind: 'clock'; offsetSeconds: number };

const TAG = { genesis: 0, block: 1, clock: 2, randomBlock: 3 } as const;
/** tag, number, timestamp, parent hash, count */
const BLOCK_HEAD = 1 + 8 + 8 + 32 + 4;
const RANDOM_BYTES = 32;
const HASH_BYTES = 32;

// Not a library's: replay begins before any is loaded.
const hexOf = (bytes: Buffer): Hex => `0x${bytes.toString('hex')}`;

function bytesOf(hex: Hex, length: number): Buffer {
	const bytes = Buffer.from(hex.slice(2), 'hex');
	if (bytes.length !== length) throw new TypeError(`${hex} is not ${length} bytes`);
	return bytes;
}

export function encodeRecord(record: JournalRecord): Uint8Array {
	if (record.kind === 'block') return encodeBlock(record);
	const body =
		record.kind === 'genesis' ? { ...record, accounts: record.accounts.map((a) => ({ address: a.address, balance: a.balance.toString() })) } : record;
	return Buffer.concat([Buffer.of(TAG[record.kind]), Buffer.from(JSON.stringify(body))]);
}

export function decodeRecord(payload: Buffer): JournalRecord {
	if (payload[0] === TAG.block || payload[0] === TAG.randomBlock) return decodeBlock(payload);
	const body = JSON.parse(payload.toString('utf8', 1));
	if (payload[0] === TAG.clock) return { kind: 'clock', offsetSeconds: body.offsetSeconds };
	if (payload[0] !== TAG.genesis) throw new TypeError('a record of an unknown kind: the journal is from a newer version');
	return {
		kind: 'genesis',
		chainId: body.chainId,
		timestamp: body.timestamp,
		accounts: body.accounts.map((a: { address: Address; balance: string }) => ({ address: a.address, balance: BigInt(a.balance) })),
	};
}

function encodeBlock(record: Extract<JournalRecord, { kind: 'block' }>): Uint8Array {
	const head = Buffer.alloc(BLOCK_HEAD);
	head.writeUInt8(record.prevRandao === null ? TAG.block : TAG.randomBlock, 0);
	head.writeBigUInt64BE(record.number, 1);
	head.writeBigUInt64BE(BigInt(record.timestamp), 9);
	head.set(bytesOf(record.parentHash, HASH_BYTES), 17);
	head.writeUInt32BE(record.transactions.length, 49);
	const parts: Uint8Array[] = record.prevRandao === null ? [head] : [head, bytesOf(record.prevRandao, RANDOM_BYTES)];
	for (const raw of record.transactions) {
		const bytes = Buffer.from(raw.slice(2), 'hex');
		const length = Buffer.alloc(4);
		length.writeUInt32BE(bytes.length);
		parts.push(length, bytes);
	}
	return Buffer.concat(parts);
}

function decodeBlock(payload: Buffer): JournalRecord {
	const transactions: Hex[] = [];
	const random = payload[0] === TAG.randomBlock;
	const prevRandao = random ? hexOf(payload.subarray(BLOCK_HEAD, BLOCK_HEAD + RANDOM_BYTES)) : null;
	let at = random ? BLOCK_HEAD + RANDOM_BYTES : BLOCK_HEAD;
	for (let i = payload.readUInt32BE(49); i > 0; i--) {
		const length = payload.readUInt32BE(at);
		transactions.push(hexOf(payload.subarray(at + 4, at + 4 + length)));
		at += 4 + length;
	}
	return {
		kind: 'block',
		number: payload.readBigUInt64BE(1),
		timestamp: Number(payload.readBigUInt64BE(9)),
		parentHash: hexOf(payload.subarray(17, 49)),
		prevRandao,
		transactions,
	};
}
