import { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { StreamHealth } from '@kaishi/protocol/live';
import { type WebSocket, WebSocketServer } from 'ws';
import { LiveStream } from '../media/live-stream.ts';
import { MAX_UNIT_BYTES, PublishSocket } from '../media/publish-socket.ts';
import { FileRecorder } from '../media/recording/file-recorder.ts';
import { RunningRecordings } from '../media/recording/running-recordings.ts';
import { openRtmpDoor, type RtmpDoor } from '../media/rtmp/rtmp-door.ts';
import { isSame } from '../media/tickets.ts';
import { openWatchSocket } from '../media/watch-socket.ts';
import { WhipDoor, type WhipOptions } from '../media/whip/whip-door.ts';
import type { Adoption, FromStage, SocketKind, StageShow, ToStage } from './messages.ts';
import type { RoomCrowd } from './room-crowd.ts';

const GONE = 4404;
/** A replay of the last minutes for playlists that are still read, ms. */
const LINGER_MS = 60_000;
const TEND_MS = 1000;
/** Recordings that go on are as long together as so many of the longest. */
const LONGEST_TOGETHER = 5;

interface StagedShow {
	show: StageShow;
	stream: LiveStream;
}

/**
 * Everything that a crowd holds open, in a process of its own: a rush of orders in the market's process does not shake the picture, and a
 * crash here takes no order with it.
 */
export class Stage {
	readonly #shows = new Map<string, StagedShow>();
	readonly #report: (message: FromStage) => void;
	readonly #rooms: RoomCrowd | null;
	readonly #servers: Record<SocketKind, WebSocketServer>;
	readonly #tending: NodeJS.Timeout;
	#running: RunningRecordings | null = null;
	#rtmp: RtmpDoor | null = null;
	#whip: WhipDoor | null = null;

	constructor(report: (message: FromStage) => void, rooms: RoomCrowd | null) {
		this.#report = report;
		this.#rooms = rooms;
		const upgrade = (maxPayload: number) => new WebSocketServer({ noServer: true, maxPayload, perMessageDeflate: false, clientTracking: false });
		this.#servers = { publish: upgrade(MAX_UNIT_BYTES), watch: upgrade(1024), room: upgrade(8192) };
		this.#tending = setInterval(() => {
			for (const { stream } of this.#shows.values()) stream.tend();
		}, TEND_MS);
	}

	/** Those that may be published to. */
	stream(showId: string): LiveStream | null {
		return this.#shows.get(showId)?.stream ?? null;
	}

	/** Opens the door for encoders and returns its port; null, and a word to the market, when it cannot be opened. */
	async openRtmp(place: { host: string; port: number }): Promise<number | null> {
		try {
			this.#rtmp = await openRtmpDoor(place, (key) => this.#byKey(key));
			return this.#rtmp.port;
		} catch (error) {
			this.#report({ type: 'failure', message: `the RTMP door stays shut: ${String(error)}` });
			return null;
		}
	}

	/** Opens the door for encoders that send by WebRTC. */
	openWhip(options: WhipOptions): WhipDoor {
		this.#whip = new WhipDoor(options, (key) => this.#byKey(key));
		return this.#whip;
	}

	/** Carries out what the market's process says. `socket` comes with `adopt`. */
	handle(message: ToStage, socket?: Socket): void {
		if (message.type === 'open') this.#open(message.show);
		else if (message.type === 'close') this.#shows.get(message.showId)?.stream.end(message.reason);
		else if (message.type === 'step') this.stream(message.showId)?.[message.step]();
		else if (message.type === 'unpublish') this.#unpublish(message.showId, message.account);
		else if (message.type === 'adopt') this.#adopt(message.adoption, socket);
		else if (message.type === 'health') this.#report({ type: 'health', id: message.id, health: this.#health(message.showId) });
		else if (message.type === 'room') this.#rooms?.command(message.command);
	}

	/** Every key is compared, and each in constant time: how long it takes tells nothing of any. */
	#byKey(key: string): { stream: LiveStream; account: string } | null {
		let found: StagedShow | null = null;
		for (const staged of this.#shows.values()) if (staged.show.streamKey !== null && isSame(key, staged.show.streamKey)) found = staged;
		return found && { stream: found.stream, account: found.show.host };
	}

	async close(): Promise<void> {
		clearInterval(this.#tending);
		this.#rooms?.close();
		this.#rtmp?.close();
		this.#whip?.close();
		const recorded = [...this.#shows.values()].map(({ stream }) => stream.leave());
		await Promise.all(recorded);
	}

	#open(show: StageShow): void {
		const known = this.#shows.get(show.showId);
		if (known) {
			known.show = show;
			if (!show.isEarly) known.stream.begin();
			this.#rtmp?.recheck();
			this.#whip?.recheck();
			return;
		}
		const { showId, recordingDirectory, recordingBytes: maxBytes } = show;
		const onFailure = (reason: string) => {
			this.#report({ type: 'failure', message: `recording of ${showId}: ${reason}` });
			this.#report({ type: 'media', showId, event: { type: 'recording-failed', atMs: Date.now(), reason } });
		};
		this.#running ??= new RunningRecordings(maxBytes * LONGEST_TOGETHER);
		const running = this.#running;
		const recorder = recordingDirectory === null ? null : new FileRecorder({ directory: recordingDirectory, maxBytes, running, onFailure });
		const stream = new LiveStream({
			patienceMs: show.patienceMs,
			isUnderWay: show.isUnderWay,
			isEarly: show.isEarly,
			isPaused: show.isPaused,
			recorder,
			onEvent: (event) => {
				if (event.type === 'ended') setTimeout(() => this.#shows.delete(showId), LINGER_MS).unref();
				this.#report({ type: 'media', showId, event });
			},
		});
		this.#shows.set(showId, { show, stream });
	}

	#unpublish(showId: string, account: string): void {
		const source = this.stream(showId)?.source;
		if (source?.account === account) source.close('kicked');
	}

	#adopt(adoption: Adoption, socket: Socket | undefined): void {
		const gone = () => this.#report({ type: 'gone', connection: adoption.connection });
		// Closed on the way.
		if (!socket) {
			gone();
			return;
		}
		socket.on('error', () => undefined);
		socket.once('close', gone);
		socket.setNoDelay(true);
		const request = new IncomingMessage(socket);
		Object.assign(request, { method: 'GET', url: adoption.url, headers: adoption.headers });
		this.#servers[adoption.kind].handleUpgrade(request, socket, Buffer.from(adoption.head), (ws) => this.#welcome(adoption, ws, socket));
	}

	#welcome(adoption: Adoption, ws: WebSocket, socket: Socket): void {
		ws.on('error', () => undefined);
		if (adoption.kind === 'room') {
			if (this.#rooms) this.#rooms.adopt(adoption, ws, socket);
			else ws.close(GONE, 'no rooms');
			return;
		}
		const stream = this.stream(adoption.showId);
		if (!stream || stream.state === 'ended') {
			ws.close(GONE, 'ended');
			return;
		}
		if (adoption.kind === 'watch') {
			openWatchSocket({ ws, socket, stream, url: adoption.url });
			return;
		}
		new PublishSocket(ws, adoption.account ?? '', stream);
	}

	#health(showId: string): StreamHealth | null {
		const stream = this.stream(showId);
		if (!stream) return null;
		const renditions = stream.views();
		const kbps = stream.kbps();
		return { live: stream.state === 'live', viewers: stream.watchers.size, kbps, droppedFrames: stream.droppedFrames, latencyMs: null, renditions };
	}
}
