import { Agent, request } from 'node:http';
import { Readable } from 'node:stream';
import { Refusal } from '@kaishi/protocol/platform/errors';
import { LOCAL } from '../../platform/http/peer-address.ts';

/** Requests that wait for a part which is not there yet: of one address, and of everybody. A player has one or two for each track. */
const PARKED = { perAddress: 20, all: 2000 };
const MAX_CONNECTIONS = 2500;
const PART = /\d\.\d{1,6}\.m4s$/;

const agent = new Agent({ keepAlive: true, maxSockets: MAX_CONNECTIONS });

/** Whether the stage may keep a question for a path with its query until there is something to say. */
export const mayWait = (path: string): boolean => path.includes('_HLS_msn=') || PART.test(path);

/** Takes a place for a request that waits, and returns what gives it back; refuses when there is none. */
export function createParking(): (address: string) => () => void {
	const byAddress = new Map<string, number>();
	let all = 0;
	return (address) => {
		const parked = byAddress.get(address) ?? 0;
		if (all >= PARKED.all || (address !== LOCAL && parked >= PARKED.perAddress)) {
			throw new Refusal('Request_TooMany', 'tooMany', { retryAfterSeconds: '1' });
		}
		byAddress.set(address, parked + 1);
		all++;
		return () => {
			all--;
			const left = (byAddress.get(address) ?? 1) - 1;
			if (left > 0) byAddress.set(address, left);
			else byAddress.delete(address);
		};
	};
}

/** Asks the stage for a playlist or a part, and passes its answer on. `socketPath`: where the stage listens; `signal`: nobody waits any more. */
export function relayHls(socketPath: string, path: string, signal: AbortSignal): Promise<Response> {
	return new Promise((resolve, reject) => {
		const asked = request({ socketPath, path, agent, signal, timeout: 15_000 }, (answer) => {
			const status = answer.statusCode ?? 502;
			const headers = new Headers();
			for (const name of ['content-type', 'content-length', 'cache-control']) {
				const value = answer.headers[name];
				if (typeof value === 'string') headers.set(name, value);
			}
			resolve(new Response(Readable.toWeb(answer) as ReadableStream, { status, headers }));
		});
		asked.on('timeout', () => asked.destroy(new Error('the stage does not answer')));
		// Whoever has left hears nothing of it, and nobody is to be told.
		asked.on('error', (error) => reject(signal.aborted ? new Refusal('Request_TooMany', 'unavailable') : error));
		asked.end();
	});
}
