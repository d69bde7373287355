import type { SocialReads } from '@kaishi/protocol/social';
import { createMessageReads, type MessageReadsContext } from './messages/reads.ts';
import { createNotificationReads } from './notifications/reads.ts';

export type SocialContext = MessageReadsContext;

export function createSocialReads(context: SocialContext): SocialReads {
	return { ...createMessageReads(context), ...createNotificationReads(context) };
}
