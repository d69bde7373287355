import { request } from 'node:http';
import type { Context } from 'hono';
import { ADDRESS_HEADER } from './whip-door.ts';

const PATIENCE_MS = 10_000;
const ANSWER_HEADERS = ['content-type', 'location', 'allow', 'retry-after', 'www-authenticate'];

/** Has the stage answer a request of an encoder's. `socketPath`: where the stage listens; `address`: whom limits count. */
export async function relayWhip(socketPath: string, c: Context, address: string): Promise<Response> {
	const { method } = c.req;
	const body = method === 'DELETE' ? '' : await c.req.text();
	const headers = { authorization: c.req.header('authorization') ?? '', 'content-length': Buffer.byteLength(body), [ADDRESS_HEADER]: address };
	return new Promise((resolve, reject) => {
		const asked = request({ socketPath, path: c.req.path.replace(/^\/api\/live/, ''), method, headers, timeout: PATIENCE_MS }, (answer) => {
			const chunks: Buffer[] = [];
			answer.on('data', (chunk: Buffer) => chunks.push(chunk));
			answer.on('error', reject);
			answer.on('end', () => {
				const known = ANSWER_HEADERS.flatMap((name) => (typeof answer.headers[name] === 'string' ? [[name, answer.headers[name]] as [string, string]] : []));
				resolve(new Response(Buffer.concat(chunks), { status: answer.statusCode ?? 502, headers: known }));
			});
		});
		asked.on('timeout', () => asked.destroy(new Error('the stage does not answer')));
		asked.on('error', reject);
		asked.end(body);
	});
}
