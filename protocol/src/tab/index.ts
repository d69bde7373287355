export * from './api.ts';
export * from './calls.ts';
export * from './signature.ts';
export * from './state.ts';
