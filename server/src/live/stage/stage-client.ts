import { type ChildProcess, fork } from 'node:child_process';
import type { Socket } from 'node:net';
import { constants, getPriority, setPriority } from 'node:os';
import { join } from 'node:path';
import type { StreamHealth } from '@kaishi/protocol/live';
import type { StreamEvent } from '../media/stream-source.ts';
import type { Adoption, FromStage, PictureStep, StageOptions, StageShow, ToStage } from './messages.ts';
import type { RoomCommand, RoomReport, RoomStage } from './room-messages.ts';

export interface StageClientOptions extends StageOptions {
	onMedia(showId: string, event: StreamEvent): void;
	onError(error: unknown): void;
}

const AGAIN_MS = [100, 500, 2000, 5000] as const;
/** A stage that stood so long had not died of what it was asked. */
const STEADY_MS = 60_000;
const PATIENCE_MS = 10_000;
/** A picture that waits for a batch of orders is seen to wait; the orders lose nothing by it. */
const NICER = 5;

interface Running {
	child: ChildProcess;
	ready: Promise<{ socketPath: string; rtmpPort: number | null }>;
	sinceMs: number;
}

/** The stage, seen from the market's process: begun when it is first needed, begun again when it dies. */
export class StageClient {
	readonly rooms: RoomStage;
	readonly #options: StageClientOptions;
	readonly #shows = new Map<string, StageShow>();
	readonly #gone = new Map<number, () => void>();
	readonly #asked = new Map<number, (health: StreamHealth | null) => void>();
	readonly #listeners = new Set<(report: RoomReport) => void>();
	#running: Running | null = null;
	#deaths = 0;
	#isClosed = false;
	#lastId = 0;

	constructor(options: StageClientOptions) {
		this.#options = options;
		this.rooms = {
			// Without a stage there is nobody in the room.
			send: (command: RoomCommand) => this.#running && this.#send({ type: 'room', command }),
			onReport: (listener) => {
				this.#listeners.add(listener);
				return () => this.#listeners.delete(listener);
			},
		};
	}

	/** Of its process, for whoever measures it; null while it does not run. */
	get pid(): number | null {
		return this.#running?.child.pid ?? null;
	}

	/** Where playlists are asked for, and the port of the RTMP door. */
	whereabouts(): Promise<{ socketPath: string; rtmpPort: number | null }> {
		return this.#start().ready;
	}

	/** Opens a show, or changes how it is open. */
	open(show: StageShow): void {
		this.#shows.set(show.showId, show);
		this.#send({ type: 'open', show });
	}

	close(showId: string, reason: 'host' | 'closed'): void {
		this.#shows.delete(showId);
		if (this.#running) this.#send({ type: 'close', showId, reason });
	}

	/** The show begins, pauses or goes on. */
	step(showId: string, step: PictureStep): void {
		const show = this.#shows.get(showId);
		if (!show) return;
		this.#shows.set(showId, { ...show, isEarly: show.isEarly && step !== 'begin', isPaused: step === 'pause' });
		if (this.#running) this.#send({ type: 'step', showId, step });
	}

	unpublish(showId: string, account: string): void {
		this.#send({ type: 'unpublish', showId, account });
	}

	/** Hands a socket over for good; `onGone` when it is closed. */
	adopt(adoption: Omit<Adoption, 'connection'>, socket: Socket, onGone: () => void): void {
		const connection = ++this.#lastId;
		this.#gone.set(connection, onGone);
		// Else Node makes the HTTP server's end wait for the child's sockets, and for ever once the child is dead.
		Reflect.set(socket, 'server', null);
		this.#start().child.send({ type: 'adopt', adoption: { ...adoption, connection } } satisfies ToStage, socket, {}, (error) => {
			// What is left here is an empty shell; without its end the HTTP server would count it for ever.
			socket.destroy();
			if (error) this.#left(connection);
		});
	}

	/** Null: no such show on stage. */
	async health(showId: string): Promise<StreamHealth | null> {
		if (!this.#running) return null;
		const id = ++this.#lastId;
		const { promise, resolve } = Promise.withResolvers<StreamHealth | null>();
		const patience = setTimeout(() => resolve(null), PATIENCE_MS);
		this.#asked.set(id, resolve);
		this.#send({ type: 'health', id, showId });
		return promise.finally(() => {
			clearTimeout(patience);
			this.#asked.delete(id);
		});
	}

	/** Ends it; recordings reach the disk. */
	async end(): Promise<void> {
		this.#isClosed = true;
		const child = this.#running?.child;
		if (!child || child.exitCode !== null) return;
		const exited = new Promise((resolve) => child.once('exit', resolve));
		const impatience = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
		if (child.connected) child.disconnect();
		await exited;
		clearTimeout(impatience);
	}

	#send(message: ToStage): void {
		// What rooms still say when all ends, nobody hears.
		if (this.#isClosed) return;
		const { child } = this.#start();
		if (child.connected) child.send(message, () => undefined);
	}

	#start(): Running {
		if (this.#running) return this.#running;
		if (this.#isClosed) throw new Error('the stage is closed');
		const child = fork(join(import.meta.dirname, 'stage-process.ts'), {
			serialization: 'advanced',
			execArgv: [],
			stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
		});
		goFirst(child);
		const { promise, resolve, reject } = Promise.withResolvers<{ socketPath: string; rtmpPort: number | null }>();
		promise.catch(() => undefined);
		this.#running = { child, ready: promise, sinceMs: performance.now() };
		child.on('message', (message: FromStage) => (message.type === 'ready' ? resolve(message) : this.#hear(message)));
		child.on('error', (error) => this.#options.onError(error));
		child.on('exit', () => {
			reject(new Error('the stage is gone'));
			this.#onExit();
		});
		child.send({ type: 'begin', options: { rtmp: this.#options.rtmp, whip: this.#options.whip ?? null } } satisfies ToStage);
		for (const show of this.#shows.values()) child.send({ type: 'open', show } satisfies ToStage);
		return this.#running;
	}

	#hear(message: Exclude<FromStage, { type: 'ready' }>): void {
		if (message.type === 'gone') this.#left(message.connection);
		else if (message.type === 'media') this.#onMedia(message.showId, message.event);
		else if (message.type === 'health') this.#asked.get(message.id)?.(message.health);
		else if (message.type === 'room') for (const listener of this.#listeners) listener(message.report);
		else this.#options.onError(new Error(message.message));
	}

	#onMedia(showId: string, event: StreamEvent): void {
		const show = this.#shows.get(showId);
		if (show && event.type === 'started') this.#shows.set(showId, { ...show, isUnderWay: true });
		if (event.type === 'ended') this.#shows.delete(showId);
		this.#options.onMedia(showId, event);
	}

	#left(connection: number): void {
		this.#gone.get(connection)?.();
		this.#gone.delete(connection);
	}

	#onExit(): void {
		const stood = performance.now() - (this.#running?.sinceMs ?? 0);
		this.#running = null;
		for (const connection of [...this.#gone.keys()]) this.#left(connection);
		for (const resolve of [...this.#asked.values()]) resolve(null);
		for (const listener of this.#listeners) listener({ type: 'lost' });
		if (this.#isClosed) return;
		this.#deaths = stood > STEADY_MS ? 1 : this.#deaths + 1;
		this.#options.onError(new Error('the stage died'));
		const wait = AGAIN_MS[Math.min(this.#deaths, AGAIN_MS.length) - 1];
		setTimeout(() => {
			if (!this.#isClosed && !this.#running) this.#start();
		}, wait).unref();
	}
}

/** Where this process has the right to. */
function goFirst({ pid }: ChildProcess): void {
	try {
		if (pid !== undefined) setPriority(pid, Math.max(constants.priority.PRIORITY_HIGHEST, getPriority() - NICER));
	} catch {
		// Then it takes its turn like everybody.
	}
}
