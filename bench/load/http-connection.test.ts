import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { HttpConnection, readAnswer, requestBytes } from './http-connection.ts';

let server: Server | null = null;
afterEach(() => {
	server?.closeAllConnections();
	server?.close();
});

async function serve(listener: RequestListener): Promise<string> {
	const opened = createServer(listener);
	server = opened;
	await new Promise<void>((resolve) => opened.listen(0, '127.0.0.1', resolve));
	return `http://localhost:${(opened.address() as AddressInfo).port}`;
}
const portOf = (origin: string) => Number(new URL(origin).port);

test('default: asks twice over one connection and reads whole answers, in one piece or in many', async () => {
	const origin = await serve((request, response) => {
		let body = '';
		request.on('data', (chunk) => {
			body += chunk;
		});
		request.on('end', () => {
			response.setHeader('Retry-After', '3');
			if (request.url === '/chunks') {
				response.write('你好, ');
				setTimeout(() => response.end(body), 5);
			} else response.end(`${request.headers['x-forwarded-for']} ${body}`);
		});
	});
	const connection = await HttpConnection.open(portOf(origin));
	const ask = (path: string) => connection.send(requestBytes('POST', origin, path, '10.0.0.9', '"好"'));
	expect(await ask('/plain')).toEqual({ status: 200, retryAfterSeconds: 3, body: '10.0.0.9 "好"' });
	expect(await ask('/chunks')).toEqual({ status: 200, retryAfterSeconds: 3, body: '你好, "好"' });
	connection.close();
});

test('error: nobody listens, or the answer never comes', async () => {
	const origin = await serve((_, response) => response.destroy());
	const connection = await HttpConnection.open(portOf(origin));
	await expect(connection.send(requestBytes('GET', origin, '/', '10.0.0.9'))).rejects.toThrow('ended before');
	await expect(connection.send(requestBytes('GET', origin, '/', '10.0.0.9'))).rejects.toThrow('gone');
	await expect(HttpConnection.open(1)).rejects.toThrow();
});

test('behavior: an answer that is cut anywhere is not an answer yet', () => {
	for (const whole of ['HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n']) {
		for (let end = 0; end < whole.length; end++) expect(readAnswer(Buffer.from(whole.slice(0, end)))).toBeNull();
		expect(readAnswer(Buffer.from(`${whole}more`))).toMatchObject({ answer: { body: 'hello' }, length: whole.length });
	}
});
