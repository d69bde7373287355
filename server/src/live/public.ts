// owns: live shows and their rooms: schedule, bag, pins, chat, moderation, presence, sales from a room, figures; the picture
// listens: Pots.*, Auctions.*; everything else said or done is a record in live.records, and tables are folds of these
// emits: topics live (a show begins or ends), pot:<id>, auction:<id>, listing:<id>, and what rooms say on their own sockets
export { type AuctionKeeperContext, createAuctionKeeper } from './auction/jobs.ts';
export { createAuctionProjection, createAuctionWords } from './auction/project.ts';
export { auctionMigrations } from './auction/tables.ts';
export { type LiveDoor, liveMethods } from './live-over.ts';
export { pictureOriginsOf } from './media/picture-origins.ts';
export { type Live, type LiveDuty, openLive } from './open-live.ts';
export { createPotKeeper, type PotKeeperContext } from './play/jobs.ts';
export { createPlayWords } from './play/ledger-words.ts';
export { createPlayProjection } from './play/project.ts';
export { playMigrations } from './play/tables.ts';
export { findShow, type ShowRow, showsOnAir } from './room/query.ts';
export { type DueReminder, remindAll, takeDueReminders } from './room/reminders.ts';
export { liveMigrations, liveTables } from './tables.ts';
