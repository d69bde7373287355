export * from './actor.ts';
export * from './market-client.ts';
export * from './notes.ts';
export * from './passkey-user.ts';
export * from './shopkeeping.ts';
export * from './software-authenticator.ts';
export * from './trading.ts';
export * from './wallet-user.ts';
