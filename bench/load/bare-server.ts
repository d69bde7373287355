// A server that takes in requests and answers each with the same words, and nothing else: the floor under every race. Started by `openBare`.
import { type AddressInfo, createServer, type Socket } from 'node:net';

/** About as long as "sold out", with its headers and the operator's signature. */
const BODY = JSON.stringify({ error: { code: 'Catalog_SoldOut', kind: 'conflict', details: { text: 'x'.repeat(400) } } });
const ANSWER = `HTTP/1.1 409 Conflict\r\nContent-Type: application/json\r\nX-Padding: ${'x'.repeat(250)}\r\nContent-Length: ${BODY.length}\r\n\r\n${BODY}`;
const HEAD_END = Buffer.from('\r\n\r\n');
const LENGTH = /content-length: (\d+)/i;

/** Bytes of the first request in `bytes`; null while its head is incomplete. */
function lengthOf(bytes: Buffer): number | null {
	const end = bytes.indexOf(HEAD_END);
	return end < 0 ? null : end + HEAD_END.length + Number(LENGTH.exec(bytes.toString('latin1', 0, end))?.[1] ?? 0);
}

function serve(socket: Socket): void {
	let received: Buffer = Buffer.alloc(0);
	socket.on('error', () => socket.destroy());
	socket.on('data', (chunk: Buffer) => {
		received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
		for (let length = lengthOf(received); length !== null && received.length >= length; length = lengthOf(received)) {
			received = received.subarray(length);
			socket.write(ANSWER);
		}
	});
}

const server = createServer({ noDelay: true }, serve).listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.once('disconnect', () => process.exit(0));
