import { SOUND } from './sound.ts';
import workletUrl from './sound-worklet.ts?worker&url';

/**
 * Mixes the microphone and a shared screen's sound, and hands the mix to the encoder in pieces of 20 ms. Without either it
 * hands over silence, so that a show always has both tracks.
 */
export class SoundDesk {
	/** How loud the last piece was at its loudest, 0 to 1. */
	onlevel: (level: number) => void = () => undefined;
	#context = new AudioContext({ sampleRate: SOUND.sampleRate, latencyHint: 'interactive' });
	#gain = this.#context.createGain();
	#inputs = new Map<string, { node: MediaStreamAudioSourceNode; track: MediaStreamTrack }>();
	#output: AudioWorkletNode | null = null;
	#mix: MediaStreamAudioDestinationNode | null = null;

	/** @returns the port on which the pieces arrive. */
	async open(): Promise<MessagePort> {
		await this.#context.audioWorklet.addModule(workletUrl);
		const node = new AudioWorkletNode(this.#context, 'gatherer', { numberOfOutputs: 1, channelCount: SOUND.channels, channelCountMode: 'explicit' });
		node.port.onmessage = ({ data }: MessageEvent<number>) => this.onlevel(data);
		this.#output = node;
		this.#gain.connect(node);
		// what nobody listens to is not processed; the node itself stays silent
		node.connect(this.#context.destination);
		const { port1, port2 } = new MessageChannel();
		node.port.postMessage(port1, [port1]);
		await this.#context.resume();
		return port2;
	}

	/** Replaces what comes in under `name`; `null` takes it away. */
	plug(name: 'microphone' | 'screen', track: MediaStreamTrack | null): void {
		const before = this.#inputs.get(name);
		before?.node.disconnect();
		before?.track.stop();
		this.#inputs.delete(name);
		if (!track) return;
		const node = this.#context.createMediaStreamSource(new MediaStream([track]));
		node.connect(this.#gain);
		this.#inputs.set(name, { node, track });
	}

	mute(muted: boolean): void {
		this.#gain.gain.value = muted ? 0 : 1;
	}

	/** The mix as a track of its own, for who sends it without our encoder. */
	track(): MediaStreamTrack {
		this.#mix ??= this.#context.createMediaStreamDestination();
		this.#gain.connect(this.#mix);
		return this.#mix.stream.getAudioTracks()[0] as MediaStreamTrack;
	}

	/** Browsers hold sound back until the person touched the page. */
	wake(): void {
		void this.#context.resume();
	}

	close(): void {
		for (const name of ['microphone', 'screen'] as const) this.plug(name, null);
		this.#output?.disconnect();
		void this.#context.close();
	}
}
