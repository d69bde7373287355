import { Refusal } from '@kaishi/protocol/platform/errors';
import type { SocialReads } from '@kaishi/protocol/social';
import type { Context } from 'hono';
import type { Address } from 'viem';
import type { Database } from '../../platform/db/database.ts';
import type { ViewerOf } from '../../platform/http/viewer.ts';
import type { MediaStore } from '../../platform/media/media-store.ts';
import type { Audience } from './audience.ts';

export interface MessageRoutesContext {
	db: Database;
	reads: SocialReads;
	viewerOf: ViewerOf;
	/** Pictures that only the two sides may fetch: apart from those that everybody may. */
	privateStore: MediaStore;
	audience: Audience;
	/** Chain time, Unix seconds. */
	now(): number;
}

/** The signed-in account, or a refusal. */
export async function requireViewer(c: Context, viewerOf: ViewerOf): Promise<Address> {
	const viewer = await viewerOf(c.req.header('cookie') ?? null);
	if (!viewer) throw new Refusal('Session_Required', 'unauthenticated');
	return viewer.address;
}
