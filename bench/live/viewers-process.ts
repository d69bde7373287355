import { createHash, randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** To the crowd of viewers, a process of its own. */
export type ToViewers =
	/** Opens so many sockets, evenly over a time. `reads` false: none of them takes anything after the first bytes. */
	{ type: 'watch'; port: number; path: string; protocols: string[]; count: number; overMs: number; reads: boolean };

export type FromViewers =
	/** Milliseconds from opening a socket to its first picture, of each; and how many never saw one. */
	{ type: 'watching'; firstMs: number[]; missed: number };

const PATIENCE_MS = 20_000;
const MOOF = Buffer.from('moof');

// Plain sockets: a client that takes messages apart would cost more than what it measures.
process.on('message', (message: ToViewers) => {
	void watchAll(message).then((result) => process.send?.(result));
});

async function watchAll({ count, overMs, ...place }: ToViewers): Promise<FromViewers> {
	const began = performance.now();
	const waits: Promise<number | null>[] = [];
	for (let i = 0; i < count; i++) {
		const left = began + (i * overMs) / count - performance.now();
		if (left > 1) await sleep(left);
		waits.push(watch(place));
	}
	const firstMs = (await Promise.all(waits)).filter((ms) => ms !== null);
	return { type: 'watching', firstMs, missed: count - firstMs.length };
}

function watch({ port, path, protocols, reads }: Omit<ToViewers, 'count' | 'overMs'>): Promise<number | null> {
	return new Promise((resolve) => {
		const began = performance.now();
		const socket: Socket = connect(port, '127.0.0.1');
		const patience = setTimeout(() => resolve(null), PATIENCE_MS);
		let seen = false;
		socket.setNoDelay(true);
		socket.on('error', () => resolve(null));
		socket.on('data', (bytes) => {
			if (seen || bytes.indexOf(MOOF) < 0) return;
			seen = true;
			clearTimeout(patience);
			resolve(performance.now() - began);
			if (!reads) socket.pause();
		});
		const key = createHash('sha1').update(randomBytes(16)).digest().subarray(0, 16).toString('base64');
		const head = [
			'Host: localhost',
			'Connection: Upgrade',
			'Upgrade: websocket',
			`Sec-WebSocket-Key: ${key}`,
			'Sec-WebSocket-Version: 13',
			`Sec-WebSocket-Protocol: ${protocols}`,
		];
		socket.write(`GET ${path} HTTP/1.1\r\n${head.join('\r\n')}\r\n\r\n`);
	});
}
