// owns: tabs: money set aside for keys to spend, what is left of it, what is claimed of it, and what is promised on it; purchases on tabs
// listens: Tabs.*
// emits: topics account:<address>, shop:<id>

export { channelMethods, channelOver } from './channel-over.ts';
export { createChannelReads } from './channel-reads.ts';
export { findTip } from './channel-store.ts';
export { channelMigrations } from './channel-tables.ts';
export { releaseOverTabs, type TabKeeperContext } from './jobs.ts';
export { createTabWords } from './ledger-words.ts';
export { createTabProjection } from './project.ts';
export { createTabReads } from './reads.ts';
export { createReservations, type Reservations, type TabId } from './reserved.ts';
export { tabRoutes } from './routes.ts';
export { type ChannelRoutesContext, channelRoutes } from './routes-channel.ts';
export { createChannelSettler, restoreChannels, type SettlerContext } from './settle-channel.ts';
export { tabMigrations, tabTables } from './tables.ts';
