// owns: receipts that this operator promised, and how they came out
// listens: nothing; promises come before the chain
// emits: nothing
export { startSequencer } from './open-operator.ts';
export { operatorRoutes } from './routes.ts';
export { type SequencerDoor, sequencerMethods, sequencerOver } from './sequencer-over.ts';
export { journalMigrations } from './tables.ts';
