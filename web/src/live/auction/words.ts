import type { AuctionPhase } from '@kaishi/protocol/live';
import { m } from '#platform/i18n/index.ts';

export const phaseWords: Record<AuctionPhase, () => string> = {
	upcoming: m.live_auction_phase_upcoming,
	live: m.live_auction_phase_live,
	extended: m.live_auction_phase_extended,
	showing: m.live_auction_phase_showing,
	ending: m.live_auction_phase_ending,
	sold: m.live_auction_phase_sold,
	unsold: m.live_auction_phase_unsold,
	withdrawn: m.live_auction_phase_withdrawn,
};
