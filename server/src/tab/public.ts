// owns: tabs: money set aside for keys to spend, what is left of it, what is claimed of it, and what is promised on it
// listens: Tabs.*
// emits: topic account:<address>

export { releaseOverTabs, type TabKeeperContext } from './jobs.ts';
export { createTabWords } from './ledger-words.ts';
export { createTabProjection } from './project.ts';
export { createTabReads } from './reads.ts';
export { createReservations, type Reservations, type TabId } from './reserved.ts';
export { tabRoutes } from './routes.ts';
export { tabMigrations, tabTables } from './tables.ts';
