export * from './api.ts';
export * from './receipt.ts';
