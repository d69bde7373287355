export type { Market, Reads } from './market.ts';
export { type MarketOptions, openMarket } from './open-market.ts';
export { type ServeOptions, type Serving, serveMarket } from './serve.ts';
