export * from './api.ts';
export * from './calls.ts';
export * from './receipt.ts';
export * from './receipt-digest.ts';
export * from './sold-out.ts';
export * from './views.ts';
