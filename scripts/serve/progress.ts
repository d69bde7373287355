/** One line per step of a start, with the seconds it took; on a terminal the line is alive while the step runs. */
export class Progress {
	readonly #started = performance.now();
	readonly #alive = process.stdout.isTTY === true;

	/** Seconds since the start. */
	get seconds(): number {
		return (performance.now() - this.#started) / 1000;
	}

	/** Runs `work`; `detail` may be called with how far it is. */
	async step<T>(title: string, work: (detail: (text: string) => void) => Promise<T>): Promise<T> {
		const started = performance.now();
		let last = '';
		const draw = (text: string) => {
			last = text;
			if (this.#alive) process.stdout.write(`\r\u001b[K  … ${title} ${text}`);
		};
		if (this.#alive) draw('');
		const reminder = this.#alive ? null : setInterval(() => process.stdout.write(`  … ${title} ${last}\n`), 10_000);
		try {
			const result = await work(draw);
			this.#line(`  ✓ ${title} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
			return result;
		} catch (error) {
			this.#line(`  ✗ ${title}`);
			throw error;
		} finally {
			if (reminder) clearInterval(reminder);
		}
	}

	#line(text: string): void {
		process.stdout.write(`${this.#alive ? '\r\u001b[K' : ''}${text}\n`);
	}
}
