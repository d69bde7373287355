import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { RoomEvent, RoomFrame, RoomRequest } from '@kaishi/protocol/live';
import { WebSocket, WebSocketServer } from 'ws';
import { createRoomCrowd } from '../stage/room-crowd.ts';
import type { RoomReport, RoomStage } from '../stage/room-messages.ts';

/** The rooms' part of a stage in this process, with real sockets. */
export interface TestStage {
	stage: RoomStage;
	/** A browser that comes into a room. */
	join(showId: string, account?: string | null): Promise<TestVisitor>;
	close(): void;
}

export async function openTestStage(): Promise<TestStage> {
	const listeners = new Set<(report: RoomReport) => void>();
	const crowd = createRoomCrowd((report) => {
		for (const listener of listeners) listener(report);
	});
	const wss = new WebSocketServer({ noServer: true });
	const server: Server = createServer();
	let connection = 0;
	server.on('upgrade', (request, socket, head) => {
		const url = new URL(request.url ?? '/', 'http://stage');
		const [showId = '', account] = [url.pathname.slice(1), url.searchParams.get('account')];
		const entry = { showId, account, connection: ++connection, address: 'local', url: request.url ?? '/' };
		wss.handleUpgrade(request, socket, head, (ws) => crowd.adopt(entry, ws, socket as Socket));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		stage: {
			send: (command) => crowd.command(command),
			onReport(listener) {
				listeners.add(listener);
				return () => listeners.delete(listener);
			},
		},
		join: (showId, account = null) => TestVisitor.join(`ws://127.0.0.1:${port}/${showId}${account === null ? '' : `?account=${account.toLowerCase()}`}`),
		close() {
			crowd.close();
			wss.close();
			server.close();
			server.closeAllConnections();
		},
	};
}

type Kind = RoomEvent['kind'];

/** Everything that one socket heard, in order. */
export class TestVisitor {
	readonly heard: RoomEvent[] = [];
	frames = 0;
	closedWith: number | null = null;
	readonly #socket: WebSocket;

	private constructor(socket: WebSocket) {
		this.#socket = socket;
		socket.on('message', (data) => {
			this.frames++;
			this.heard.push(...(JSON.parse(data.toString()) as RoomFrame).events);
		});
		socket.on('close', (code) => {
			this.closedWith = code;
		});
	}

	static async join(url: string): Promise<TestVisitor> {
		const socket = new WebSocket(url);
		const visitor = new TestVisitor(socket);
		await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
		return visitor;
	}

	all<K extends Kind>(kind: K): Extract<RoomEvent, { kind: K }>[] {
		return this.heard.filter((event): event is Extract<RoomEvent, { kind: K }> => event.kind === kind);
	}

	send(request: RoomRequest): void {
		this.#socket.send(JSON.stringify(request));
	}

	leave(): void {
		this.#socket.terminate();
	}
}
