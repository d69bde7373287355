// owns: operators, their bonds, and when they were caught; receipts that this operator promised, and how they came out
// listens: Operators.*; promises come before the chain
// emits: topic account:<address>
export { operatorMigrations, operatorTables } from './derived-tables.ts';
export { createOperatorWords } from './ledger-words.ts';
export { startSequencer } from './open-operator.ts';
export { createOperatorProjection } from './project.ts';
export { createOperatorReads } from './reads.ts';
export { createIntentDoor, operatorRoutes } from './routes.ts';
export type { Sequencer } from './sequencer.ts';
export { type SequencerDoor, sequencerMethods, sequencerOver } from './sequencer-over.ts';
export { journalMigrations } from './tables.ts';
