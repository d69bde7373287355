import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { MediaPipe } from './media-pipe.ts';

const MIME = 'video/mp4; codecs="avc1.42e01e"';
/** Addresses that lead somewhere, in the order of what was done to them and to the element. */
let done: string[] = [];
let sources: FakeSource[] = [];

class FakeBuffer extends EventTarget {
	updating = false;
	buffered = { length: 0 };
	appendBuffer = vi.fn();
}

class FakeSource extends EventTarget {
	static isTypeSupported = () => true;
	buffer = new FakeBuffer();
	addSourceBuffer = () => this.buffer;

	constructor() {
		super();
		sources.push(this);
	}
}

const element = () => {
	const video = { disableRemotePlayback: false, currentTime: 0, removeAttribute: () => done.push('let go'), load: () => undefined };
	return Object.defineProperty(video, 'src', { set: (url: string) => done.push(`look at ${url}`) }) as unknown as HTMLVideoElement;
};

beforeEach(() => {
	[done, sources] = [[], []];
	let made = 0;
	vi.stubGlobal('MediaSource', FakeSource);
	vi.spyOn(URL, 'createObjectURL').mockImplementation(() => `blob:${++made}`);
	vi.spyOn(URL, 'revokeObjectURL').mockImplementation((url) => void done.push(`forget ${url}`));
});
afterEach(() => {
	vi.unstubAllGlobals();
	vi.restoreAllMocks();
});

test('behavior: an address is forgotten once the element holds what it named', () => {
	const pipe = new MediaPipe(element(), vi.fn());
	pipe.begin(MIME, 1);
	expect(done).toEqual(['look at blob:1']);
	sources[0]?.dispatchEvent(new Event('sourceopen'));
	pipe.close();
	expect(done).toEqual(['look at blob:1', 'forget blob:1', 'let go']);
});

test('behavior: closed or replaced before it was found, an address is forgotten only after the element looks elsewhere', () => {
	const pipe = new MediaPipe(element(), vi.fn());
	pipe.begin(MIME, 1);
	pipe.begin(MIME, 2);
	pipe.close();
	expect(done).toEqual(['look at blob:1', 'look at blob:2', 'forget blob:1', 'let go', 'forget blob:2']);
});

test('behavior: a buffer that another has taken the place of fails alone', () => {
	const onfailure = vi.fn();
	const pipe = new MediaPipe(element(), onfailure);
	for (const startedAtMs of [1, 2]) {
		pipe.begin(MIME, startedAtMs);
		sources.at(-1)?.dispatchEvent(new Event('sourceopen'));
	}
	sources[0]?.buffer.dispatchEvent(new Event('error'));
	expect(onfailure).not.toHaveBeenCalled();
	sources[1]?.buffer.dispatchEvent(new Event('error'));
	expect(onfailure).toHaveBeenCalledTimes(1);
});
