import { createServer, type Server } from 'node:net';
import { countedAddress, LOCAL } from '../../../platform/http/peer-address.ts';
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
/** Who has shown no key yet takes no place of who has. */
const MAX_UNKEYED = 100;
const MAX_UNKEYED_PER_ADDRESS = 5;

/** Rejects when the port is taken. `keyMs`: how long one may take to show a key. */
export async function openRtmpDoor({ host, port, keyMs }: { host: string; port: number; keyMs?: number }, open: OpenByKey): Promise<RtmpDoor> {
	const sessions = new Map<RtmpSession, string>();
	const attempt = createRateLimiter(ATTEMPTS);
	const server: Server = createServer((socket) => {
		socket.on('error', () => undefined);
		const address = countedAddress(undefined, socket.remoteAddress, false);
		if (!hasPlace(sessions, address) || !passes(attempt, address)) {
			socket.destroy();
			return;
		}
		const session = new RtmpSession(socket, open, keyMs);
		sessions.set(session, address);
		socket.on('close', () => sessions.delete(session));
	});
	await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve));
	const address = server.address();
	return {
		port: typeof address === 'object' && address ? address.port : port,
		recheck() {
			for (const session of sessions.keys()) if (session.key !== null && !open(session.key)) session.close('this key opens nothing any more');
		},
		close() {
			server.close();
			for (const session of sessions.keys()) session.close('ended');
		},
	};
}

function hasPlace(sessions: ReadonlyMap<RtmpSession, string>, address: string): boolean {
	const unkeyed = [...sessions].filter(([{ key }]) => key === null);
	if (sessions.size - unkeyed.length >= MAX_SESSIONS || unkeyed.length >= MAX_UNKEYED) return false;
	return address === LOCAL || unkeyed.filter(([, of]) => of === address).length < MAX_UNKEYED_PER_ADDRESS;
}

function passes(limit: (key: string) => void, address: string): boolean {
	if (address === LOCAL) return true;
	try {
		limit(address);
		return true;
	} catch {
		return false;
	}
}
