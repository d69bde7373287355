export * from './actors/index.ts';
export * from './load/order-load.ts';
export * from './open-test-market.ts';
export * from './pdf-text.ts';
export type { EventLoopUse, MarketCommands } from './process/messages.ts';
export * from './process/spawn-market.ts';
export * from './rpc-node.ts';
