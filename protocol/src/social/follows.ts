import type { LocalText } from '../platform/local-text.ts';
import type { MediaView } from '../platform/media.ts';

/** Shops that one account follows. */
export const MAX_FOLLOWS = 500;

/** GET /api/follows: one's own, latest first; nobody else is told. PUT, DELETE /api/follows/<shop> → 204 */
export interface FollowedShop {
	id: string;
	slug: string;
	name: LocalText;
	logo: MediaView | null;
}
