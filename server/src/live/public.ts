// owns: live shows and their rooms: schedule, bag, pins, chat, moderation, presence, sales from a room, figures; the picture
// listens: nothing of the chain: everything said or done is a record in live.records, and tables are folds of these
// emits: topics live (a show begins or ends), and what rooms say on their own sockets
export { type LiveDoor, liveMethods } from './live-over.ts';
export { type Live, type LiveDuty, openLive } from './open-live.ts';
export { findShow, type ShowRow } from './room/query.ts';
export { liveMigrations, liveTables } from './tables.ts';
