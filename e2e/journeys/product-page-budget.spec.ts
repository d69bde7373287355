import { gzipSync } from 'node:zlib';
import type { ListingCard } from '@kaishi/protocol/shop';
import { MarketClient } from '@kaishi/testkit';
import type { Response } from '@playwright/test';
import { expect, test } from '../src/journey.ts';

test.use({ seeded: true });

const SCRIPT_BUDGET_KB = 120;

test('a product page stays within its budget: script and layout shift', async ({ market, meet }) => {
	const { items } = await new MarketClient(market.url).get<{ items: ListingCard[] }>('/api/listings?limit=12&sort=popular');
	const listing = items.find((item) => item.image !== null) ?? items[0];
	expect(listing, 'the market sells something').toBeDefined();
	const { page } = await meet();
	await page.addInitScript(() => {
		const seen = window as unknown as { shifts: number };
		seen.shifts = 0;
		new PerformanceObserver((list) => {
			for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[])
				if (!entry.hadRecentInput) seen.shifts += entry.value;
		}).observe({ type: 'layout-shift', buffered: true });
	});
	const scripts: Response[] = [];
	page.on('response', (response) => {
		if (response.headers()['content-type']?.includes('javascript')) scripts.push(response);
	});
	await page.goto(`/p/${listing?.id}`);
	await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
	await page.waitForLoadState('networkidle');
	await page.mouse.wheel(0, 2000);
	await page.waitForTimeout(500);
	const bytes = (await Promise.all(scripts.map(transferred))).reduce((sum, size) => sum + size, 0);
	const shift = await page.evaluate(() => (window as unknown as { shifts: number }).shifts);
	console.log(`product page: ${(bytes / 1024).toFixed(1)} kB of script transferred in ${scripts.length} files, layout shift ${shift.toFixed(4)}`);
	expect(scripts.length, 'the page is alive').toBeGreaterThan(0);
	expect(bytes / 1024).toBeLessThanOrEqual(SCRIPT_BUDGET_KB);
	expect(shift).toBeLessThanOrEqual(0.01);
});

async function transferred(response: Response): Promise<number> {
	const zipped = /gzip|br/.test(response.headers()['content-encoding'] ?? '');
	return zipped ? (await response.request().sizes()).responseBodySize : gzipSync(await response.body()).length;
}
