import type { BrowserContext, Page } from '@playwright/test';

/** What the clock in the picture told of the frames that a page showed. */
export interface Glass {
	/** Lens to glass in milliseconds, one per frame that could be read. */
	latenciesMs: number[];
	/** How many of them were filmed since the moment that was asked for. */
	fresh: number;
	/** Frames shown whose clock was not readable. */
	unreadable: number;
	/** The longest that the page showed the same frame, ms. */
	longestStillMs: number;
	width: number;
	height: number;
}

/**
 * Gives everybody in `context` a camera that films a clock: the millisecond of drawing stands in the top of each picture as two
 * rows of 16 dark or light fields, so that whoever sees the picture can tell how old it is. The browser's own (fake) camera is asked
 * first, so permissions and policies count as they do for people.
 */
export async function giveClockCamera(context: BrowserContext, size = { width: 640, height: 360, framesPerSecond: 30 }): Promise<void> {
	await context.grantPermissions(['camera', 'microphone']);
	await context.addInitScript(filmClock, size);
}

/** When a look may end early: so many frames were read that were filmed after `sinceMs`, Unix milliseconds. */
export interface Enough {
	frames: number;
	sinceMs: number;
}

/** Watches the page's live video for a while, or until it has seen enough, and reads the clock in every frame it shows. */
export const watchGlass = (page: Page, forMs: number, enough: Enough = { frames: Number.MAX_SAFE_INTEGER, sinceMs: 0 }): Promise<Glass> =>
	page.evaluate(readGlass, { forMs, enough });

/** Runs in the page. Fields: 24 bits of milliseconds, low first, 1 free, 7 of a check sum. */
function filmClock({ width, height, framesPerSecond }: { width: number; height: number; framesPerSecond: number }): void {
	const devices = navigator.mediaDevices;
	if (!devices) return;
	const draw = (picture: CanvasRenderingContext2D) => {
		const milliseconds = Date.now() % 2 ** 24;
		let sum = 0;
		for (let bit = 0; bit < 24; bit += 6) sum ^= Math.floor(milliseconds / 2 ** bit) & 63;
		sum = sum * 2 + 1;
		picture.fillStyle = '#446';
		picture.fillRect(0, 0, width, height);
		picture.fillStyle = '#f80';
		picture.fillRect((milliseconds / 4) % width, height * 0.8, 40, 30);
		picture.fillStyle = '#0f0';
		picture.font = '40px sans-serif';
		picture.fillText(String(milliseconds), 20, height * 0.6);
		for (let field = 0; field < 32; field++) {
			const light = field < 24 ? Math.floor(milliseconds / 2 ** field) & 1 : (sum >> (field - 25)) & 1;
			picture.fillStyle = light && field !== 24 ? '#fff' : '#000';
			picture.fillRect(((field % 16) * width) / 16, field < 16 ? 0 : height / 8, width / 16, height / 8);
		}
	};
	const film = (): MediaStreamTrack => {
		const canvas = document.createElement('canvas');
		Object.assign(canvas, { width, height });
		const picture = canvas.getContext('2d') as CanvasRenderingContext2D;
		draw(picture);
		const timer = setInterval(() => draw(picture), 1000 / framesPerSecond);
		const track = canvas.captureStream(framesPerSecond).getVideoTracks()[0] as MediaStreamTrack;
		const stop = track.stop.bind(track);
		track.stop = () => {
			clearInterval(timer);
			stop();
		};
		return track;
	};
	// for pages that are a camera themselves
	Object.assign(window, { filmClockTrack: film });
	const ask = devices.getUserMedia.bind(devices);
	devices.getUserMedia = async (constraints) => {
		const stream = await ask(constraints);
		for (const track of stream.getVideoTracks()) {
			track.stop();
			stream.removeTrack(track);
			stream.addTrack(film());
		}
		return stream;
	};
}

/** Runs in the page. */
function readGlass({ forMs, enough }: { forMs: number; enough: Enough }): Promise<Glass> {
	const video = document.querySelector<HTMLVideoElement>('[data-live-player] video');
	if (!video) throw new Error('no live video on this page');
	const strip = document.createElement('canvas').getContext('2d', { willReadFrequently: true }) as CanvasRenderingContext2D;
	const glass: Glass = { latenciesMs: [], fresh: 0, unreadable: 0, longestStillMs: 0, width: 0, height: 0 };
	const read = (): number | null => {
		const { videoWidth: width, videoHeight: height } = video;
		Object.assign(strip.canvas, { width, height: 2 });
		Object.assign(glass, { width, height });
		for (const row of [0, 1]) strip.drawImage(video, 0, Math.floor(((row * 2 + 1) * height) / 16), width, 1, 0, row, width, 1);
		const { data } = strip.getImageData(0, 0, width, 2);
		const lightAt = (field: number) => {
			const [row, column] = [Math.floor(field / 16), field % 16];
			const middle = row * width + Math.floor(((column + 0.5) * width) / 16);
			return (data[middle * 4 + 1] ?? 0) > 127 ? 1 : 0;
		};
		let [milliseconds, told, sum] = [0, 0, 0];
		for (let field = 0; field < 24; field++) milliseconds += lightAt(field) * 2 ** field;
		for (let field = 25; field < 32; field++) told |= lightAt(field) << (field - 25);
		for (let bit = 0; bit < 24; bit += 6) sum ^= Math.floor(milliseconds / 2 ** bit) & 63;
		if (((sum * 2 + 1) & 127) !== told) return null;
		return ((Date.now() % 2 ** 24) - milliseconds + 2 ** 24) % 2 ** 24;
	};
	return new Promise((resolve) => {
		let shownAt = performance.now();
		let running = true;
		const onframe = () => {
			if (!running) return;
			const latency = read();
			if (latency === null) glass.unreadable++;
			else {
				glass.latenciesMs.push(latency);
				if (Date.now() - latency > enough.sinceMs) glass.fresh++;
			}
			glass.longestStillMs = Math.max(glass.longestStillMs, performance.now() - shownAt);
			shownAt = performance.now();
			if (glass.fresh >= enough.frames) finish();
			else video.requestVideoFrameCallback(onframe);
		};
		const finish = () => {
			running = false;
			glass.longestStillMs = Math.max(glass.longestStillMs, performance.now() - shownAt);
			resolve(glass);
		};
		video.requestVideoFrameCallback(onframe);
		setTimeout(finish, forMs);
	});
}

/** The value below which `share` of them lie. */
export function percentile(values: readonly number[], share: number): number {
	const sorted = values.toSorted((one, other) => one - other);
	return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
