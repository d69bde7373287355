import { expect, test } from '../src/journey.ts';
import { openStall } from '../src/stall.ts';

test.describe('a picture is what the seller recorded, or the page says so', () => {
	test('genuine', async ({ extras, meet, words }) => {
		const { page } = await meet();
		await page.goto((await openStall(extras)).productPath);
		await page
			.getByRole('region', { name: words('shop_gallery') })
			.getByRole('button', { name: words('platform_seal') })
			.click();
		await expect(page.getByText(words('platform_picture_genuine'))).toBeVisible();
	});

	test('tampered with by the operator', async ({ extras, meet, words }) => {
		const { page } = await meet();
		await page.route('**/media/*', async (route) => {
			const response = await route.fetch();
			// the manifest stays honest: only what is shown was exchanged
			if (response.headers()['content-type']?.includes('json')) return route.fulfill({ response });
			return route.fulfill({ response, body: Buffer.concat([await response.body(), Buffer.from([0])]) });
		});
		await page.goto((await openStall(extras)).productPath);
		await page
			.getByRole('region', { name: words('shop_gallery') })
			.getByRole('button', { name: words('platform_seal') })
			.click();
		await expect(page.getByText(words('platform_picture_forged'))).toBeVisible();
	});
});
