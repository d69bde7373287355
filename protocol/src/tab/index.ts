export * from './signature.ts';
export * from './state.ts';
