import { request } from 'node:http';
import { Readable } from 'node:stream';

/** Asks the stage for a playlist or a part, and passes its answer on. `socketPath`: where the stage listens. */
export function relayHls(socketPath: string, path: string): Promise<Response> {
	return new Promise((resolve, reject) => {
		const asked = request({ socketPath, path, timeout: 15_000 }, (answer) => {
			const status = answer.statusCode ?? 502;
			const headers = new Headers();
			for (const name of ['content-type', 'content-length', 'cache-control']) {
				const value = answer.headers[name];
				if (typeof value === 'string') headers.set(name, value);
			}
			resolve(new Response(Readable.toWeb(answer) as ReadableStream, { status, headers }));
		});
		asked.on('timeout', () => asked.destroy(new Error('the stage does not answer')));
		asked.on('error', reject);
		asked.end();
	});
}
