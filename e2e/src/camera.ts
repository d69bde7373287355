import type { BrowserContext, Page } from '@playwright/test';

/** What the clock in the picture told of the frames that a page showed. */
export interface Glass {
	/** Lens to glass in milliseconds, one per frame that could be read. */
	latenciesMs: number[];
	/** Frames shown whose clock was not readable. */
	unreadable: number;
	/** The longest that the page showed the same frame, ms. */
	longestStillMs: number;
	width: number;
	height: number;
}

/**
 * Gives everybody in `context` a camera that films a clock: the millisecond of drawing stands in the top of each picture as 32
 * dark or light fields, so that whoever sees the picture can tell how old it is. The browser's own (fake) camera is asked
 * first, so permissions and policies count as they do for people.
 */
export async function giveClockCamera(context: BrowserContext, size = { width: 640, height: 360, framesPerSecond: 30 }): Promise<void> {
	await context.grantPermissions(['camera', 'microphone']);
	await context.addInitScript(filmClock, size);
}

/** Watches the page's live video for a while and reads the clock in every frame it shows. */
export const watchGlass = (page: Page, forMs: number): Promise<Glass> => page.evaluate(readGlass, forMs);

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
			picture.fillRect((field * width) / 32, 0, width / 32, height / 8);
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
function readGlass(forMs: number): Promise<Glass> {
	const video = document.querySelector<HTMLVideoElement>('[data-live-player] video');
	if (!video) throw new Error('no live video on this page');
	const strip = document.createElement('canvas').getContext('2d', { willReadFrequently: true }) as CanvasRenderingContext2D;
	const glass: Glass = { latenciesMs: [], unreadable: 0, longestStillMs: 0, width: 0, height: 0 };
	const read = (): number | null => {
		const { videoWidth: width, videoHeight: height } = video;
		Object.assign(strip.canvas, { width, height: 1 });
		Object.assign(glass, { width, height });
		strip.drawImage(video, 0, Math.floor(height / 16), width, 1, 0, 0, width, 1);
		const { data } = strip.getImageData(0, 0, width, 1);
		const lightAt = (field: number) => ((data[Math.floor(((field + 0.5) * width) / 32) * 4 + 1] ?? 0) > 127 ? 1 : 0);
		let [milliseconds, told, sum] = [0, 0, 0];
		for (let field = 0; field < 24; field++) milliseconds += lightAt(field) * 2 ** field;
		for (let field = 25; field < 32; field++) told |= lightAt(field) << (field - 25);
		for (let bit = 0; bit < 24; bit += 6) sum ^= Math.floor(milliseconds / 2 ** bit) & 63;
		if (((sum * 2 + 1) & 127) !== told) return null;
		return ((Date.now() % 2 ** 24) - milliseconds + 2 ** 24) % 2 ** 24;
	};
	return new Promise((resolve) => {
		const until = performance.now() + forMs;
		let shownAt = performance.now();
		let running = true;
		const onframe = () => {
			if (!running) return;
			const latency = read();
			if (latency === null) glass.unreadable++;
			else glass.latenciesMs.push(latency);
			glass.longestStillMs = Math.max(glass.longestStillMs, performance.now() - shownAt);
			shownAt = performance.now();
			video.requestVideoFrameCallback(onframe);
		};
		video.requestVideoFrameCallback(onframe);
		setTimeout(() => {
			running = false;
			glass.longestStillMs = Math.max(glass.longestStillMs, performance.now() - shownAt);
			resolve(glass);
		}, until - performance.now());
	});
}

/** The value below which `share` of them lie. */
export function percentile(values: readonly number[], share: number): number {
	const sorted = values.toSorted((one, other) => one - other);
	return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
