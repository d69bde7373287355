import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ticketProtocols } from '@kaishi/protocol/live';
import { WebSocket } from 'ws';
import { EmbeddedEngine } from '../../server/src/live/media/embedded-engine.ts';
import { createTestPublisher } from '../../server/src/live/media/test-publisher.ts';
import { createTickets } from '../../server/src/live/media/tickets.ts';
import { StageClient } from '../../server/src/live/stage/stage-client.ts';
import { createUpgradeDoor } from '../../server/src/live/stage/upgrade-door.ts';

const SHOW = '00112233445566aa';
const HOST = `0x${'1'.repeat(40)}`;
/** 640×360, 30 pictures a second: what an encoder sends at 1.5 Mbit/s, sound at 64 kbit/s. */
const KEY_BYTES = 30_000;
const DELTA_BYTES = 5400;
const KBPS = Math.round((((KEY_BYTES + 59 * DELTA_BYTES) / 2) * 8) / 1000 + 64);

export interface Witness {
	/** Longest time between two messages since this was asked last, ms. */
	takeGap(): number;
	/** When the next picture comes, on this process's clock. */
	next(): Promise<number>;
	close(): void;
}

/** The stage with one show, its front door, and its host in this process. */
export interface PictureStage {
	stage: StageClient;
	port: number;
	kbps: number;
	watchPlace(): Promise<{ path: string; protocols: string[] }>;
	/** Begins to send, in place of whoever sent before; when the first key picture went. Rejects when nobody answers. */
	publish(): Promise<number>;
	/** The host's connection is cut. */
	unplug(): void;
	watch(): Promise<Witness>;
	close(): Promise<void>;
}

export async function openPictureStage(): Promise<PictureStage> {
	const directory = mkdtempSync(join(tmpdir(), 'kaishi-bench-live-'));
	const tickets = createTickets(`0x${'42'.repeat(32)}`);
	const stage = new StageClient({ rtmp: null, onMedia: (id, event) => engine.hear(id, event), onError: () => undefined });
	const engine = new EmbeddedEngine({ stage, tickets, directory, maxRecordingBytes: 1e9, rtmpHost: 'localhost', hasRtmp: false, patienceSeconds: 60 });
	const door = createUpgradeDoor({
		publicUrl: 'http://localhost',
		trustProxy: false,
		viewerOf: async () => null,
		tickets,
		mayPublish: async () => true,
		stage: () => stage,
		passOn: () => Promise.reject(new Error('nobody else')),
	});
	const server = createServer();
	server.on('upgrade', (request, socket, head) => door.take(request, socket as Socket, head));
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	await engine.open({ showId: SHOW, host: HOST, record: true, keyGeneration: 0 });
	let sending: { timer: NodeJS.Timeout; socket: WebSocket } | null = null;
	const unplug = () => {
		clearInterval(sending?.timer);
		sending?.socket.terminate();
		sending = null;
	};
	const watchPlace = async () => {
		const [source] = (await engine.playTicket(SHOW, 'bench')).sources;
		return { path: source?.url ?? '', protocols: ticketProtocols(source?.ticket ?? '') };
	};
	const open = async ({ path, protocols }: { path: string; protocols: string[] }) => {
		const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, protocols);
		await Promise.race([once(socket, 'open'), once(socket, 'close').then(() => Promise.reject(new Error('nobody answers')))]);
		socket.on('error', () => undefined);
		return socket;
	};
	return {
		stage,
		port,
		kbps: KBPS,
		watchPlace,
		unplug,
		async publish() {
			unplug();
			const { url, ticket } = await engine.publishTicket(SHOW, HOST, 'browser');
			const socket = await open({ path: url, protocols: ticketProtocols(ticket ?? '') });
			const began = performance.now();
			sending = { socket, timer: play(socket, began) };
			return began;
		},
		watch: async () => witnessOf(await open(await watchPlace())),
		async close() {
			unplug();
			await stage.end();
			server.closeAllConnections();
			server.close();
			rmSync(directory, { recursive: true, force: true });
		},
	};
}

/** Sends pictures and sound as time passes. */
function play(socket: WebSocket, began: number): NodeJS.Timeout {
	const publisher = createTestPublisher(socket);
	publisher.configure();
	let [pictures, sounds] = [0, 0];
	const due = () => {
		const passed = performance.now() - began;
		while ((pictures * 1000) / 30 <= passed) {
			const key = pictures % 60 === 0;
			publisher.picture(pictures++, { key, bytes: key ? KEY_BYTES : DELTA_BYTES });
		}
		while (sounds * 20 <= passed) publisher.sound(sounds++);
	};
	due();
	return setInterval(due, 8);
}

function witnessOf(socket: WebSocket): Witness {
	let [last, gap] = [performance.now(), 0];
	const waiting: ((at: number) => void)[] = [];
	socket.on('message', (data: Buffer, isBinary) => {
		if (!isBinary || data.toString('latin1', 4, 8) !== 'moof') return;
		const now = performance.now();
		gap = Math.max(gap, now - last);
		last = now;
		for (const resolve of waiting.splice(0)) resolve(now);
	});
	return {
		takeGap() {
			const taken = Math.round(gap);
			gap = 0;
			return taken;
		},
		next: () => new Promise((resolve) => waiting.push(resolve)),
		close: () => socket.terminate(),
	};
}
