// owns: passkeys as browsers named them, sessions, sign-in challenges
// listens: nothing; who may sign for an account is asked of the chain
// emits: nothing
export type { AccountContext, AccountRoutesContext } from './context.ts';
export { createAccountReads } from './reads.ts';
export { accountRoutes } from './routes.ts';
export { forgetExpired, readViewer } from './sessions.ts';
export { accountMigrations } from './tables.ts';
