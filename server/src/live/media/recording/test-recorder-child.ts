import { LiveStream } from '../live-stream.ts';
import { AVCC } from '../test-publisher.ts';
import { FileRecorder } from './file-recorder.ts';
import { RunningRecordings } from './running-recordings.ts';

// Records for ever into the directory it is told, ten times as fast as life, until it is killed.
const [directory = ''] = process.argv.slice(2);
const recorder = new FileRecorder({
	directory,
	maxBytes: Number.POSITIVE_INFINITY,
	running: new RunningRecordings(Number.POSITIVE_INFINITY),
	onFailure(reason) {
		throw new Error(reason);
	},
});
const startedMs = Date.now();
let sentMs = 0;
const stream = new LiveStream({ patienceMs: 1000, recorder, onEvent: () => undefined, now: () => startedMs + sentMs });
const source = { account: '', tell: () => undefined, requestKey: () => undefined, close: () => undefined };
stream.attach(source);
stream.configureAudio({ kind: 'audio', codec: 'opus', channels: 1, sampleRate: 48_000, specific: Buffer.alloc(0) });
stream.configureVideo(0, { kind: 'video', avcC: AVCC, width: 640, height: 360 });
let picture = 0;
setInterval(() => {
	sentMs = (picture * 1000) / 30;
	const timestampUs = sentMs * 1000;
	stream.takePicture(0, { timestampUs, durationUs: 33_333, isKey: picture % 60 === 0, compositionUs: 0, data: Buffer.alloc(4000, picture) });
	stream.takeSound({ timestampUs, durationUs: 20_000, isKey: true, compositionUs: 0, data: Buffer.alloc(160) });
	picture++;
}, 3);
