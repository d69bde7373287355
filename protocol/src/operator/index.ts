export * from './api.ts';
export * from './calls.ts';
export * from './receipt.ts';
export * from './views.ts';
