import type { MarketInfo } from '@kaishi/protocol/discovery';
import type { Market } from '../../../server/src/main/index.ts';
import { MarketClient } from '../actors/index.ts';

/** One browser of somebody in the seeded world: the market's own HTTP doors, without a socket in between. */
export class InProcessClient extends MarketClient {
	readonly #market: Market;
	#info: Promise<MarketInfo> | null = null;
	#cookie: string | null = null;

	constructor(market: Market) {
		super(market.config.publicUrl);
		this.#market = market;
	}

	override async fetch(path: string, init: RequestInit = {}): Promise<Response> {
		const headers = new Headers(init.headers);
		headers.set('origin', this.origin);
		if (this.#cookie !== null) headers.set('cookie', this.#cookie);
		const response = await this.#market.fetch(new Request(this.origin + path, { ...init, headers }));
		for (const cookie of response.headers.getSetCookie()) this.#cookie = cookie.split(';')[0] ?? null;
		return response;
	}

	/** Asked once: nothing in it changes while the world is built, except the clock, which `now` reads from the chain. */
	override market(): Promise<MarketInfo> {
		this.#info ??= this.#market.info();
		return this.#info;
	}

	override async now(): Promise<number> {
		return this.#market.chain.now();
	}
}
