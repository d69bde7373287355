export * from './api.ts';
export * from './calls.ts';
export * from './court.ts';
export * from './evidence.ts';
export * from './views.ts';
