/** Whether a sender keeps below so many bytes a second, measured over some seconds. */
export class ByteRate {
	readonly #perSecond: number;
	readonly #now: () => number;
	#level = 0;
	#atMs: number;

	constructor(perSecond: number, now: () => number = () => performance.now()) {
		this.#perSecond = perSecond;
		this.#now = now;
		this.#atMs = now();
	}

	/** False when the last ten seconds' worth is spent. */
	take(bytes: number): boolean {
		const nowMs = this.#now();
		this.#level = Math.max(0, this.#level - ((nowMs - this.#atMs) / 1000) * this.#perSecond) + bytes;
		this.#atMs = nowMs;
		return this.#level <= this.#perSecond * 10;
	}
}
