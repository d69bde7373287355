import type { RoomEvent } from '@kaishi/protocol/live';
import { textFrame } from '../media/socket-frame.ts';

interface Said {
	/** As JSON, made once for everybody. */
	text: string;
	at: number;
}

/** What was said in a room and not yet heard by everybody: whoever listens keeps a place in it, not a queue. */
export class SaidLog {
	/** The place of whatever is said next. */
	end = 0;
	#said: Said[] = [];
	/** Place of the first that is kept. */
	#first = 0;
	readonly #frames = new Map<number, Buffer>();

	add(events: readonly RoomEvent[], at: number): void {
		for (const event of events) this.#said.push({ text: JSON.stringify(event), at });
		this.end += events.length;
		this.#frames.clear();
	}

	/** Everything from a place on as one message, ready-made and shared by all who stand at the same place; null: nothing. */
	frameFrom(place: number): Buffer | null {
		if (place >= this.end) return null;
		const known = this.#frames.get(place);
		if (known) return known;
		const texts = this.#said.slice(Math.max(0, place - this.#first)).map(({ text }) => text);
		const frame = textFrame(`{"now":${Date.now()},"events":[${texts.join(',')}]}`);
		this.#frames.set(place, frame);
		return frame;
	}

	/** Messages made earlier tell an earlier time: the next ones are made anew. */
	freshen(): void {
		this.#frames.clear();
	}

	/** Drops what lies before a place and was said before a moment. */
	forget(place: number, saidBefore: number): void {
		let count = 0;
		while (this.#first + count < place && (this.#said[count]?.at ?? saidBefore) < saidBefore) count++;
		if (count === 0) return;
		this.#said.splice(0, count);
		this.#first += count;
	}
}
