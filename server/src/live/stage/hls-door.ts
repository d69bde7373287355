import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { AUDIO_ONLY } from '@kaishi/protocol/live';
import { livePlaylist, variantsPlaylist } from '../media/hls/hls-playlist.ts';
import type { HlsWindow } from '../media/hls/hls-window.ts';
import type { LiveStream } from '../media/live-stream.ts';
import { codecsOf } from '../media/track.ts';

const PATH = /^\/([0-9a-f]{16})\/(?:(index\.m3u8)|(r\d|sound)\/(?:(live)\.m3u8|init-(\d{1,6})\.mp4|(\d{1,9})(?:\.(\d{1,6}))?\.m4s))$/;
const PLAYLIST = 'application/vnd.apple.mpegurl';
/** Parts and segments never change: a cache in front keeps them. */
const FOR_GOOD = 'public, max-age=3600, immutable';

/** Playlists, parts and segments of the shows on stage, for the market's process to pass on. `before`: whether a request is somebody else's. */
export function createHlsDoor(
	streamOf: (showId: string) => LiveStream | null,
	before: (request: IncomingMessage, response: ServerResponse) => boolean = () => false,
): Server {
	return createServer((request, response) => {
		if (before(request, response)) return;
		const gone = new AbortController();
		response.once('close', () => gone.abort());
		answer(streamOf, request, response, gone.signal).catch(() => response.destroy());
	});
}

async function answer(streamOf: (showId: string) => LiveStream | null, request: IncomingMessage, response: ServerResponse, signal: AbortSignal): Promise<void> {
	const url = new URL(request.url ?? '/', 'http://stage');
	const [, showId = '', index, lane = '', live, init, segment, part] = PATH.exec(url.pathname) ?? [];
	const stream = streamOf(showId);
	if (!stream) return send(response, 404);
	if (index) return send(response, 200, PLAYLIST, 'no-cache', variantsOf(stream));
	const window = stream.renditions.get(lane === 'sound' ? AUDIO_ONLY : Number(lane.slice(1)))?.window;
	if (!window) return send(response, 404);
	if (live) return sendPlaylist(window, url.searchParams, response, signal);
	const bytes = init ? window.init(Number(init)) : await bytesOf(window, Number(segment), part === undefined ? null : Number(part), signal);
	return bytes ? send(response, 200, 'video/mp4', FOR_GOOD, bytes) : send(response, 404);
}

async function sendPlaylist(window: HlsWindow, query: URLSearchParams, response: ServerResponse, signal: AbortSignal): Promise<void> {
	const [number, part] = [query.get('_HLS_msn'), query.get('_HLS_part')];
	const isThere = number === null || (await window.waitFor(Number(number), part === null ? null : Number(part), signal));
	if (!isThere && !window.isEnded) return send(response, 503);
	send(response, 200, PLAYLIST, 'no-cache', livePlaylist(window));
}

async function bytesOf(window: HlsWindow, number: number, part: number | null, signal: AbortSignal): Promise<Buffer | null> {
	// The part that a playlist hinted at: whoever asks early gets it as soon as it is there.
	if (part !== null) await window.waitFor(number, part, signal);
	const segment = window.segment(number);
	if (part !== null) return segment?.parts[part]?.bytes ?? null;
	return segment?.isWhole ? Buffer.concat(segment.parts.map(({ bytes }) => bytes)) : null;
}

function variantsOf(stream: LiveStream): string {
	const views = stream.views();
	const ids = views.length > 0 ? views.map(({ id }) => id) : [...stream.renditions.keys()];
	const variants = ids
		.sort((a, b) => (a === AUDIO_ONLY ? 1 : b === AUDIO_ONLY ? -1 : a - b))
		.flatMap((id) => {
			const rendition = stream.renditions.get(id);
			if (!rendition) return [];
			const { video, audio } = rendition.lane;
			const name = id === AUDIO_ONLY ? 'sound' : `r${id}`;
			return [{ name, codecs: codecsOf(video, audio), bitsPerSecond: rendition.kbps * 1000, size: video }];
		});
	return variantsPlaylist(variants);
}

function send(response: ServerResponse, status: number, type?: string, cache?: string, body: string | Buffer = ''): void {
	response.writeHead(status, { ...(type ? { 'Content-Type': type } : {}), 'Cache-Control': cache ?? 'no-store', 'Content-Length': Buffer.byteLength(body) });
	response.end(body);
}
