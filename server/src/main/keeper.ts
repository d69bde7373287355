import { forgetExpired } from '../account/public.ts';
import { type CourtKeeperContext, keepCourt } from '../dispute/public.ts';
import { type AuctionKeeperContext, createAuctionKeeper, createPotKeeper, type PotKeeperContext } from '../live/public.ts';
import { createSweeper, forgetOldCarts, forgetOrphans, type KeeperContext, type SweeperContext, settleDueOrders } from '../order/public.ts';
import { createDealEnder, type DealKeeperContext } from '../shop/public.ts';
import { forgetUnsentPictures } from '../social/public.ts';
import { releaseOverTabs, type TabKeeperContext } from '../tab/public.ts';

export interface Keeper {
	/** Settles and sweeps what is due now; a round under way is awaited first. */
	run(): Promise<number>;
	stop(): Promise<void>;
}

const ROUND_MS = 2000;
const FORGET_MS = 3_600_000;

/** Executes passed deadlines, pays what was bought on tabs, gives back what was set aside, keeps the court going and empties guarded tills every few seconds and, now and then, forgets what nobody needs. */
export function startKeeper(
	context: KeeperContext &
		SweeperContext &
		CourtKeeperContext &
		TabKeeperContext &
		DealKeeperContext &
		PotKeeperContext &
		AuctionKeeperContext & { settleTabs(): Promise<number> },
): Keeper {
	let turn: Promise<unknown> = Promise.resolve();
	let waiting = false;
	const sweep = createSweeper(context);
	const keepAuctions = createAuctionKeeper(context);
	const keepPots = createPotKeeper(context);
	const endDeals = createDealEnder(context);
	const run = () => {
		const round = turn
			.then(() => settleDueOrders(context))
			.then(
				async (settled) =>
					settled +
					(await context.settleTabs()) +
					(await releaseOverTabs(context)) +
					(await keepAuctions()) +
					(await keepPots()) +
					(await keepCourt(context)) +
					(await sweep()) +
					(await endDeals()),
			);
		turn = round.catch(() => undefined);
		return round;
	};
	const tick = () => {
		// A round that takes long must not pile up others behind it.
		if (waiting) return;
		waiting = true;
		run()
			.catch(context.onError)
			.finally(() => {
				waiting = false;
			});
	};
	const rounds = setInterval(tick, ROUND_MS);
	let lastForgetting: Promise<unknown> = Promise.resolve();
	const forget = () => {
		lastForgetting = Promise.all([forgetOrphans(context.db), forgetOldCarts(context.db), forgetExpired(context.db), forgetUnsentPictures(context.db)]).catch(
			context.onError,
		);
	};
	// At once, too: a market that is started anew every hour would never come to it.
	forget();
	const forgetting = setInterval(forget, FORGET_MS);
	for (const timer of [rounds, forgetting]) timer.unref();
	return {
		run,
		async stop() {
			clearInterval(rounds);
			clearInterval(forgetting);
			await Promise.all([turn, lastForgetting]);
		},
	};
}
