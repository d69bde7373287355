export * from './api.ts';
export * from './details.ts';
export * from './lifecycle.ts';
export * from './order.ts';
export * from './settlement.ts';
export * from './views.ts';
export * from './wire.ts';
