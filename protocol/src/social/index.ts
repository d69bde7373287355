export * from './follows.ts';
export * from './message-hash.ts';
export * from './messages.ts';
export * from './notifications.ts';
export * from './reads.ts';
export * from './response-time.ts';
