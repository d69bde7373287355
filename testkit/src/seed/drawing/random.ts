/** Deterministic numbers from a text seed: the same world is drawn on every machine. */
export interface Random {
	/** In [0, 1). */
	next(): number;
	between(low: number, high: number): number;
	/** Both ends included. */
	integer(low: number, high: number): number;
	pick<T>(items: readonly T[]): T;
	chance(probability: number): boolean;
}

/** xmur3 hash into mulberry32 (Tommy Ettinger's generator, public domain). */
export function createRandom(seed: string): Random {
	let state = 1779033703 ^ seed.length;
	for (let i = 0; i < seed.length; i++) {
		state = Math.imul(state ^ seed.charCodeAt(i), 3432918353);
		state = (state << 13) | (state >>> 19);
	}
	const next = () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	};
	const integer = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
	return {
		next,
		integer,
		between: (low, high) => low + next() * (high - low),
		pick: (items) => items[integer(0, items.length - 1)] as (typeof items)[number],
		chance: (probability) => next() < probability,
	};
}
