import { createServer, type Server } from 'node:net';
import { createRateLimiter } from '../../../platform/limits/rate-limit.ts';
import { type OpenByKey, RtmpSession } from './rtmp-session.ts';

/** A door for encoders: whoever shows a show's stream key sends its picture. */
export interface RtmpDoor {
	/** Where it really listens. */
	port: number;
	/** Ends those whose key opens nothing any more. */
	recheck(): void;
	close(): void;
}

/** Of one address: guessing keys gets nowhere anyway, this keeps it cheap for us. */
const ATTEMPTS = { burst: 20, perSecond: 0.5 };
const MAX_SESSIONS = 200;
const LOOPBACK = /^(127\.|::1$|::ffff:127\.)/;

/** Rejects when the port is taken. */
export async function openRtmpDoor({ host, port }: { host: string; port: number }, open: OpenByKey): Promise<RtmpDoor> {
	const sessions = new Set<RtmpSession>();
	const attempt = createRateLimiter(ATTEMPTS);
	const server: Server = createServer((socket) => {
		socket.on('error', () => undefined);
		if (sessions.size >= MAX_SESSIONS || !passes(attempt, socket.remoteAddress ?? '')) {
			socket.destroy();
			return;
		}
		const session = new RtmpSession(socket, open);
		sessions.add(session);
		socket.on('close', () => sessions.delete(session));
	});
	await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve));
	const address = server.address();
	return {
		port: typeof address === 'object' && address ? address.port : port,
		recheck() {
			for (const session of sessions) if (session.key !== null && !open(session.key)) session.close('this key opens nothing any more');
		},
		close() {
			server.close();
			for (const session of sessions) session.close('ended');
		},
	};
}

function passes(limit: (key: string) => void, address: string): boolean {
	if (LOOPBACK.test(address)) return true;
	try {
		limit(address);
		return true;
	} catch {
		return false;
	}
}
