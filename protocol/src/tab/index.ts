export * from './api.ts';
export * from './book.ts';
export * from './calls.ts';
export * from './channel.ts';
export * from './purchase.ts';
export * from './signature.ts';
export * from './state.ts';
export * from './wire.ts';
