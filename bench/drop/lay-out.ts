import { randomBytes } from 'node:crypto';
import type { MarketInfo } from '@kaishi/protocol/discovery';
import { MarketClient, type SpawnedMarket } from '@kaishi/testkit';
import type { Address } from 'viem';
import { type Buyer, makeBuyers, shuffle, sourceOf } from '../world/buyers.ts';
import { fillBalances, openTabs } from '../world/funding.ts';
import { forgeIntent, type Intent, type IntentTerms, signIntent } from '../world/intents.ts';
import { currencyOf, type Offer, offer } from '../world/offers.ts';
import type { DropOptions } from './options.ts';

/** Everything that stands ready before the race. */
export interface Drop {
	info: MarketInfo;
	currency: Address;
	offers: Offer[];
	/** Who has money; forgers have none. */
	buyers: Buyer[];
	/** In the order in which they are sent. */
	intents: Intent[];
	/** An earlier drop: orders of other people for something else. */
	warmUp: Intent[];
}

const PRICE = 1_000_000n;
/** A tab covers one piece and not two; the balance beside it is to be left alone. */
const TAB = PRICE + PRICE / 2n;
const SPARE = 12_345n;
const HOURS = 3600;
/** Who came to an earlier drop, and how much of what they wanted was there: both answers are well practised. */
const EARLY_BUYERS = 50;
const EARLY_SHARE = 0.3;

/** Sellers put their stock on sale and pledge it, buyers get money and tabs, and everybody signs. */
export async function layOut(market: SpawnedMarket, options: DropOptions): Promise<Drop> {
	const client = new MarketClient(market.url);
	const info = await client.market();
	const now = await client.now();
	const currency = currencyOf(info).address;
	const seed = randomBytes(8).toString('hex');
	const operatorId = options.door === 'intents' ? operatorOf(info) : 0;
	const pledge = options.door === 'intents' ? { operatorId, until: now + 24 * HOURS } : null;

	const offers: Offer[] = [];
	for (const [i, stock] of divide(options.stock, options.products).entries())
		offers.push(await offer(market.url, { slug: `drop-${seed}-${i}`, unitPrice: PRICE, stock, pledge }));
	const earlier = await offer(market.url, { slug: `early-${seed}`, unitPrice: PRICE, stock: Math.ceil(options.warmUp * EARLY_SHARE), pledge });

	const give = async (people: readonly Buyer[], tab: bigint) => {
		const accounts = people.map(({ address }) => address);
		await fillBalances(market, info, currency, accounts, tab + SPARE);
		if (options.door === 'intents') await openTabs(market, info, people, { currency, amount: tab, operatorId, validUntil: now + 48 * HOURS });
	};
	const honest = options.buyers - Math.floor((options.buyers * options.forged) / 100);
	const buyers = makeBuyers(honest, seed);
	const early = makeBuyers(Math.min(EARLY_BUYERS, options.warmUp), `${seed} early`);
	await give(buyers, TAB);
	await give(early, PRICE * BigInt(Math.ceil(options.warmUp / EARLY_BUYERS)));

	const terms: IntentTerms = { door: options.door, info, validBefore: now + 2 * HOURS };
	const warmUp = Array.from({ length: options.warmUp }, (_, i) => signIntent(terms, early[i % early.length] as Buyer, earlier, `${seed} early ${i}`));
	return { info, currency, offers, buyers, intents: shuffle(signAll(terms, buyers, offers, options.buyers - honest), seed), warmUp };
}

/** Whole parts, as equal as they can be. */
const divide = (whole: number, parts: number): number[] => Array.from({ length: parts }, (_, i) => Math.floor(whole / parts) + (i < whole % parts ? 1 : 0));

function operatorOf({ operator }: MarketInfo): number {
	if (operator === null) throw new Error('this server is no operator: nobody could pledge stock to it');
	return operator.id;
}

/**
 * One piece for each buyer, products by turns. Forgers sign for buyers who are really there: every second one sends the very
 * order that its buyer sends, so that a wrong signature could spoil the right one's answer; the others spend the same tab.
 */
function signAll(terms: IntentTerms, buyers: readonly Buyer[], offers: readonly Offer[], forged: number): Intent[] {
	const offerOf = (i: number): Offer => {
		const found = offers[i % offers.length];
		if (!found) throw new Error('nothing is on sale');
		return found;
	};
	const own = buyers.map((buyer, i) => signIntent(terms, buyer, offerOf(i), `order ${i}`));
	const stride = Math.max(1, Math.floor(buyers.length / Math.max(1, forged)));
	const foreign = Array.from({ length: forged }, (_, i) => {
		const victim = (i * stride) % buyers.length;
		const buyer = buyers[victim];
		if (!buyer) throw new Error('nobody to sign for');
		return forgeIntent(terms, buyer, offerOf(victim), `order ${i % 2 === 0 ? victim : `forged ${i}`}`, sourceOf(1_000_000 + i));
	});
	return [...own, ...foreign];
}
