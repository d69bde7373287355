import AxeBuilder from '@axe-core/playwright';
import type { TradeView } from '@kaishi/protocol/discovery';
import type { ListingCard } from '@kaishi/protocol/shop';
import { MarketClient } from '@kaishi/testkit';
import { expect, type Person, test } from '../src/journey.ts';
import { allPagePaths } from '../src/page-paths.ts';

/** WCAG 2.2 AA; what stops people is what fails. */
const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

for (const colorScheme of ['light', 'dark'] as const) {
	test(`no page keeps anybody out: ${colorScheme}`, async ({ market, meet }) => {
		test.setTimeout(240_000);
		const paths = await pathsOf(market.url);
		const { page } = await meet({ colorScheme });
		const found: string[] = [];
		for (const path of paths) {
			await page.goto(path);
			await page.waitForLoadState('networkidle');
			found.push(...(await seriousProblems(page)).map((problem) => `${path}: ${problem}`));
		}
		console.log(`${paths.length} pages looked at (${colorScheme})`);
		expect(found).toEqual([]);
	});
}

async function seriousProblems(page: Person['page']): Promise<string[]> {
	const { violations } = await new AxeBuilder({ page }).withTags(standards).analyze();
	return violations
		.filter(({ impact }) => impact === 'serious' || impact === 'critical')
		.map(
			({ id, help, nodes }) =>
				`${id} (${help}): ${nodes
					.slice(0, 3)
					.map((node) => node.target.join(' '))
					.join(' | ')}`,
		);
}

/** Every page, with a product, a shop and an order of the seeded world in the places of their parameters. */
async function pathsOf(origin: string): Promise<string[]> {
	const client = new MarketClient(origin);
	const [{ items: listings }, { items: trades }] = await Promise.all([
		client.get<{ items: ListingCard[] }>('/api/listings?limit=1&sort=popular'),
		client.get<{ items: TradeView[] }>('/api/trades'),
	]);
	const [listing, trade] = [listings[0], trades[0]];
	if (!listing || !trade) throw new Error('the seeded world has no product or no trade');
	return allPagePaths({
		'p/': { id: listing.id },
		's/': { slug: listing.shop.slug },
		'sell/': { shop: listing.shop.slug, id: listing.id, product: listing.id },
		'orders/': { id: trade.orderId },
		'explorer/': { id: trade.orderId },
		'checkout/': { offer: `${(BigInt(listing.id) << 16n).toString()}`, id: listing.id },
	});
}
