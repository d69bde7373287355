// owns: cases before the house court, panels, votes, stakes, appeals, insurances; evidence files and the keys they are sealed with
// listens: Court.*, Jury.*, FeeInsurance.*
// emits: topics court, order:<id>, shop:<id>, account:<address> of both sides and the panel
export { caseRoleOf } from './access.ts';
export { type CourtKeeperContext, keepCourt } from './jobs.ts';
export { type CourtAccounts, createTransferWords } from './ledger-words.ts';
export { createDisputeProjection } from './project.ts';
export { type CourtConstants, createDisputeReads, type DisputeContext } from './reads.ts';
export { type DisputeRoutesContext, disputeRoutes } from './routes.ts';
export { disputeMigrations, disputeTables } from './tables.ts';
