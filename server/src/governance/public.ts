// owns: decisions about currencies and arbitrators, and what waits in the timelock
// listens: Parameters.CurrencyAllowed, Parameters.ArbitratorAllowed, Timelock.*
// emits: nothing
export { createGovernanceProjection } from './project.ts';
export { createGovernanceReads } from './reads.ts';
export { governanceMigrations, governanceTables } from './tables.ts';
