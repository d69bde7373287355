import { expect, type Page } from '@playwright/test';

type Words = (key: string) => RegExp;

/** What a person types at the checkout; only what is required. */
export async function fillAddress(page: Page, words: Words): Promise<void> {
	await page.getByLabel(startOf(words('order_name'))).fill('林悦');
	await page.getByLabel(startOf(words('order_phone'))).fill('+86 138 0000 0000');
	await page.getByLabel(startOf(words('order_city'))).fill('杭州');
	await page.getByLabel(startOf(words('order_street'))).fill('文三路 1 号');
}

/** Labels may say "optional" and buttons an amount after their words. */
export function startOf(words: RegExp): RegExp {
	return new RegExp(words.source.replace(/\\s\*\$$/, ''));
}

/** The product page's one button to buy, wherever this screen size puts it. */
export const buyButton = (page: Page, words: Words) =>
	page
		.getByRole('link', { name: words('shop_buy_now') })
		.or(page.getByRole('link', { name: startOf(words('shop_buy')) }))
		.filter({ visible: true });

export const payButton = (page: Page, words: Words) => page.getByRole('button', { name: startOf(words('order_pay')) });

/** The open sheet's button that says what will be signed. */
export async function agree(page: Page, label: RegExp): Promise<void> {
	await page.getByRole('dialog').getByRole('button', { name: label }).click();
}

/** Closes what lies over the page. Another sheet that is just leaving may take the key for itself. */
export async function dismiss(page: Page): Promise<void> {
	await expect(async () => {
		await page.keyboard.press('Escape');
		await expect(page.getByRole('dialog')).toHaveCount(0, { timeout: 2000 });
	}).toPass();
}

/** Signs in with the passkey this device already holds. */
export async function signIn(page: Page, words: Words): Promise<void> {
	await page.goto('/sell');
	await page
		.getByRole('banner')
		.getByRole('button', { name: words('platform_sign_in') })
		.click();
	await agree(page, words('wallet_use_passkey'));
	await expect(
		page
			.getByRole('link', { name: words('platform_account') })
			.filter({ visible: true })
			.first(),
	).toBeVisible();
}

/** Writes and publishes a review on the open order page. */
export async function writeReview(page: Page, words: Words, review: { rating: number; text: string }): Promise<void> {
	await page.locator(`input[name=rating][value="${review.rating}"]`).check();
	await page.getByLabel(startOf(words('review_text'))).fill(review.text);
	await page.getByRole('button', { name: words('review_send') }).click();
	await agree(page, words('review_send'));
	await expect(page.getByText(words('review_sent'))).toBeVisible();
}

/** From a product page to its paid order; returns the order's id. */
export async function buy(page: Page, words: Words, productPath: string): Promise<string> {
	await page.goto(productPath);
	await buyButton(page, words).click();
	await page.waitForURL(/\/checkout/);
	// the address may change places before the page stands
	await payButton(page, words).waitFor();
	if (await page.getByLabel(startOf(words('order_name'))).isVisible()) await fillAddress(page, words);
	await payButton(page, words).click();
	await page.waitForURL(/\/orders\/0x[0-9a-f]{64}/);
	return /0x[0-9a-f]{64}/.exec(page.url())?.[0] ?? '';
}
