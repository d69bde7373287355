import type { Socket } from 'node:net';
import { AUDIO_ONLY, watcherMessage } from '@kaishi/protocol/live';
import type { WebSocket } from 'ws';
import { parseMessage } from '../../platform/socket/parse-message.ts';
import { ByteRate } from './byte-rate.ts';
import type { LiveStream } from './live-stream.ts';
import { Watcher } from './watcher.ts';

const NORMAL = 1000;
const POLICY_VIOLATION = 1008;
const WISHES_PER_SECOND = 2;

export interface WatchSocketParts {
	ws: WebSocket;
	/** Below `ws`: messages that all share are written to it as they are. */
	socket: Socket;
	stream: LiveStream;
	/** With the rendition asked for. */
	url: string;
}

/** One who watches a show. */
export function openWatchSocket({ ws, socket, stream, url }: WatchSocketParts): void {
	const watcher = new Watcher(socket, wantedIn(url), {
		renditions: () => stream.views(),
		startedAtMs: () => stream.startedAtMs,
		close: () => ws.close(NORMAL, 'ended'),
		terminate: () => ws.terminate(),
	});
	const wishes = new ByteRate(WISHES_PER_SECOND);
	stream.addWatcher(watcher);
	ws.on('message', (data, isBinary) => {
		const wish = isBinary || !wishes.take(1) ? null : parseMessage(watcherMessage, String(data));
		if (!wish) return ws.close(POLICY_VIOLATION, 'not a wish');
		watcher.wanted = wish.rendition;
		stream.place(watcher);
	});
	ws.on('close', () => {
		stream.removeWatcher(watcher);
	});
}

function wantedIn(url: string): number {
	const wanted = Number(new URL(url, 'http://stage').searchParams.get('rendition') ?? '0');
	return Number.isInteger(wanted) && wanted >= AUDIO_ONLY && wanted <= 3 ? wanted : 0;
}
