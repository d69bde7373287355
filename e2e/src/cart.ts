import type { CartLine } from '@kaishi/protocol/order';
import { expect, type Page } from '@playwright/test';
import type { Stall } from './stall.ts';
import { startOf } from './steps.ts';

type Words = (key: string) => RegExp;

/** From its product page into the cart, wherever this screen size puts the button. */
export async function putIntoCart(page: Page, words: Words, stall: Stall): Promise<void> {
	await page.goto(stall.productPath);
	await page
		.getByRole('button', { name: words('cart_add') })
		.filter({ visible: true })
		.click();
	await expect(page.getByText(words('cart_added')).last()).toBeVisible();
}

/** The link that counts the cart's pieces. */
export const cartLink = (page: Page, words: Words) => page.getByRole('banner').getByRole('link', { name: words('cart_nav') });

export const payCartButton = (page: Page, words: Words) => page.getByRole('button', { name: words('cart_pay_all') });

/** The cart as the browser keeps it. */
export async function storedCart(page: Page): Promise<CartLine[]> {
	return page.evaluate(() => (JSON.parse(localStorage.getItem('kaishi.cart') ?? '{"lines":[]}') as { lines: CartLine[] }).lines);
}

/** From the cart's page to its checkout. */
export async function goToCheckout(page: Page, words: Words): Promise<void> {
	await page.goto('/cart');
	await page.getByRole('link', { name: startOf(words('cart_checkout')) }).click();
	await page.waitForURL(/\/checkout\/cart/);
}
