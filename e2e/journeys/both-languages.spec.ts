import { expect, test } from '../src/journey.ts';
import { openStall } from '../src/stall.ts';
import { say, untranslated } from '../src/words.ts';

test('every word exists in both languages', () => {
	expect(untranslated()).toEqual([]);
});

test('the browser’s language is spoken from the first page on, and the other is one tap away and stays', async ({ extras, meet }, { project }) => {
	const stall = await openStall(extras);
	const [own, other] = project.use.locale?.startsWith('zh') ? (['zh-CN', 'en'] as const) : (['en', 'zh-CN'] as const);
	const titles = { en: 'Spring tea, 50 g', 'zh-CN': '明前龙井 50 克' };
	const { page } = await meet();
	await page.goto(stall.productPath);
	await expect(page.locator('html')).toHaveAttribute('lang', own);
	await expect(page.getByRole('heading', { level: 1, name: titles[own] })).toBeVisible();
	await page.goto('/');
	await page
		.getByRole('radio', { name: other === 'en' ? 'English' : '中文' })
		.first()
		.check();
	await expect(page.locator('html')).toHaveAttribute('lang', other);
	await page.goto(stall.productPath);
	await expect(page.getByRole('heading', { level: 1, name: titles[other] })).toBeVisible();
	await expect(page.getByText(say('shop_reviews', other)).first()).toBeVisible();
});
