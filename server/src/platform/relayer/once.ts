/** Remembers answers by key, the newest `capacity` of them; what failed is forgotten, so that it can be tried again. */
export class Once<T> {
	readonly #capacity: number;
	readonly #answers = new Map<string, Promise<T>>();

	constructor(capacity: number) {
		this.#capacity = capacity;
	}

	/** Whether it is being worked on, or has succeeded. */
	has(key: string): boolean {
		return this.#answers.has(key);
	}

	/** Runs `work` unless the same key is being worked on or has succeeded. */
	do(key: string, work: () => Promise<T>): Promise<T> {
		const known = this.#answers.get(key);
		if (known) return known;
		const answer = work();
		this.#answers.set(key, answer);
		answer.catch(() => {
			if (this.#answers.get(key) === answer) this.#answers.delete(key);
		});
		if (this.#answers.size > this.#capacity) {
			const [oldest] = this.#answers.keys();
			if (oldest !== undefined) this.#answers.delete(oldest);
		}
		return answer;
	}
}
