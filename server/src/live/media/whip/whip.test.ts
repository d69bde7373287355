import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Hono } from 'hono';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { MediaStreamTrack, RTCPeerConnection, RtpHeader, RtpPacket, useH264, useOPUS } from 'werift';
import { StageClient } from '../../stage/stage-client.ts';
import { EmbeddedEngine } from '../embedded-engine.ts';
import { LiveStream } from '../live-stream.ts';
import { X264_AVCC } from '../rtmp/test-encoder.ts';
import type { StreamEvent } from '../stream-source.ts';
import { createTickets } from '../tickets.ts';
import { H264Assembler } from './h264-assembler.ts';
import { WhipDoor } from './whip-door.ts';
import { relayWhip } from './whip-relay.ts';

const SHOW = '00112233445566aa';
const KEY = `${SHOW}-good`;
const PATIENCE = { timeout: 45_000 };
const SPS = X264_AVCC.subarray(8, 8 + X264_AVCC.readUInt16BE(6));
const PPS = X264_AVCC.subarray(8 + SPS.length + 3);

let server: Server;
let door: WhipDoor;
let stream: LiveStream;
let events: StreamEvent[];
let keys: string[];
let peers: RTCPeerConnection[];

beforeEach(async () => {
	[events, keys, peers] = [[], [KEY], []];
	stream = new LiveStream({ patienceMs: 60_000, recorder: null, onEvent: (event) => events.push(event) });
	door = new WhipDoor({ ports: [42_000, 42_200], address: null }, (key) => (keys.includes(key) ? { stream, account: '0xhost' } : null));
	server = createServer((request, response) => door.take(request, response) || response.writeHead(404).end()).listen(0, '127.0.0.1');
	await once(server, 'listening');
});
afterEach(async () => {
	door.close();
	stream.end('closed');
	for (const peer of peers) await peer.close();
	server.close();
});

const ask = (method: string, path: string, body?: string, key = KEY) =>
	fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, {
		method,
		headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/sdp' },
		...(body === undefined ? {} : { body }),
	});

/** A WebRTC client that really connects, with what it sends. */
async function openSender() {
	const [picture, sound] = [new MediaStreamTrack({ kind: 'video' }), new MediaStreamTrack({ kind: 'audio' })];
	const peer = new RTCPeerConnection({ codecs: { video: [useH264()], audio: [useOPUS()] }, iceServers: [], iceAdditionalHostAddresses: ['127.0.0.1'] });
	peers.push(peer);
	const video = peer.addTransceiver(picture, { direction: 'sendonly' });
	peer.addTransceiver(sound, { direction: 'sendonly' });
	let keysAsked = 0;
	video.sender.onPictureLossIndication.subscribe(() => keysAsked++);
	await peer.setLocalDescription(await peer.createOffer());
	await vi.waitFor(() => expect(peer.iceGatheringState).toBe('complete'), PATIENCE);
	let sequence = 65_500;
	const rtp = (track: MediaStreamTrack, timestamp: number, payload: Buffer, marker: boolean) =>
		track.writeRtp(new RtpPacket(new RtpHeader({ sequenceNumber: sequence++ & 0xffff, timestamp, marker, payloadType: 96, ssrc: 1 }), payload));
	return {
		peer,
		offer: peer.localDescription?.sdp ?? '',
		keysAsked: () => keysAsked,
		picture(i: number, isKey: boolean) {
			const slice = Buffer.alloc(3000, i);
			if (isKey) for (const unit of [SPS, PPS]) rtp(picture, i * 3000, unit, false);
			for (const [at, mark] of [
				[0, 0x80],
				[1000, 0],
				[2000, 0x40],
			] as const)
				rtp(picture, i * 3000, Buffer.concat([Buffer.from([0x60 | 28, mark | (isKey ? 5 : 1)]), slice.subarray(at, at + 1000)]), mark === 0x40);
		},
		sound: (i: number) => rtp(sound, i * 960, Buffer.alloc(80, i), true),
	};
}

async function connect() {
	const sender = await openSender();
	const answer = await ask('POST', `/${SHOW}/whip`, sender.offer);
	expect(answer.status).toBe(201);
	await sender.peer.setRemoteDescription({ type: 'answer', sdp: await answer.text() });
	await vi.waitFor(() => expect(sender.peer.connectionState).toBe('connected'), PATIENCE);
	return { ...sender, location: answer.headers.get('location')?.replace('/api/live', '') ?? '' };
}

test('default: what a WebRTC client sends is the show’s picture and sound, until it says goodbye', async () => {
	const sender = await connect();
	let sent = 0;
	const sending = setInterval(() => {
		sender.picture(sent, sent % 30 === 0);
		sender.sound(sent++);
	}, 33);
	await vi.waitFor(() => expect(stream.renditions.get(0)?.lane.group.length).toBeGreaterThanOrEqual(10), PATIENCE);
	const lane = stream.renditions.get(0)?.lane;
	expect(lane?.mime).toBe('video/mp4; codecs="avc1.64001e,opus"');
	expect(lane?.video).toMatchObject({ width: 640, height: 360 });
	expect(events).toMatchObject([{ type: 'started' }]);
	stream.source?.requestKey(0);
	await vi.waitFor(() => expect(sender.keysAsked()).toBeGreaterThan(0), PATIENCE);
	expect((await ask('PATCH', sender.location, 'a=candidate:x')).status).toBe(405);
	expect((await ask('DELETE', sender.location, undefined, 'other')).status).toBe(401);
	expect((await ask('DELETE', sender.location)).status).toBe(200);
	clearInterval(sending);
	expect(stream.source).toBeNull();
	expect(events.at(-1)?.type).toBe('away');
});

test('behavior: a key that opens nothing any more ends who came in by it', async () => {
	const sender = await connect();
	const sending = setInterval(() => sender.picture(0, true), 33);
	await vi.waitFor(() => expect(stream.source).not.toBeNull(), PATIENCE);
	keys = [];
	door.recheck();
	clearInterval(sending);
	expect(stream.source).toBeNull();
	expect((await ask('POST', `/${SHOW}/whip`, sender.offer)).status).toBe(401);
});

test('behavior: the same on a stage of its own, through the market’s own door', async () => {
	const stage = new StageClient({ rtmp: null, whip: { ports: [42_000, 42_200], address: null }, onMedia: () => undefined, onError: () => undefined });
	const tickets = createTickets(`0x${'42'.repeat(32)}`);
	const engine = new EmbeddedEngine({
		stage,
		tickets,
		directory: '',
		maxRecordingBytes: 0,
		rtmpHost: '',
		hasRtmp: false,
		whipOrigin: 'https://market.example',
		patienceSeconds: 60,
	});
	await engine.open({ showId: SHOW, host: '0xhost', record: false, keyGeneration: 0 });
	const { url, key = '' } = await engine.publishTicket(SHOW, '0xhost', 'whip');
	expect(url).toBe(`https://market.example/api/live/${SHOW}/whip`);
	const { socketPath } = await stage.whereabouts();
	const market = new Hono().all('/api/live/:show/whip/:session?', (c) => relayWhip(socketPath, c, 'someone'));
	const sender = await openSender();
	const post = (token: string) =>
		market.request(`/api/live/${SHOW}/whip`, { method: 'POST', headers: { Authorization: `Bearer ${token}` }, body: sender.offer });
	expect((await post(`${SHOW}-guessed`)).status).toBe(401);
	const answer = await post(key);
	expect(answer.status).toBe(201);
	await sender.peer.setRemoteDescription({ type: 'answer', sdp: await answer.text() });
	let sent = 0;
	const sending = setInterval(() => sender.picture(sent, sent++ % 30 === 0), 33);
	await vi.waitFor(async () => expect(await engine.health(SHOW)).toMatchObject({ live: true, renditions: [{ id: 0, height: 360 }] }), PATIENCE);
	const location = answer.headers.get('location') ?? '';
	expect((await market.request(location, { method: 'DELETE', headers: { Authorization: `Bearer ${key}` } })).status).toBe(200);
	await vi.waitFor(async () => expect(await engine.health(SHOW)).toMatchObject({ live: false }), PATIENCE);
	clearInterval(sending);
	await stage.end();
});

test('behavior: one address has a few places, not all of them', async () => {
	const sender = await openSender();
	const statuses: number[] = [];
	for (let i = 0; i < 6; i++) statuses.push((await ask('POST', `/${SHOW}/whip`, sender.offer)).status);
	expect(statuses).toEqual([201, 201, 201, 201, 503, 503]);
});

test('error: no key, another show’s, no offer, one without a codec of ours, and one of a megabyte', async () => {
	expect((await ask('POST', `/${SHOW}/whip`, 'v=0', 'nothing')).status).toBe(401);
	expect((await ask('POST', '/ffffffffffffffff/whip', 'v=0')).status).toBe(401);
	expect((await ask('POST', `/${SHOW}/whip`, 'not an offer')).status).toBe(400);
	const { offer } = await openSender();
	expect((await ask('POST', `/${SHOW}/whip`, offer.replaceAll('H264', 'VP8').replaceAll('OPUS', 'PCMU'))).status).toBe(400);
	expect((await ask('POST', `/${SHOW}/whip`, `v=0\r\n${'a=x\r\n'.repeat(200_000)}`).catch(() => ({ status: 400 }))).status).toBe(400);
	expect(stream.source).toBeNull();
});

test('behavior: packets that come in another order give the same picture; a lost one costs the pictures up to the next key', () => {
	const pictures: number[] = [];
	let asked = 0;
	const assembler = new H264Assembler(
		10_000,
		({ timestamp }) => pictures.push(timestamp),
		() => asked++,
	);
	const piece = (sequence: number, timestamp: number, type: number) => ({
		sequence: sequence & 0xffff,
		timestamp,
		isLast: true,
		payload: Buffer.from([0x60 | type, 0, 0]),
	});
	for (const sequence of [65_534, 65_536, 65_535, 65_537]) assembler.push(piece(sequence, sequence, sequence === 65_534 ? 5 : 1));
	expect(pictures).toEqual([65_534, 65_535, 65_536, 65_537]);
	for (let sequence = 65_539; sequence < 65_539 + 80; sequence++) assembler.push(piece(sequence, sequence, sequence === 65_600 ? 5 : 1));
	expect(pictures.slice(4)[0]).toBe(65_600);
	expect(asked).toBeGreaterThan(0);
	assembler.push({ ...piece(65_619, 65_619, 5), payload: Buffer.alloc(20_000, 0x65) });
	assembler.push(piece(65_620, 65_620, 1));
	expect(pictures.at(-1)).toBe(65_618);
});
