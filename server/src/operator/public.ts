// owns: receipts that this operator promised, and how they came out
// listens: nothing; promises come before the chain
// emits: nothing
export { openJournal } from './journal.ts';
export { createReceiptSigner } from './receipts.ts';
export { operatorRoutes } from './routes.ts';
export { createRules } from './rules.ts';
export { openSequencer, type Sequencer } from './sequencer.ts';
export { Settler } from './settler.ts';
export { journalMigrations } from './tables.ts';
