/** What exists where sound is processed; TypeScript's own libraries leave it out. */
declare const currentFrame: number;
declare const sampleRate: number;
declare function registerProcessor(name: string, processor: new () => AudioWorkletProcessor): void;
declare class AudioWorkletProcessor {
	readonly port: MessagePort;
}

const PIECE_SAMPLES = 960;

/** Gathers sound into pieces of 20 ms and hands them straight to the encoder's worker, whose port arrives as the first message. */
class Gatherer extends AudioWorkletProcessor {
	#out: MessagePort | null = null;
	#planes = [new Float32Array(PIECE_SAMPLES), new Float32Array(PIECE_SAMPLES)];
	#filled = 0;
	#start = 0;
	#loudest = 0;

	constructor() {
		super();
		this.port.onmessage = ({ data }: MessageEvent<MessagePort>) => {
			this.#out = data;
		};
	}

	process([input = []]: Float32Array[][]): boolean {
		const samples = input[0]?.length ?? 128;
		if (this.#filled === 0) this.#start = currentFrame;
		for (let index = 0; index < samples; index++) {
			if (this.#filled === PIECE_SAMPLES) this.#hand(currentFrame + index);
			const left = input[0]?.[index] ?? 0;
			const planes = this.#planes as [Float32Array, Float32Array];
			planes[0][this.#filled] = left;
			planes[1][this.#filled] = input[1]?.[index] ?? left;
			this.#loudest = Math.max(this.#loudest, Math.abs(left));
			this.#filled++;
		}
		return true;
	}

	#hand(next: number): void {
		const planes = this.#planes;
		this.#out?.postMessage(
			{ frame: this.#start, sampleRate, planes },
			planes.map((plane) => plane.buffer),
		);
		this.port.postMessage(this.#loudest);
		[this.#planes, this.#filled, this.#start, this.#loudest] = [[new Float32Array(PIECE_SAMPLES), new Float32Array(PIECE_SAMPLES)], 0, next, 0];
	}
}

registerProcessor('gatherer', Gatherer);
