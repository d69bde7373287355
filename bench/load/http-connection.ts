import { connect, type Socket } from 'node:net';

/** A whole answer. */
export interface HttpAnswer {
	status: number;
	/** What the server asks to wait before trying again; null when it does not say. */
	retryAfterSeconds: number | null;
	body: string;
}

/** What is read goes through it at once: a buffer for each of thousands would cost more than the reading. */
const READ_BUFFER = Buffer.allocUnsafe(64 * 1024);

interface Waiting {
	resolve(answer: Buffer): void;
	reject(reason: Error): void;
}

/**
 * One keep-alive connection that costs next to nothing: the load shares its cores with what it measures. One request at a
 * time, written in one piece.
 */
export class HttpConnection {
	readonly #socket: Socket;
	#received: Buffer = Buffer.alloc(0);
	#waiting: Waiting | null = null;
	#ended = false;

	private constructor(socket: Socket) {
		this.#socket = socket;
		socket.on('error', () => this.#end());
		socket.on('close', () => this.#end());
	}

	/** @param port On this machine. Rejects when nobody listens. */
	static open(port: number): Promise<HttpConnection> {
		return new Promise((resolve, reject) => {
			let connection: HttpConnection | null = null;
			const callback = (length: number, bytes: Uint8Array) => {
				if (connection !== null) connection.#take(Buffer.from(bytes.subarray(0, length)));
				return true;
			};
			const socket = connect({ port, host: '127.0.0.1', noDelay: true, onread: { buffer: READ_BUFFER, callback } });
			socket.once('error', reject);
			socket.once('connect', () => {
				socket.off('error', reject);
				connection = new HttpConnection(socket);
				resolve(connection);
			});
		});
	}

	/** Resolves with the whole answer; rejects when the connection ends before. */
	async send(request: Buffer): Promise<HttpAnswer> {
		const bytes = await this.exchange(request);
		const read = readAnswer(bytes);
		if (read === null) throw new Error('an answer that cannot be read');
		return read.answer;
	}

	/** As `send`, with the answer as it came: reading it can wait until nobody else does. */
	exchange(request: Buffer): Promise<Buffer> {
		return new Promise((resolve, reject) => {
			if (this.#ended) return reject(new Error('the connection is gone'));
			this.#waiting = { resolve, reject };
			this.#socket.write(request);
		});
	}

	close(): void {
		this.#socket.destroy();
	}

	#take(chunk: Buffer) {
		this.#received = this.#received.length === 0 ? chunk : Buffer.concat([this.#received, chunk]);
		const length = lengthOf(this.#received);
		if (length === null) return;
		const waiting = this.#waiting;
		this.#waiting = null;
		const whole = this.#received.subarray(0, length);
		this.#received = this.#received.subarray(length);
		waiting?.resolve(whole);
	}

	#end() {
		this.#ended = true;
		const waiting = this.#waiting;
		this.#waiting = null;
		waiting?.reject(new Error('the connection ended before the answer'));
	}
}

/** A request as bytes, made before the race. `source`: the address that a trusted proxy would name. */
export function requestBytes(method: 'GET' | 'POST', origin: string, path: string, source: string, json?: string): Buffer {
	const { host } = new URL(origin);
	const lines = [`${method} ${path} HTTP/1.1`, `Host: ${host}`, `X-Forwarded-For: ${source}`, 'Connection: keep-alive'];
	if (json !== undefined) lines.push(`Origin: ${origin}`, 'Content-Type: application/json', `Content-Length: ${Buffer.byteLength(json)}`);
	return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${json ?? ''}`);
}

const HEAD_END = Buffer.from('\r\n\r\n');
const LENGTH = Buffer.from('Content-Length: ');

/** Bytes of the first answer in `bytes`; null while it is incomplete. */
function lengthOf(bytes: Buffer): number | null {
	const end = bytes.indexOf(HEAD_END);
	if (end < 0) return null;
	const at = bytes.indexOf(LENGTH);
	if (at < 0 || at > end) return readAnswer(bytes)?.length ?? null;
	const length = end + HEAD_END.length + Number.parseInt(bytes.toString('latin1', at + LENGTH.length, at + LENGTH.length + 12), 10);
	return bytes.length < length ? null : length;
}

/** The first answer in `bytes` and how long it is; null while it is incomplete. */
export function readAnswer(bytes: Buffer): { answer: HttpAnswer; length: number } | null {
	const end = bytes.indexOf('\r\n\r\n');
	if (end < 0) return null;
	const [statusLine = '', ...lines] = bytes.toString('latin1', 0, end).split('\r\n');
	const headers = new Map(lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]));
	const body =
		headers.get('transfer-encoding') === 'chunked' ? readChunks(bytes, end + 4) : readPlain(bytes, end + 4, Number(headers.get('content-length') ?? 0));
	if (body === null) return null;
	const retryAfter = headers.get('retry-after');
	return {
		answer: { status: Number(statusLine.split(' ')[1]), retryAfterSeconds: retryAfter === undefined ? null : Number(retryAfter), body: body.text },
		length: body.end,
	};
}

function readPlain(bytes: Buffer, start: number, length: number): { text: string; end: number } | null {
	const end = start + length;
	return bytes.length < end ? null : { text: bytes.toString('utf8', start, end), end };
}

function readChunks(bytes: Buffer, start: number): { text: string; end: number } | null {
	const parts: Buffer[] = [];
	for (let at = start; ; ) {
		const lineEnd = bytes.indexOf('\r\n', at);
		if (lineEnd < 0) return null;
		const size = Number.parseInt(bytes.toString('latin1', at, lineEnd), 16);
		const next = lineEnd + 2 + size + 2;
		if (bytes.length < next) return null;
		if (size === 0) return { text: Buffer.concat(parts).toString('utf8'), end: next };
		parts.push(bytes.subarray(lineEnd + 2, lineEnd + 2 + size));
		at = next;
	}
}
