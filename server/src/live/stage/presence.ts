import { LOCAL } from '../../platform/http/peer-address.ts';
import { createAllowance } from '../../platform/limits/rate-limit.ts';

/** Somebody who is gone for so long is not missed: a reload, a tunnel. */
const GRACE_MS = 5000;
/** People behind one address: an office, a street behind one door of its provider. More are not believed. */
const MAX_PER_ADDRESS = 20;
/** Hearts from one address. */
const LIKES = { burst: 150, perSecond: 100 };

interface Person {
	/** Who has none is remembered for a moment. */
	sockets: number;
	goneAt: number;
	address: string;
}

/** Who is in a room, and what is believed of it: whatever ranks shows is worth forging. */
export class Presence {
	readonly #people = new Map<string, Person>();
	readonly #likes = createAllowance(LIKES);

	get isEmpty(): boolean {
		return this.#people.size === 0;
	}

	join({ visitor, address }: { visitor: string; address: string }): void {
		const person = this.#people.get(visitor) ?? { sockets: 0, goneAt: 0, address };
		person.sockets++;
		this.#people.set(visitor, person);
	}

	leave({ visitor }: { visitor: string }, now: number): void {
		const person = this.#people.get(visitor);
		if (!person) return;
		person.sockets--;
		person.goneAt = now;
	}

	/** People, of one address at most twenty. @param now of `performance.now`. */
	count(now: number): number {
		const byAddress = new Map<string, number>();
		for (const [visitor, { sockets, goneAt, address }] of this.#people) {
			if (sockets <= 0 && now - goneAt > GRACE_MS) this.#people.delete(visitor);
			else byAddress.set(address, (byAddress.get(address) ?? 0) + 1);
		}
		return [...byAddress].reduce((sum, [address, people]) => sum + (address === LOCAL ? people : Math.min(people, MAX_PER_ADDRESS)), 0);
	}

	/** How many of these hearts are believed. */
	likes(address: string, count: number): number {
		if (address === LOCAL) return count;
		try {
			this.#likes.require(address);
		} catch {
			return 0;
		}
		this.#likes.spend(address, count);
		return count;
	}
}
