import { percentile } from '../peers.ts';
import type { Shot } from './messages.ts';
import { openBare } from './open-bare.ts';
import type { Racer } from './open-racer.ts';

/** What the same race takes where nothing is sold: the floor under it, on this machine in this minute. Milliseconds. */
export interface BareRace {
	allAnsweredMs: number;
	p50Ms: number;
}

/** Sends the same requests, as many at once, to a server that only reads and answers: first for practice, then for the record. */
export async function raceBare(racer: Racer, path: string, shots: readonly Shot[]): Promise<BareRace> {
	const { origin, close } = await openBare();
	const race = async (): Promise<BareRace> => {
		const { hits } = await (await racer.aim({ origin, path, connections: shots.length }, shots)).go();
		const firstMs = Math.min(...hits.map(({ sentMs }) => sentMs));
		if (hits.some(({ status }) => status !== 409)) throw new Error('the bare server did not answer');
		return {
			allAnsweredMs: Math.max(...hits.map(({ answeredMs }) => answeredMs)) - firstMs,
			p50Ms: percentile(
				hits.map(({ sentMs, answeredMs }) => answeredMs - sentMs),
				0.5,
			),
		};
	};
	try {
		await race();
		return await race();
	} finally {
		await close();
	}
}
