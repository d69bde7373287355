// Light on purpose: `openMarket` sets the chain and the database going before it loads the rest.
import type { ServeOptions, Serving } from './serve.ts';

export { type MarketOptions, openMarket } from './begin-market.ts';
export type { Market, Reads } from './market.ts';
export type { ServeOptions, Serving } from './serve.ts';

/** One HTTP server: API, JSON-RPC, pictures and sockets are ours, everything else is the web's. */
export const serveMarket = async (options: ServeOptions): Promise<Serving> => (await import('./serve.ts')).serveMarket(options);
