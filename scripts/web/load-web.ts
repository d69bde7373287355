import type { IncomingMessage, ServerResponse } from 'node:http';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** Renders pages and serves their assets. */
export type WebHandler = (request: IncomingMessage, response: ServerResponse) => void;

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const PROTOCOL_HEADER = 'x-kaishi-protocol';

/**
 * The built web as a request handler. It would take every request for https and then refuse posts as foreign;
 * so each request is told the scheme that people really use, whatever the client claims.
 * @param publicUrl the origin people see.
 */
export async function loadBuiltWeb(publicUrl: string): Promise<WebHandler> {
	process.env.PROTOCOL_HEADER = PROTOCOL_HEADER;
	const file = pathToFileURL(join(root, 'web/build/handler.js')).href;
	const { handler } = (await import(file)) as { handler: WebHandler };
	return withProtocol(publicUrl, handler);
}

export function withProtocol(publicUrl: string, handler: WebHandler): WebHandler {
	const scheme = new URL(publicUrl).protocol.replace(':', '');
	return (request, response) => {
		request.headers[PROTOCOL_HEADER] = scheme;
		handler(request, response);
	};
}
