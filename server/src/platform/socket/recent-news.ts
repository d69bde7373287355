import type { ServerMessage } from '@kaishi/protocol/platform/socket';

const KEEP_MS = 30_000;
const MOST_TOPICS = 20_000;

interface Told {
	message: ServerMessage;
	atMs: number;
}

/** What was said lately, once per topic and event: a page listens a while after its data was read, and what came between is news to it. */
export class RecentNews {
	/** By topic, then by event; the topic that was spoken of last stands last. */
	readonly #topics = new Map<string, Map<string, Told>>();
	readonly #clock: () => number;

	/** @param clock milliseconds that only grow */
	constructor(clock: () => number = () => performance.now()) {
		this.#clock = clock;
	}

	note(message: ServerMessage): void {
		const atMs = this.#clock();
		const told = this.#topics.get(message.topic) ?? new Map<string, Told>();
		this.#topics.delete(message.topic);
		this.#topics.set(message.topic, told.set(message.event, { message, atMs }));
		this.#forget(atMs - KEEP_MS);
	}

	/** What was said of `topic` during the last `ms`; half a minute is remembered. */
	ofLast(ms: number, topic: string): ServerMessage[] {
		const since = this.#clock() - Math.min(ms, KEEP_MS);
		return [...(this.#topics.get(topic)?.values() ?? [])].filter(({ atMs }) => atMs >= since).map(({ message }) => message);
	}

	#forget(untilMs: number): void {
		for (const [topic, told] of this.#topics) {
			const lastMs = Math.max(...[...told.values()].map(({ atMs }) => atMs));
			if (lastMs >= untilMs && this.#topics.size <= MOST_TOPICS) return;
			this.#topics.delete(topic);
		}
	}
}
