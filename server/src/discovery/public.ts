// owns: what the community has set; the market's description, totals, trades and proofs
// listens: Parameters.*
// emits: nothing
export { createDiscoveryProjection } from './project.ts';
export { createDiscoveryReads, type DiscoveryContext } from './reads.ts';
export { discoveryRoutes } from './routes.ts';
export { discoveryMigrations, discoveryTables } from './tables.ts';
