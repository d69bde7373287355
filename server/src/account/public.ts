// owns: passkeys as browsers named them, sessions, sign-in challenges, guardians and recoveries
// listens: Recovery.*; who may sign for an account is asked of the chain
// emits: topics account:<address>, recovery:<address> of the account and its guardians
export type { AccountContext, AccountRoutesContext } from './context.ts';
export { createAccountProjection } from './project.ts';
export { createAccountReads } from './reads.ts';
export { order as orderBody } from './requests.ts';
export { sendCompleteRounds } from './rounds.ts';
export { accountRoutes } from './routes.ts';
export { forgetExpired, readViewer } from './sessions.ts';
export { accountMigrations, accountTables } from './tables.ts';
