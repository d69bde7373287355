import { pledgeOffer } from '@kaishi/testkit';
import { expect } from '@playwright/test';
import type { Extras, Person } from './journey.ts';
import { openStall, type Stall } from './stall.ts';
import { agree, fillAddress, signIn, startOf } from './steps.ts';

type Words = (key: string) => RegExp;
type Page = Person['page'];

/** A product whose stock is kept for buyers with money set aside here, as its seller would do it. */
export async function openDrop(extras: Extras, options: Parameters<typeof openStall>[1] = {}): Promise<Stall> {
	const stall = await openStall(extras, options);
	await pledgeOffer(stall.seller, stall.offer.offerId);
	return stall;
}

/** The product page's one button while a flash sale runs. */
export const dropButton = (page: Page, words: Words, ready = true) =>
	page.getByRole('button', { name: startOf(words(ready ? 'operator_buy' : 'operator_prepare')) }).filter({ visible: true });

/** Signs in, sets money aside and says where it shall go, all on the product's page. */
export async function getReady({ page, device }: Person, words: Words, extras: Extras, stall: Stall, amount = '120'): Promise<`0x${string}`> {
	const buyer = await extras.passkeyUser();
	await device.hold(buyer);
	await signIn(page, words);
	await page.goto(stall.productPath);
	await dropButton(page, words, false).click();
	await page.getByRole('dialog').locator('input[name=amount]').fill(amount);
	await page
		.getByRole('dialog')
		.getByRole('button', { name: words('tab_confirm') })
		.click();
	await agree(page, words('tab_confirm'));
	await expect(page.getByText(words('operator_ready_done'))).toHaveCount(1);
	await dropButton(page, words, false).click();
	await fillAddress(page, words);
	await page
		.getByRole('dialog')
		.getByRole('button', { name: words('operator_ready_address_save') })
		.click();
	await expect(dropButton(page, words)).toBeVisible();
	return buyer.address;
}
