import type { Page } from '@playwright/test';

/** What a person types at the checkout; only what is required. */
export async function fillAddress(page: Page, words: (key: string) => RegExp): Promise<void> {
	await page.getByLabel(startOf(words('order_name'))).fill('林悦');
	await page.getByLabel(startOf(words('order_phone'))).fill('+86 138 0000 0000');
	await page.getByLabel(startOf(words('order_city'))).fill('杭州');
	await page.getByLabel(startOf(words('order_street'))).fill('文三路 1 号');
}

/** Labels may say "optional" after their words. */
export function startOf(words: RegExp): RegExp {
	return new RegExp(words.source.replace(/\\s\*\$$/, ''));
}
