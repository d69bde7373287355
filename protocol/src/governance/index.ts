export * from './timelock.ts';
