import type { ListingCard } from '@kaishi/protocol/shop';
import { MarketClient } from '@kaishi/testkit';
import { expect, test } from '../src/journey.ts';
import { drawPng } from '../src/stall.ts';
import { agree, startOf } from '../src/steps.ts';

// asking whether a shop's address is free is answered by "not found"
test.use({ tolerated: [/404 .*\/api\/shops\//] });

test('a visitor opens a shop and sells a first product, which a stranger then finds', async ({ market, meet, words }, { project }) => {
	const { page, device } = await meet();
	const slug = `lantern-${project.name}-${process.pid}`;
	const started = performance.now();
	await page.goto('/sell');
	await page
		.getByRole('link', { name: words('sell_open') })
		.first()
		.click();
	await page.getByLabel(startOf(words('sell_new_name'))).fill('Moon Lantern');
	await page.getByLabel(startOf(words('sell_new_slug'))).fill(slug);
	await expect(page.getByText(startOf(words('sell_new_slug_free'))).or(page.getByText('✓'))).toBeVisible();
	await page.getByRole('button', { name: words('sell_next') }).click();
	await page.getByRole('button', { name: words('sell_next') }).click();
	await page.getByRole('button', { name: words('sell_new_open') }).click();
	await agree(page, words('sell_open'));
	await page
		.getByRole('dialog')
		.getByRole('button', { name: words('wallet_create_passkey') })
		.click();
	await page.waitForURL(new RegExp(`/sell/${slug}`));
	console.log(`a shop of one's own after ${((performance.now() - started) / 1000).toFixed(1)} s`);
	expect(await device.count()).toBe(1);

	await page.goto(`/sell/${slug}/products/new`);
	await page.getByLabel(startOf(words('sell_edit_name'))).fill('Paper lantern, hand-painted');
	await page.getByLabel(startOf(words('sell_edit_description'))).fill('Bamboo and mulberry paper. Folds flat.');
	await page
		.locator('input[type=file]')
		.first()
		.setInputFiles({ name: 'lantern.png', mimeType: 'image/png', buffer: drawPng(800, 600) });
	await expect(page.getByRole('main').locator('li img').first()).toBeVisible();
	await page.locator('input[name=price]').fill('18.50');
	await page.locator('input[name=stock]').fill('5');
	await page.getByRole('button', { name: words('sell_edit_publish') }).click();
	await agree(page, words('sell_edit_publish'));
	await page.waitForURL(new RegExp(`/sell/${slug}/products$`));
	await expect(page.getByText('Paper lantern, hand-painted').first()).toBeVisible();

	const stranger = await meet();
	await stranger.page.goto(`/s/${slug}`);
	await stranger.page
		.getByRole('link', { name: /Paper lantern, hand-painted/ })
		.first()
		.click();
	await expect(stranger.page.getByRole('heading', { level: 1, name: 'Paper lantern, hand-painted' })).toBeVisible();
	const { items } = await new MarketClient(market.url).get<{ items: ListingCard[] }>('/api/listings?query=lantern');
	const mine = items.find((item) => item.shop.slug === slug);
	expect(mine).toMatchObject({ stock: 5, price: { amount: '18500000' } });
	expect(mine?.image?.renditions.length).toBeGreaterThan(0);
});
