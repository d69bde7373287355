import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { TokenVerifier } from 'livekit-server-sdk';

export const LIVEKIT_KEY = 'devkey';
export const LIVEKIT_SECRET = 'a-secret-of-at-least-thirty-two-bytes';

interface Asked {
	name?: string;
	room?: string;
	roomName?: string;
	identity?: string;
	ingressId?: string;
	egressId?: string;
	inputType?: string;
	stream?: { urls: string[] };
	streamOutputs?: { urls: string[] }[];
	trackSid?: string;
	muted?: boolean;
}
export interface TestParticipant {
	identity: string;
	tracks: { sid: string; type: 'VIDEO' | 'AUDIO'; width?: number; height?: number; muted?: boolean; layers?: object[] }[];
}

/** The part of a LiveKit server's API that rooms are managed by, with who may call what: for tests where none runs. It carries no picture. */
export class TestLiveKitApi {
	readonly rooms = new Map<string, Map<string, TestParticipant>>();
	readonly ingresses = new Map<string, { roomName: string; inputType: string }>();
	readonly egresses = new Map<string, { roomName: string; urls: string[] }>();
	#last = 0;

	answer(method: string, asked: Asked): object | null {
		const { name = '', roomName = '', ingressId = '', egressId = '' } = asked;
		if (method === 'CreateRoom') {
			if (!this.rooms.has(name)) this.rooms.set(name, new Map());
			return { name };
		}
		if (method === 'CreateIngress') {
			this.ingresses.set(`in-${++this.#last}`, { roomName, inputType: asked.inputType ?? 'RTMP_INPUT' });
			return this.#ingress(`in-${this.#last}`);
		}
		if (method === 'ListIngress') return { items: [...this.ingresses].filter(([, of]) => of.roomName === roomName).map(([id]) => this.#ingress(id)) };
		if (method === 'DeleteIngress') return this.ingresses.delete(ingressId) ? {} : null;
		if (method === 'StartRoomCompositeEgress') {
			const urls = asked.stream?.urls ?? asked.streamOutputs?.[0]?.urls ?? [];
			this.egresses.set(`eg-${++this.#last}`, { roomName, urls });
			return { egressId: `eg-${this.#last}`, roomName, status: 'EGRESS_STARTING' };
		}
		if (method === 'ListEgress') {
			const running = [...this.egresses].filter(([, of]) => of.roomName === roomName);
			return { items: running.map(([id]) => ({ egressId: id, roomName, status: 'EGRESS_ACTIVE' })) };
		}
		if (method === 'StopEgress') return this.egresses.delete(egressId) ? { egressId } : null;
		return this.#inRoom(method, asked);
	}

	#inRoom(method: string, { room: name = '', identity = '', trackSid, muted }: Asked): object | null {
		const room = this.rooms.get(name);
		if (!room) return null;
		if (method === 'DeleteRoom') this.rooms.delete(name);
		if (method === 'RemoveParticipant') return room.delete(identity) ? {} : null;
		if (method === 'MutePublishedTrack') {
			const track = room.get(identity)?.tracks.find(({ sid }) => sid === trackSid);
			if (track) track.muted = muted ?? false;
			return track ? { track } : null;
		}
		return method === 'ListParticipants' ? { participants: [...room.values()] } : {};
	}

	#ingress(ingressId: string): object {
		return { ingressId, inputType: this.ingresses.get(ingressId)?.inputType, url: 'rtmp://livekit.example/x', streamKey: `key of ${ingressId}` };
	}
}

/** Serves it to whoever signs as the market does. */
export async function openTestLiveKitApi(): Promise<{ url: string; api: TestLiveKitApi; close(): Promise<void> }> {
	const api = new TestLiveKitApi();
	const verifier = new TokenVerifier(LIVEKIT_KEY, LIVEKIT_SECRET);
	const server = createServer(async (request, response) => {
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk as Buffer);
		const grants = await verifier.verify(request.headers.authorization?.replace('Bearer ', '') ?? '').catch(() => null);
		const method = request.url?.split('/').at(-1) ?? '';
		const answer = grants?.video && api.answer(method, JSON.parse(Buffer.concat(chunks).toString()) as Asked);
		const status = answer ? 200 : grants ? 404 : 401;
		const refusal = { code: grants ? 'not_found' : 'unauthenticated', msg: '' };
		response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(answer ?? refusal));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return { url: `ws://127.0.0.1:${port}`, api, close: () => new Promise((resolve) => server.close(() => resolve())) };
}
