import type { ListingCard } from '@kaishi/protocol/shop';
import { MarketClient } from '@kaishi/testkit';
import { expect, test } from '../src/journey.ts';

test.describe('a picture is what the seller recorded, or the page says so', () => {
	test('genuine', async ({ market, meet, words }) => {
		const { page } = await meet();
		await page.goto(`/p/${await listingWithPicture(market.url)}`);
		await page
			.getByRole('region', { name: words('shop_gallery') })
			.getByRole('button', { name: words('platform_seal') })
			.click();
		await expect(page.getByText(words('platform_picture_genuine'))).toBeVisible();
	});

	test('tampered with by the operator', async ({ market, meet, words }) => {
		const { page } = await meet();
		await page.route('**/media/*', async (route) => {
			const response = await route.fetch();
			// the manifest stays honest: only what is shown was exchanged
			if (response.headers()['content-type']?.includes('json')) return route.fulfill({ response });
			return route.fulfill({ response, body: Buffer.concat([await response.body(), Buffer.from([0])]) });
		});
		await page.goto(`/p/${await listingWithPicture(market.url)}`);
		await page
			.getByRole('region', { name: words('shop_gallery') })
			.getByRole('button', { name: words('platform_seal') })
			.click();
		await expect(page.getByText(words('platform_picture_forged'))).toBeVisible();
	});
});

async function listingWithPicture(origin: string): Promise<string> {
	const { items } = await new MarketClient(origin).get<{ items: ListingCard[] }>('/api/listings?limit=30');
	const listing = items.find((item) => item.image && item.image.renditions.length > 0);
	if (!listing) throw new Error('no listing with a picture');
	return listing.id;
}
