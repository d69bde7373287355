// A stage's rooms alone in a process: sockets come in over HTTP, what is said comes from the process that measures.
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocketServer } from 'ws';
import type { RoomEvent } from '../../protocol/src/live/index.ts';
import { binaryFrame } from '../../server/src/live/media/socket-frame.ts';
import { createRoomCrowd } from '../../server/src/live/stage/room-crowd.ts';

export const SHOW = '0123456789abcdef';

/** What the measuring process says. `bare`: write so many bytes to every socket, again and again at this distance, with nothing of ours in between. */
export type ToCrowd =
	| { type: 'say'; events: RoomEvent[]; urgent: boolean }
	| { type: 'usage' }
	| { type: 'bare'; bytes: number; rounds: number; roundMs: number };
export type FromCrowd =
	| { type: 'listening'; port: number }
	| { type: 'joined'; count: number }
	/** In the kernel: `systemMicros`. */
	| { type: 'usage'; cpuMicros: number; systemMicros: number; rssMb: number }
	| { type: 'bare'; writes: number };

const tell = (message: FromCrowd) => process.send?.(message);
const wss = new WebSocketServer({ noServer: true, maxPayload: 8192, perMessageDeflate: false, clientTracking: false });
let joined = 0;
const crowd = createRoomCrowd((report) => {
	if (report.type !== 'joined') return;
	crowd.command({ type: 'tell', connection: report.connection, events: [{ kind: 'viewers', count: 0 }] });
	tell({ type: 'joined', count: ++joined });
});
const sockets: Socket[] = [];
let connection = 0;
const server = createServer().on('upgrade', (request, socket, head) => {
	const entry = { showId: SHOW, account: null, address: 'local', connection: ++connection, url: request.url ?? '/' };
	sockets.push(socket as Socket);
	wss.handleUpgrade(request, socket, head, (ws) => crowd.adopt(entry, ws, socket as Socket));
});
server.listen({ port: 0, host: '127.0.0.1', backlog: 8192 }, () => tell({ type: 'listening', port: (server.address() as AddressInfo).port }));

const LOOK_MS = 10;

/** The least that a message to everybody costs on this machine: one buffer, made before, written to all sockets, as evenly as rounds are. */
async function writeBare({ bytes, rounds, roundMs }: Extract<ToCrowd, { type: 'bare' }>): Promise<number> {
	const frame = binaryFrame(Buffer.alloc(bytes));
	const began = performance.now();
	for (let writes = 0; writes < sockets.length * rounds; await sleep(LOOK_MS)) {
		const due = Math.min(sockets.length * rounds, Math.floor(((performance.now() - began) / roundMs) * sockets.length));
		for (; writes < due; writes++) sockets[writes % sockets.length]?.write(frame);
	}
	return sockets.length * rounds;
}

process.on('message', (message: ToCrowd) => {
	if (message.type === 'say') return crowd.command({ type: 'say', showId: SHOW, events: message.events, urgent: message.urgent });
	if (message.type === 'bare') return void writeBare(message).then((writes) => tell({ type: 'bare', writes }));
	const { user, system } = process.cpuUsage();
	tell({ type: 'usage', cpuMicros: user + system, systemMicros: system, rssMb: Math.round(process.memoryUsage.rss() / 1e6) });
});
process.on('disconnect', () => process.exit(0));
