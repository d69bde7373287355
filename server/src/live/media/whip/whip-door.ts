import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RTCPeerConnection } from 'werift';
import type { LiveStream } from '../live-stream.ts';
import { isSame } from '../tickets.ts';
import { WhipSession } from './whip-session.ts';

export interface WhipOptions {
	/** UDP, first and last. */
	ports: [number, number];
	/** What encoders reach us by, where that is none of our own addresses; null: they are. */
	address: string | null;
}

/** The show that a stream key opens. */
export type OpenByKey = (key: string) => { stream: LiveStream; account: string } | null;

const PATH = /^\/([0-9a-f]{16})\/whip(?:\/([0-9a-f-]{36}))?$/;
/** Each costs the stage some five hundredths of a core. */
const MAX_SESSIONS = 20;
const MAX_PER_ADDRESS = 4;
const MAX_OFFER_BYTES = 64 * 1024;
const GATHER_MS = 3000;
/** The market's own word on who asks. */
export const ADDRESS_HEADER = 'x-kaishi-address';

/** WebRTC-HTTP ingestion (RFC 9725): an offer comes in, an answer goes out, and pictures follow by UDP. The library is loaded with the first good key. */
export class WhipDoor {
	readonly #options: WhipOptions;
	readonly #open: OpenByKey;
	readonly #sessions = new Map<WhipSession, string>();
	/** Sessions that are being made. */
	#begun = 0;

	constructor(options: WhipOptions, open: OpenByKey) {
		[this.#options, this.#open] = [options, open];
	}

	/** False: not for this door. */
	take(request: IncomingMessage, response: ServerResponse): boolean {
		const [, showId, id] = PATH.exec(request.url ?? '') ?? [];
		if (!showId) return false;
		this.#answer(showId, id ?? null, request, response).catch(() => send(response, 400));
		return true;
	}

	/** Ends those whose key opens nothing any more. */
	recheck(): void {
		for (const session of this.#sessions.keys()) if (!this.#open(session.key)) session.close('this key opens nothing any more');
	}

	close(): void {
		for (const session of [...this.#sessions.keys()]) session.close('ended');
	}

	async #answer(showId: string, id: string | null, request: IncomingMessage, response: ServerResponse): Promise<void> {
		const key = /^Bearer (\S{1,200})$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
		// Nothing is read or made for who has no key.
		const show = key.startsWith(`${showId}-`) ? this.#open(key) : null;
		if (!show || show.stream.state === 'ended') return send(response, 401, { 'WWW-Authenticate': 'Bearer' });
		if (id !== null) return this.#change(id, key, request, response);
		if (request.method !== 'POST') return send(response, 405, { Allow: 'POST' });
		const address = String(request.headers[ADDRESS_HEADER] ?? '');
		const ofAddress = [...this.#sessions.values()].filter((one) => one === address).length;
		if (this.#sessions.size + this.#begun >= MAX_SESSIONS || ofAddress >= MAX_PER_ADDRESS) return send(response, 503, { 'Retry-After': '30' });
		this.#begun++;
		try {
			const { session, answer } = await this.#begin(await readOffer(request), { ...show, key }, address);
			send(response, 201, { 'Content-Type': 'application/sdp', Location: `/api/live/${showId}/whip/${session.id}` }, answer);
		} finally {
			this.#begun--;
		}
	}

	#change(id: string, key: string, request: IncomingMessage, response: ServerResponse): void {
		const session = [...this.#sessions.keys()].find((one) => one.id === id);
		if (!session || !isSame(key, session.key)) send(response, 404);
		// All candidates stand in the offer and in the answer (RFC 9725, 4.3): nothing trickles in later.
		else if (request.method !== 'DELETE') send(response, 405, { Allow: 'DELETE' });
		else {
			session.close('ended');
			send(response, 200);
		}
	}

	async #begin(sdp: string, show: { stream: LiveStream; account: string; key: string }, address: string): Promise<{ session: WhipSession; answer: string }> {
		const { RTCPeerConnection, useH264, useOPUS } = await import('werift');
		const peer = new RTCPeerConnection({
			codecs: { video: [useH264()], audio: [useOPUS()] },
			iceServers: [],
			icePortRange: this.#options.ports,
			iceAdditionalHostAddresses: ['127.0.0.1'],
			iceUseTcp: false,
			bundlePolicy: 'max-bundle',
		});
		const session = new WhipSession(peer, show, () => this.#sessions.delete(session));
		this.#sessions.set(session, address);
		try {
			await peer.setRemoteDescription({ type: 'offer', sdp });
			for (const transceiver of peer.getTransceivers()) transceiver.setDirection('recvonly');
			await peer.setLocalDescription(await peer.createAnswer());
			await gathered(peer);
			const answer = peer.localDescription?.sdp;
			if (!answer || !/^a=rtpmap:\d+ (H264|opus)\//im.test(answer)) throw new Error('nothing that can be taken');
			return { session, answer: this.#options.address === null ? answer : withAddress(answer, this.#options.address) };
		} catch (error) {
			session.close('no such offer');
			throw error;
		}
	}
}

function gathered(peer: RTCPeerConnection): Promise<void> {
	return new Promise((resolve) => {
		const late = setTimeout(resolve, GATHER_MS);
		const look = () => {
			if (peer.iceGatheringState !== 'complete') return;
			clearTimeout(late);
			resolve();
		};
		peer.iceGatheringStateChange.subscribe(look);
		look();
	});
}

/** Candidates as the world outside reaches them. */
const withAddress = (sdp: string, address: string): string => sdp.replace(/^(a=candidate:\S+ \d+ \S+ \d+ )\S+( \d+ typ host)/gm, `$1${address}$2`);

async function readOffer(request: IncomingMessage): Promise<string> {
	const chunks: Buffer[] = [];
	let bytes = 0;
	for await (const chunk of request) {
		bytes += (chunk as Buffer).length;
		if (bytes > MAX_OFFER_BYTES) throw new Error('too large');
		chunks.push(chunk as Buffer);
	}
	return Buffer.concat(chunks).toString('utf8');
}

function send(response: ServerResponse, status: number, headers: Record<string, string> = {}, body = ''): void {
	if (!response.headersSent) response.writeHead(status, headers).end(body);
}
