// A stage's rooms alone in a process: sockets come in over HTTP, what is said comes from the process that measures.
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { WebSocketServer } from 'ws';
import type { RoomEvent } from '../../protocol/src/live/index.ts';
import { createRoomCrowd } from '../../server/src/live/stage/room-crowd.ts';

export const SHOW = '0123456789abcdef';

/** What the measuring process says. */
export type ToCrowd = { type: 'say'; events: RoomEvent[]; urgent: boolean } | { type: 'usage' };
export type FromCrowd = { type: 'listening'; port: number } | { type: 'joined'; count: number } | { type: 'usage'; cpuMicros: number; rssMb: number };

const tell = (message: FromCrowd) => process.send?.(message);
const wss = new WebSocketServer({ noServer: true, maxPayload: 8192, perMessageDeflate: false, clientTracking: false });
let joined = 0;
const crowd = createRoomCrowd((report) => {
	if (report.type !== 'joined') return;
	crowd.command({ type: 'tell', connection: report.connection, events: [{ kind: 'viewers', count: 0 }] });
	tell({ type: 'joined', count: ++joined });
});
let connection = 0;
const server = createServer().on('upgrade', (request, socket, head) => {
	const entry = { showId: SHOW, account: null, address: 'local', connection: ++connection, url: request.url ?? '/' };
	wss.handleUpgrade(request, socket, head, (ws) => crowd.adopt(entry, ws, socket as Socket));
});
server.listen({ port: 0, host: '127.0.0.1', backlog: 8192 }, () => tell({ type: 'listening', port: (server.address() as AddressInfo).port }));

process.on('message', (message: ToCrowd) => {
	if (message.type === 'say') return crowd.command({ type: 'say', showId: SHOW, events: message.events, urgent: message.urgent });
	const { user, system } = process.cpuUsage();
	tell({ type: 'usage', cpuMicros: user + system, rssMb: Math.round(process.memoryUsage.rss() / 1e6) });
});
process.on('disconnect', () => process.exit(0));
