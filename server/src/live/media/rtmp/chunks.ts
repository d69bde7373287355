/** A message of RTMP (Adobe's specification 1.0, §5 and §6). */
export interface RtmpMessage {
	type: number;
	streamId: number;
	/** Milliseconds, on the sender's clock. */
	timestamp: number;
	body: Buffer;
}

interface Assembly {
	type: number;
	streamId: number;
	timestamp: number;
	delta: number;
	length: number;
	isExtended: boolean;
	/** Of a message that is not whole yet; made when it begins. */
	body: Buffer;
	got: number;
}

/** What a sender may send. */
export interface ChunkBounds {
	messageBytes: number;
	/** Of all messages that are not whole yet. */
	unfinishedBytes: number;
}

const MAX_MESSAGE_BYTES = 4 * 1024 * 1024;
const NOTHING = Buffer.alloc(0);
const MAX_CHUNK_STREAMS = 32;
const HEADER_BYTES = [11, 7, 3, 0] as const;
const EXTENDED = 0xffffff;

/** Puts chunks together into messages. Throws on what no encoder sends. */
export class ChunkReader {
	/** As the sender set it. */
	chunkBytes = 128;
	bounds: ChunkBounds = { messageBytes: MAX_MESSAGE_BYTES, unfinishedBytes: MAX_MESSAGE_BYTES };
	#unfinished = 0;
	readonly #streams = new Map<number, Assembly>();
	#buffer: Buffer = Buffer.alloc(0);

	/** Messages that are whole with these bytes, one at a time: what one says may change how the next is read. */
	*read(bytes: Buffer): Generator<RtmpMessage> {
		this.#buffer = this.#buffer.length === 0 ? bytes : Buffer.concat([this.#buffer, bytes]);
		for (;;) {
			const taken = this.#chunk();
			if (taken === null) return;
			if (taken !== 'part') yield taken;
		}
	}

	#chunk(): RtmpMessage | 'part' | null {
		const buffer = this.#buffer;
		if (buffer.length < 1) return null;
		const format = (buffer[0] as number) >> 6;
		const [id, basic] = this.#streamOf(buffer);
		if (id === null || buffer.length < basic + (HEADER_BYTES[format] as number)) return null;
		const assembly = this.#assemblyOf(id, format);
		const header = this.#readHeader(buffer, basic, format, assembly);
		if (header === null) return null;
		const size = Math.min(this.chunkBytes, header.length - assembly.got);
		if (buffer.length < header.end + size) return null;
		if (assembly.got === 0) this.#begin(Object.assign(assembly, header.fields));
		buffer.copy(assembly.body, assembly.got, header.end, header.end + size);
		assembly.got += size;
		this.#buffer = buffer.subarray(header.end + size);
		return assembly.got < assembly.length ? 'part' : this.#finish(assembly);
	}

	#begin(assembly: Assembly): void {
		this.#unfinished += assembly.length;
		if (this.#unfinished > this.bounds.unfinishedBytes) throw new Error('too much that is not whole');
		assembly.body = Buffer.alloc(assembly.length);
	}

	#finish(assembly: Assembly): RtmpMessage {
		const { type, streamId, timestamp, body } = assembly;
		this.#unfinished -= body.length;
		assembly.body = NOTHING;
		assembly.got = 0;
		return { type, streamId, timestamp, body };
	}

	#streamOf(buffer: Buffer): [number | null, number] {
		const short = (buffer[0] as number) & 63;
		if (short > 1) return [short, 1];
		if (buffer.length < 2 + short) return [null, 0];
		return short === 0 ? [64 + (buffer[1] as number), 2] : [64 + (buffer[1] as number) + (buffer[2] as number) * 256, 3];
	}

	#assemblyOf(id: number, format: number): Assembly {
		const known = this.#streams.get(id);
		if (known) return known;
		if (format !== 0 && format !== 1) throw new Error('a chunk that continues nothing');
		if (this.#streams.size >= MAX_CHUNK_STREAMS) throw new Error('too many chunk streams');
		const fresh: Assembly = { type: 0, streamId: 0, timestamp: 0, delta: 0, length: 0, isExtended: false, body: NOTHING, got: 0 };
		this.#streams.set(id, fresh);
		return fresh;
	}

	/** What the header says; null when it is not all there. Nothing is kept before the chunk is whole. */
	#readHeader(buffer: Buffer, at: number, format: number, assembly: Assembly) {
		let end = at + (HEADER_BYTES[format] as number);
		const stated = format < 3 ? buffer.readUIntBE(at, 3) : 0;
		const isExtended = format < 3 ? stated === EXTENDED : assembly.isExtended;
		if (isExtended && buffer.length < end + 4) return null;
		const time = isExtended ? buffer.readUInt32BE(end) : stated;
		if (isExtended) end += 4;
		const length = format < 2 ? buffer.readUIntBE(at + 3, 3) : assembly.length;
		if (length > this.bounds.messageBytes) throw new Error('a message too large');
		if (assembly.got > 0 && length !== assembly.length) throw new Error('a message that changes its length');
		const type = format < 2 ? (buffer[at + 6] as number) : assembly.type;
		const streamId = format === 0 ? buffer.readUInt32LE(at + 7) : assembly.streamId;
		const delta = format === 0 ? 0 : format === 3 ? assembly.delta : time;
		const timestamp = format === 0 ? time : assembly.timestamp + delta;
		return { end, length, fields: { type, streamId, timestamp, delta, length, isExtended } };
	}
}

/** A message in chunks of `chunkBytes`. */
export function writeChunks({ type, streamId, timestamp, body }: RtmpMessage, chunkStream: number, chunkBytes: number): Buffer {
	const head = Buffer.alloc(12);
	head[0] = chunkStream;
	head.writeUIntBE(Math.min(timestamp, EXTENDED - 1), 1, 3);
	head.writeUIntBE(body.length, 4, 3);
	head[7] = type;
	head.writeUInt32LE(streamId, 8);
	const parts: Buffer[] = [head];
	for (let at = 0; at < body.length; at += chunkBytes) {
		if (at > 0) parts.push(Buffer.from([0xc0 | chunkStream]));
		parts.push(body.subarray(at, at + chunkBytes));
	}
	return Buffer.concat(parts);
}
