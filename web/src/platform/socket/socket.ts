import type { ClientMessage, ServerMessage } from '@kaishi/protocol/platform/socket';

type Listener = (message: ServerMessage) => void;

const listeners = new Map<string, Set<Listener>>();
let socket: WebSocket | null = null;
let attempts = 0;
let reconnect: ReturnType<typeof setTimeout> | undefined;
/** When what the page shows was asked for at the earliest, on its own clock: 0 is the beginning of the document. */
let askedAt = 0;

/** Somebody goes to another page: its data is asked for from now on. */
export function noteNavigation(): void {
	askedAt = performance.now();
}

/** What happened between the data and the first listening would be missed for good. */
const ageMs = () => Math.ceil(performance.now() - askedAt);

const say = (message: ClientMessage) => {
	if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
};

/** 1 s, 2 s, 4 s … 30 s, each shortened by up to a half so that a whole audience doesn't come back at once. */
function backoffMs(attempt: number): number {
	const [random = 0] = crypto.getRandomValues(new Uint16Array(1));
	return Math.min(30_000, 1000 * 2 ** attempt) * (1 - random / 0x1ffff);
}

function connect() {
	clearTimeout(reconnect);
	if (socket || listeners.size === 0) return;
	const url = new URL('/api/socket', location.href);
	url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
	const opening = new WebSocket(url);
	socket = opening;
	opening.onopen = () => {
		say({ subscribe: [...listeners.keys()], ...(attempts === 0 ? { ageMs: ageMs() } : {}) });
		// Whatever happened while away is unknown: everything watched is asked for again.
		if (attempts > 0) for (const topic of listeners.keys()) tell({ topic, block: '', event: '' });
		attempts = 0;
	};
	opening.onmessage = (event: MessageEvent<string>) => tell(JSON.parse(event.data) as ServerMessage);
	opening.onclose = () => {
		socket = null;
		if (listeners.size > 0) reconnect = setTimeout(connect, backoffMs(attempts++));
	};
}

function tell(message: ServerMessage) {
	for (const listener of listeners.get(message.topic) ?? []) listener(message);
}

/**
 * Hears when the topic `name` changed on the chain; news, not data, so ask again. One connection serves every topic.
 * @returns how to stop listening.
 */
export function subscribe(name: string, listener: Listener): () => void {
	// Addresses may come with capitals; the server speaks of them in lower case.
	const topic = name.toLowerCase();
	const known = listeners.get(topic) ?? new Set<Listener>();
	if (!listeners.has(topic)) {
		listeners.set(topic, known);
		say({ subscribe: [topic], ageMs: ageMs() });
	}
	known.add(listener);
	connect();
	return () => {
		known.delete(listener);
		if (known.size > 0) return;
		listeners.delete(topic);
		say({ unsubscribe: [topic] });
		if (listeners.size === 0) socket?.close();
	};
}
