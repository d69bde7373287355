import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { ServerMessage } from '@kaishi/protocol/platform/socket';
import { type WebSocket, WebSocketServer } from 'ws';
import { isOwnOrigin } from '../http/origin.ts';
import { LOCAL, peerAddress } from '../http/peer-address.ts';
import type { ViewerOf } from '../http/viewer.ts';
import { createRateLimiter } from '../limits/rate-limit.ts';
import { parseClientMessage } from './client-message.ts';
import { RecentNews } from './recent-news.ts';

export interface SocketHubOptions {
	publicUrl: string;
	viewerOf: ViewerOf;
	/** Take the client's address from X-Forwarded-For. */
	trustProxy?: boolean;
	/** Milliseconds between pings; a peer that misses one is dropped at the next. Sessions are looked at again as often. */
	heartbeatMs?: number;
}

export interface SocketHub {
	/** Serves `/api/socket` of an HTTP server; `others` is offered every other socket, and says whether it took it. */
	attach(server: Server, others?: (request: IncomingMessage, socket: Duplex, head: Buffer) => boolean): void;
	publish(messages: readonly ServerMessage[]): void;
	close(): void;
}

interface Subscriber {
	socket: WebSocket;
	/** Lower case; null for strangers, and once the session has ended. */
	account: string | null;
	/** What the session was read from, to be read again. */
	cookie: string | null;
	topics: Set<string>;
	alive: boolean;
}

type Welcome = (socket: WebSocket, peer: { account: string | null; cookie: string | null; address: string }) => void;

const PATH = '/api/socket';
const MAX_TOPICS = 64;
const MAX_SUBSCRIBERS = 10_000;
/** Of one address: nobody takes all the places. */
const MAX_PER_ADDRESS = 200;
/** Leafing quickly through pages full of listings stays far below. */
const MESSAGES = { burst: 400, perSecond: 50 };
const MAX_MESSAGE_BYTES = 8192;
/** A reader this far behind fetches anew after reconnecting; keeping its news would fill our memory. */
const MAX_BUFFERED_BYTES = 256 * 1024;
const HEARTBEAT_MS = 30_000;
const POLICY_VIOLATION = 1008;
const TRY_AGAIN_LATER = 1013;
const GOING_AWAY = 1001;

/** News to browsers: which topic changed, never what it says now. */
export function createSocketHub(options: SocketHubOptions): SocketHub {
	const wss = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES, perMessageDeflate: false });
	const subscribers = new Set<Subscriber>();
	const byTopic = new Map<string, Set<Subscriber>>();
	const byAddress = new Map<string, number>();
	const recent = new RecentNews();

	const leave = (subscriber: Subscriber, topic: string) => {
		subscriber.topics.delete(topic);
		const others = byTopic.get(topic);
		others?.delete(subscriber);
		if (others?.size === 0) byTopic.delete(topic);
	};
	const join = (subscriber: Subscriber, topic: string, ageMs: number) => {
		if (subscriber.topics.has(topic)) return;
		if (subscriber.topics.size >= MAX_TOPICS || !mayHear(subscriber, topic)) return subscriber.socket.close(POLICY_VIOLATION, 'topic refused');
		subscriber.topics.add(topic);
		const others = byTopic.get(topic) ?? new Set();
		byTopic.set(topic, others.add(subscriber));
		if (ageMs > 0) for (const message of recent.ofLast(ageMs, topic)) subscriber.socket.send(JSON.stringify(message));
	};
	const count = (address: string, change: number) => {
		const left = (byAddress.get(address) ?? 0) + change;
		if (left === 0) byAddress.delete(address);
		else byAddress.set(address, left);
	};
	const isFull = (address: string) => subscribers.size >= MAX_SUBSCRIBERS || (address !== LOCAL && (byAddress.get(address) ?? 0) >= MAX_PER_ADDRESS);
	/** A session that ended elsewhere, or ran out, hears no more of its account. */
	const checkSession = async (subscriber: Subscriber) => {
		const viewer = await options.viewerOf(subscriber.cookie);
		if (viewer?.address.toLowerCase() === subscriber.account) return;
		subscriber.account = null;
		for (const topic of [...subscriber.topics]) if (!mayHear(subscriber, topic)) leave(subscriber, topic);
	};
	const welcome: Welcome = (socket, { account, cookie, address }) => {
		const subscriber: Subscriber = { socket, account, cookie, topics: new Set(), alive: true };
		if (isFull(address)) return socket.close(TRY_AGAIN_LATER, 'full');
		subscribers.add(subscriber);
		count(address, 1);
		const mayAsk = createRateLimiter(MESSAGES);
		socket.on('pong', () => {
			subscriber.alive = true;
		});
		socket.on('message', (data, binary) => {
			const message = binary || !passes(mayAsk) ? null : parseClientMessage(data.toString());
			if (!message) return socket.close(POLICY_VIOLATION, 'not a message');
			for (const topic of message.unsubscribe) leave(subscriber, topic);
			for (const topic of message.subscribe) join(subscriber, topic, message.ageMs);
		});
		// An error is always followed by `close`.
		socket.on('error', () => undefined);
		socket.on('close', () => {
			subscribers.delete(subscriber);
			count(address, -1);
			for (const topic of [...subscriber.topics]) leave(subscriber, topic);
		});
	};
	const heartbeat = setInterval(() => {
		for (const subscriber of subscribers) {
			if (!subscriber.alive) subscriber.socket.terminate();
			subscriber.alive = false;
			subscriber.socket.ping();
			// Tables out of reach say nothing about a session: the next beat asks again.
			if (subscriber.account !== null) checkSession(subscriber).catch(() => undefined);
		}
	}, options.heartbeatMs ?? HEARTBEAT_MS);
	heartbeat.unref();

	return {
		attach(server, others) {
			server.on('upgrade', (request, socket, head) => {
				// Whatever a stranger writes there must not throw: nobody above would catch it.
				if (pathOf(request.url) !== PATH) {
					if (others?.(request, socket, head)) return;
					// In development others listen too; alone, we must not leave the peer waiting for ever.
					if (server.listenerCount('upgrade') === 1) socket.destroy();
					return;
				}
				void upgrade(wss, options, request, socket, head, welcome);
			});
		},
		publish(messages) {
			for (const message of messages) {
				recent.note(message);
				const listeners = byTopic.get(message.topic);
				if (!listeners) continue;
				const text = JSON.stringify(message);
				for (const { socket } of listeners) {
					if (socket.bufferedAmount > MAX_BUFFERED_BYTES) socket.terminate();
					else socket.send(text);
				}
			}
		},
		close() {
			clearInterval(heartbeat);
			for (const { socket } of subscribers) socket.close(GOING_AWAY, 'the server stops');
			wss.close();
		},
	};
}

function pathOf(url: string | undefined): string {
	return (url ?? '').split('?', 1)[0] ?? '';
}

function passes(limit: (key: string) => void): boolean {
	try {
		limit('');
		return true;
	} catch {
		return false;
	}
}

/** Accounts are told about by themselves only. */
function mayHear(subscriber: Subscriber, topic: string): boolean {
	return !topic.startsWith('account:') || (subscriber.account !== null && topic === `account:${subscriber.account}`);
}

async function upgrade(
	wss: WebSocketServer,
	options: SocketHubOptions,
	request: IncomingMessage,
	socket: Duplex,
	head: Buffer,
	welcome: Welcome,
): Promise<void> {
	socket.on('error', () => undefined);
	if (!isOwnOrigin(request.headers.origin, options.publicUrl)) {
		socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
		return;
	}
	const cookie = request.headers.cookie ?? null;
	const viewer = await options.viewerOf(cookie).catch(() => null);
	const address = peerAddress(request, options.trustProxy ?? false);
	wss.handleUpgrade(request, socket, head, (ws) => welcome(ws, { account: viewer?.address.toLowerCase() ?? null, cookie, address }));
}
