// Thousands who listen: bare TCP after the handshake, so that as much as possible of the machine is left for who is measured.
import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';

export type ToListeners = { type: 'join'; port: number; count: number; every: number } | { type: 'heard' };
export interface Heard {
	type: 'heard';
	bytes: number;
	/** Messages that the sampled sockets got. */
	frames: number;
	/** Events that were read one by one on some of the sockets. */
	sampled: number;
	/** Events that the same sockets should have read is known to who said them. */
	samplers: number;
	/** From being said to being read, ms, sorted. */
	latencies: number[];
}

let bytes = 0;
let frames = 0;
let sampled = 0;
let samplers = 0;
const latencies: number[] = [];

process.on('message', (message: ToListeners) => {
	if (message.type === 'join') return joinAll(message);
	process.send?.({ type: 'heard', bytes, frames, sampled, samplers, latencies: latencies.toSorted((a, b) => a - b) } satisfies Heard);
	latencies.length = 0;
	sampled = 0;
	frames = 0;
	bytes = 0;
});
process.on('disconnect', () => process.exit(0));

const AT_ONCE = 200;

function joinAll({ port, count, every }: Extract<ToListeners, { type: 'join' }>): void {
	let next = 0;
	const more = () => {
		if (next >= count) return;
		join(port, next++ % every === 0, more);
	};
	for (let i = 0; i < AT_ONCE; i++) more();
}

function join(port: number, samples: boolean, onJoined: () => void): void {
	const socket = connect({ port, host: '127.0.0.1', noDelay: true });
	socket.write(
		`GET /?visitor=${randomBytes(16).toString('hex')} HTTP/1.1\r\nHost: crowd\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\n\r\n`,
	);
	socket.once('data', (first) => {
		onJoined();
		if (samples) sample(socket, first.subarray(first.indexOf('\r\n\r\n') + 4));
		else
			socket.on('data', (data) => {
				bytes += data.length;
			});
	});
	socket.on('error', (error) => {
		process.stderr.write(`${error.message}\n`);
	});
}

function sample(socket: Socket, rest: Buffer): void {
	samplers++;
	let kept = rest;
	socket.on('data', (data) => {
		bytes += data.length;
		kept = kept.length === 0 ? data : Buffer.concat([kept, data]);
		for (let frame = frameOf(kept); frame; frame = frameOf(kept)) {
			kept = kept.subarray(frame.end);
			if (frame.text) read(frame.text);
			frames++;
		}
	});
}

function frameOf(data: Buffer): { end: number; text: string | null } | null {
	if (data.length < 2) return null;
	const short = (data[1] ?? 0) & 0x7f;
	const head = short === 127 ? 10 : short === 126 ? 4 : 2;
	if (data.length < head) return null;
	const length = short === 127 ? Number(data.readBigUInt64BE(2)) : short === 126 ? data.readUInt16BE(2) : short;
	if (data.length < head + length) return null;
	return { end: head + length, text: (data[0] ?? 0) === 0x81 ? data.toString('utf8', head, head + length) : null };
}

function read(text: string): void {
	const now = Date.now();
	for (const event of (JSON.parse(text) as { events: { kind: string; line?: { at: number } }[] }).events) {
		if (!event.line) continue;
		sampled++;
		latencies.push(now - event.line.at);
	}
}
