// owns: pictures that links to the market show elsewhere; which shops accounts follow; conversations between buyers and shops; notifications of order events
// listens: OrderBook.Order*
// emits: topics account:<address> (MessageSent, MessageRead, ConversationChanged, NotificationsRead, and the order's event)
import { followMigrations } from './follows/tables.ts';
import { forgetUnsentPictures } from './messages/conversation-store.ts';
import { messageMigrations } from './messages/tables.ts';
import { notificationMigrations } from './notifications/tables.ts';

export { followRoutes } from './follows/routes.ts';
export { createAudience, type Herald } from './messages/audience.ts';
export { messageRoutes } from './messages/routes.ts';
export { createNotificationProjection } from './notifications/project.ts';
export { type ReminderContext, startReminders, tellReminders } from './notifications/reminders.ts';
export { notificationRoutes } from './notifications/routes.ts';
export { createSocialReads } from './reads.ts';
export { type ShareRouteOptions, shareRoutes } from './routes.ts';

export const socialMigrations = [...messageMigrations, ...notificationMigrations, ...followMigrations];
export { forgetUnsentPictures };
