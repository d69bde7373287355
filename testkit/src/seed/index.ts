import type { MarketInfo } from '@kaishi/protocol/discovery';
import { shopAccountOf } from '@kaishi/protocol/shop';
import type { Address } from 'viem';
import type { Market } from '../../../server/src/main/index.ts';
import { depositInto, publishListing, stakeAsJuror, withdrawShop } from '../actors/index.ts';
import { Cast } from './cast.ts';
import { buyers, jurors } from './data/people.ts';
import { shops } from './data/shops.ts';
import { createRandom } from './drawing/random.ts';
import { personaOf } from './personas.ts';
import { drawPictures } from './pictures.ts';
import { OPENING_DAYS, PAST_DAYS, type Plot, plotOrders } from './plot.ts';
import { type Shelf, stockShop } from './stock-shop.ts';
import { tabsOf } from './tabs.ts';
import { paysNative, type Scene, scenesOf } from './tell.ts';
import { setUpTonight } from './tonight.ts';

export { type Persona, personaOf, personas, walletAddressOf } from './personas.ts';

const DAY = 86_400;
/** How long before the present a seeded market's chain begins. */
export const WORLD_HISTORY_SECONDS = PAST_DAYS * DAY;

/** Finest step of time in which the past is told, days. */
const BEAT = 0.5;
const RECENT_DAYS = 1.5;
const STAKE_DOLLARS = 25n;
const POOL_DOLLARS = 20n;

/**
 * Fills an empty market with twelve shops and forty days of trade, all of it by signed intents through the market's own
 * doors. Time passes on the embedded chain as the story goes; a chain that began `WORLD_HISTORY_SECONDS` ago ends at the
 * present. A market that holds one of these shops already is left as it is: a world half told has to be begun anew in an
 * empty data directory.
 */
export async function seedWorld(market: Market, { progress }: { progress: (detail: string) => void }): Promise<void> {
	const [first] = shops;
	if (!first || (await market.reads.shop.shop(first.slug))) return;
	const cast = new Cast(market);
	const begin = market.chain.now();
	const total = shops.reduce((sum, shop) => sum + 2 + shop.goods.length * 2, 0);
	let drawn = 0;
	const pictures = drawPictures(market.media, shops, () => progress(`${++drawn}/${total} pictures · 图片`));
	// A failure is thrown where the pictures are awaited; those of later shops must not count as unhandled until then.
	for (const shop of pictures) shop.catch(() => undefined);

	const info = await market.info();
	const shelves: Shelf[] = [];
	const openings: Scene[] = shops.map((shop, i) => ({
		day: (i * OPENING_DAYS) / shops.length,
		thread: shop.slug,
		play: async () => {
			const drawings = await pictures[i];
			if (drawings) shelves.push(...(await stockShop(cast, info, shop, drawings)));
		},
	}));
	await tell(market, begin, openings, () => undefined);
	const scenes = [
		...fundingsOf(cast),
		...stakesOf(cast, info),
		...ordersOf(market, cast, shelves),
		...withdrawalsOf(market, cast, shelves),
		...revisionsOf(market, cast, shelves),
		...tabsOf(cast, info, shelves),
	];
	let told = 0;
	await tell(market, begin, scenes, () => progress(`${++told}/${scenes.length} events · 事件`));
	const [present, end] = [Math.floor(Date.now() / 1000), begin + WORLD_HISTORY_SECONDS];
	// Building took a while: a chain that began in the past ends now, not when building began.
	const behind = (end > present ? end : present) - market.chain.now();
	if (behind > 0) await market.advance(behind);
	await market.processAll();
	await setUpTonight(market, cast, shelves);
	await market.processAll();
}

/** Plays scenes in the order of their days; what falls into one beat happens together. */
async function tell(market: Market, begin: number, scenes: Scene[], onPlayed: () => void): Promise<void> {
	const beats = Map.groupBy(
		scenes.toSorted((a, b) => a.day - b.day),
		(scene) => beatOf(scene.day),
	);
	for (const [beat, together] of beats) {
		const wait = begin + Math.round(beat * DAY) - market.chain.now();
		if (wait > 0) await market.advance(wait);
		const threads = Map.groupBy(together, (scene) => scene.thread);
		await Promise.all(
			[...threads.values()].map(async (thread) => {
				for (const scene of thread) {
					await scene.play();
					onPlayed();
				}
			}),
		);
	}
}

/** When what was planned for a day happens: in steps, but not always on the stroke of twelve, and in finer steps towards the present. */
function beatOf(day: number): number {
	if (day >= PAST_DAYS - RECENT_DAYS) return Math.floor(day * 16) / 16;
	const beat = Math.floor(day / BEAT);
	return beat * BEAT + createRandom(`hour ${beat}`).between(0, 0.2);
}

/** Buyers are given play money every other week. */
function fundingsOf(cast: Cast): Scene[] {
	return buyers.flatMap(({ id }) => [OPENING_DAYS, 19, 30].map((day) => ({ day, thread: id, play: () => cast.fund(id) })));
}

/** A few people judge, so that panels can be drawn, and somebody has filled the insurance's pool. */
function stakesOf(cast: Cast, info: MarketInfo): Scene[] {
	const dollar = info.currencies.find(({ iso }) => iso === 'USD');
	if (!dollar) return [];
	const dollars = (amount: bigint) => amount * 10n ** BigInt(dollar.decimals);
	return jurors.map(({ id }, i) => ({
		day: OPENING_DAYS + 2 + i * 0.5,
		thread: id,
		play: () =>
			cast.inTurn(id, async (juror) => {
				await cast.fund(id);
				await stakeAsJuror(juror, dollar.address, dollars(STAKE_DOLLARS));
				if (i === 0) await depositInto(juror, dollar.address, dollars(POOL_DOLLARS), info.contracts.feeInsurance);
			}),
	}));
}

function ordersOf(market: Market, cast: Cast, shelves: readonly Shelf[]): Scene[] {
	const random = createRandom('choices');
	return plotOrders().flatMap((plot) => {
		const [shelf, variant] = choose(plot, shelves, market.deployment.contracts.court, () => random.next());
		const offer = shelf.offers[variant];
		if (offer) offer.left -= 2;
		return scenesOf(plot, shelf, variant, { market, cast });
	});
}

/** Something the buyer can afford and the course can happen to. */
function choose(plot: Plot, shelves: readonly Shelf[], court: Address, next: () => number): [Shelf, number] {
	// Every other order of somebody who can pay in native coin is paid so.
	const wantsNative = personaOf(plot.buyer).signs === 'passkey' && plot.index % 2 === 0;
	const payable = (shelf: Shelf, variant: number) =>
		paysNative(shelf, variant) ? personaOf(plot.buyer).signs === 'passkey' : !wantsNative || plot.course === 'released';
	const fits = (shelf: Shelf, variant: number) => {
		// The past's disputes were ruled by a person; a court's panels would have to be drawn and vote within hours.
		if ((plot.course === 'disputed' || plot.course === 'ruled') && shelf.offers[variant]?.terms.arbitrator === court) return false;
		if (plot.course === 'completed' || plot.course === 'shipped') return true;
		if (shelf.goods.kind === 'digital') return false;
		return plot.course !== 'released' || shelf.shop.confirmByDays <= 14;
	};
	const options = shelves
		.flatMap((shelf) => shelf.offers.map((offer, variant) => ({ shelf, offer, variant })))
		.filter(({ shelf, offer, variant }) => fits(shelf, variant) && offer.left >= 4 && payable(shelf, variant));
	// Squaring prefers the front of the list: some things sell better than others.
	const chosen = options[Math.floor(next() ** 1.3 * options.length)];
	if (!chosen) throw new RangeError('nothing left to buy');
	return [chosen.shelf, chosen.variant];
}

/** Some shops have taken money out by now. */
function withdrawalsOf(market: Market, cast: Cast, shelves: readonly Shelf[]): Scene[] {
	const byShop = new Map(shelves.map((shelf) => [shelf.shopId, shelf.shop]));
	return [...byShop].slice(0, 6).flatMap(([shopId, shop], i) =>
		[26.2 + i * 0.5, 37.1].slice(0, i % 2 ? 1 : 2).map((day) => ({
			day,
			thread: shop.slug,
			play: async () => {
				const [money] = await market.reads.order.balancesOf(shopAccountOf(shopId));
				const amount = (BigInt(money?.amount ?? 0) * 7n) / 10n;
				if (money && amount > 0n) await cast.inTurn(shop.owner, (owner) => withdrawShop(owner, shopId, money.currency, amount));
			},
		})),
	);
}

/** A few listings were published again with more to say, so that their history has more than one version. */
function revisionsOf(market: Market, cast: Cast, shelves: readonly Shelf[]): Scene[] {
	return [3, 21, 47].flatMap((index, i) => {
		const shelf = shelves[index];
		if (!shelf) return [];
		const note = {
			name: { en: 'Note', 'zh-CN': '说明' },
			value: { en: 'Photographed again in daylight; nothing else has changed.', 'zh-CN': '日光下重新拍过，其余不变。' },
		};
		const content = { ...shelf.content, attributes: [...(shelf.content.attributes ?? []), note] };
		return [
			{
				day: 21.6 + i * 2.5,
				thread: shelf.shop.slug,
				play: async () => {
					const view = await market.reads.shop.listing(shelf.listingId.toString());
					const stocks = view?.offers.map((offer) => offer.stock) ?? [];
					const terms = shelf.offers.map((offer) => offer.terms);
					await cast.inTurn(shelf.shop.owner, (owner) =>
						publishListing(owner, { shopId: shelf.shopId, sequence: Number(shelf.listingId & 0xffffffffn), content, terms, stocks }),
					);
					for (const offer of shelf.offers) offer.version++;
				},
			},
		];
	});
}
