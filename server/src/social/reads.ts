import type { SocialReads } from '@kaishi/protocol/social';
import { getAddress } from 'viem';
import { followsOf } from './follows/follows.ts';
import { createMessageReads, type MessageReadsContext } from './messages/reads.ts';
import { createNotificationReads } from './notifications/reads.ts';

export type SocialContext = MessageReadsContext;

export function createSocialReads(context: SocialContext): SocialReads {
	const { db, media } = context;
	return { ...createMessageReads(context), ...createNotificationReads(context), follows: (viewer) => followsOf(db, media, getAddress(viewer)) };
}
