import { randomUUID } from 'node:crypto';
import type { MediaStreamTrack, RTCPeerConnection, RTCRtpTransceiver, RtpPacket } from 'werift';
import { ByteRate } from '../byte-rate.ts';
import type { LiveStream } from '../live-stream.ts';
import { MAX_BYTES_PER_SECOND, MAX_UNIT_BYTES } from '../publish-socket.ts';
import type { StreamSource } from '../stream-source.ts';
import { sampleOfUnits, trackOfUnits } from './avc-units.ts';
import { type AssembledPicture, H264Assembler } from './h264-assembler.ts';
import { RtpClock } from './rtp-clock.ts';

/** Until picture or sound comes, and whenever none does. */
const SILENCE_MS = 15_000;
/** Key pictures are asked for at most this often. */
const KEY_EVERY_MS = 500;
const OPUS_PACKET_US = 20_000;
const SOUND = { kind: 'audio', codec: 'opus', channels: 2, sampleRate: 48_000, specific: Buffer.alloc(0) } as const;
const nowUs = () => performance.now() * 1000;

/** One encoder that sends by WebRTC: H.264 and Opus, passed on as they come. */
export class WhipSession implements StreamSource {
	readonly id = randomUUID();
	readonly account: string;
	readonly key: string;
	readonly #peer: RTCPeerConnection;
	readonly #stream: LiveStream;
	readonly #onGone: () => void;
	readonly #rate = new ByteRate(MAX_BYTES_PER_SECOND);
	readonly #pictureClock = new RtpClock(90_000);
	readonly #soundClock = new RtpClock(SOUND.sampleRate);
	readonly #assembler: H264Assembler;
	#silence: NodeJS.Timeout;
	#avcC: Buffer | null = null;
	#hasSound = false;
	#isAttached = false;
	#isGone = false;
	#askedKeyMs = Number.NEGATIVE_INFINITY;
	#askKey: () => void = () => undefined;

	constructor(peer: RTCPeerConnection, show: { stream: LiveStream; account: string; key: string }, onGone: () => void) {
		[this.#peer, this.#stream, this.account, this.key, this.#onGone] = [peer, show.stream, show.account, show.key, onGone];
		this.#assembler = new H264Assembler(
			MAX_UNIT_BYTES,
			(picture) => this.#onPicture(picture),
			() => this.requestKey(),
		);
		this.#silence = setTimeout(() => this.close('silent'), SILENCE_MS);
		peer.onRemoteTransceiverAdded.subscribe((transceiver) => this.#receive(transceiver));
		peer.connectionStateChange.subscribe((state) => {
			if (state === 'failed' || state === 'closed' || state === 'disconnected') this.close(state);
		});
	}

	tell(): void {}

	requestKey(): void {
		const now = performance.now();
		if (now - this.#askedKeyMs < KEY_EVERY_MS) return;
		this.#askedKeyMs = now;
		this.#askKey();
	}

	close(_reason: string): void {
		if (this.#isGone) return;
		this.#isGone = true;
		clearTimeout(this.#silence);
		this.#stream.detach(this);
		this.#peer.close().catch(() => undefined);
		this.#onGone();
	}

	#receive(transceiver: RTCRtpTransceiver): void {
		transceiver.onTrack.subscribe((track: MediaStreamTrack) => {
			track.onReceiveRtp.subscribe((packet) => {
				if (track.kind === 'video') this.#askKey = () => void transceiver.receiver.sendRtcpPLI(packet.header.ssrc).catch(() => undefined);
				this.#onPacket(track.kind === 'video', packet);
			});
		});
	}

	#onPacket(isPicture: boolean, { header, payload }: RtpPacket): void {
		if (this.#isGone || payload.length === 0) return;
		if (!this.#rate.take(payload.length)) {
			this.close('too-much');
			return;
		}
		this.#silence.refresh();
		// Who only knocked takes nobody's place.
		if (!this.#isAttached) {
			this.#isAttached = true;
			this.#stream.attach(this);
		}
		if (this.#stream.source !== this) return;
		const { sequenceNumber: sequence, timestamp, marker: isLast } = header;
		if (isPicture) this.#assembler.push({ sequence, timestamp, isLast, payload });
		else this.#onSound(timestamp, payload);
	}

	#onPicture({ timestamp, isKey, units }: AssembledPicture): void {
		const track = isKey ? trackOfUnits(units) : null;
		if (track && !this.#avcC?.equals(track.avcC)) {
			this.#avcC = track.avcC;
			this.#stream.configureVideo(0, track);
		}
		const timestampUs = this.#pictureClock.place(timestamp, nowUs());
		this.#stream.takePicture(0, { timestampUs, durationUs: 0, isKey, compositionUs: 0, data: sampleOfUnits(units) });
	}

	#onSound(timestamp: number, data: Buffer): void {
		if (!this.#hasSound) {
			this.#hasSound = true;
			this.#stream.configureAudio(SOUND);
		}
		const timestampUs = this.#soundClock.place(timestamp, nowUs());
		this.#stream.takeSound({ timestampUs, durationUs: OPUS_PACKET_US, isKey: true, compositionUs: 0, data });
	}
}
