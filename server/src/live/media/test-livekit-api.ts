import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { TokenVerifier } from 'livekit-server-sdk';

export const LIVEKIT_KEY = 'devkey';
export const LIVEKIT_SECRET = 'a-secret-of-at-least-thirty-two-bytes';

/** The part of a LiveKit server's API that rooms are managed by: for tests where none runs. It carries no picture. */
export async function openTestLiveKitApi(): Promise<{ url: string; rooms: Map<string, Set<string>>; close(): Promise<void> }> {
	const rooms = new Map<string, Set<string>>();
	const verifier = new TokenVerifier(LIVEKIT_KEY, LIVEKIT_SECRET);
	const missing = { status: 404, body: { code: 'not_found', msg: 'no such room' } };
	const answer = (method: string, asked: { name?: string; room?: string; roomName?: string; identity?: string }) => {
		if (method === 'CreateRoom') {
			rooms.set(asked.name ?? '', rooms.get(asked.name ?? '') ?? new Set());
			return { status: 200, body: { name: asked.name } };
		}
		if (method === 'CreateIngress') return { status: 200, body: { ingressId: `in-${rooms.size}`, url: 'rtmp://livekit.example/x', streamKey: 'sk' } };
		if (method === 'DeleteIngress') return { status: 200, body: {} };
		const room = rooms.get(asked.room ?? '');
		if (!room) return missing;
		if (method === 'DeleteRoom') rooms.delete(asked.room ?? '');
		if (method === 'RemoveParticipant') return room.delete(asked.identity ?? '') ? { status: 200, body: {} } : missing;
		return { status: 200, body: { participants: [...room].map((identity) => ({ identity, tracks: [] })) } };
	};
	const server = createServer(async (request, response) => {
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk as Buffer);
		const grants = await verifier.verify(request.headers.authorization?.replace('Bearer ', '') ?? '').catch(() => null);
		const method = request.url?.split('/').at(-1) ?? '';
		const { status, body } = grants
			? answer(method, JSON.parse(Buffer.concat(chunks).toString()))
			: { status: 401, body: { code: 'unauthenticated', msg: '' } };
		response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return { url: `ws://127.0.0.1:${port}`, rooms, close: () => new Promise((resolve) => server.close(() => resolve())) };
}
