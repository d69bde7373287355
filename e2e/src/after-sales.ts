import type { OfferTerms, Order, OrderView } from '@kaishi/protocol/order';
import { buy, type PasskeyUser, ship } from '@kaishi/testkit';
import { expect, type Page } from '@playwright/test';
import type { Hex } from 'viem';
import type { Extras, Person } from './journey.ts';
import { openStall, type Stall } from './stall.ts';
import { agree, signIn, startOf } from './steps.ts';

type Words = (key: string) => RegExp;
type Meet = () => Promise<Person>;

/** An order on its way, with its buyer in front of the order's page: where every story after the sale begins. */
export interface ShippedOrder {
	stall: Stall;
	buyer: Person;
	user: PasskeyUser;
	order: Order;
	orderId: Hex;
	/** `/orders/<id>` */
	path: string;
	/** As the buyer sees it. */
	view(): Promise<OrderView>;
}

export async function shippedOrder(extras: Extras, meet: Meet, words: Words, terms: Partial<OfferTerms> = {}): Promise<ShippedOrder> {
	const stall = await openStall(extras, { terms });
	const user = await extras.passkeyUser();
	const { order, orderId } = await buy(user, stall.offer);
	await ship(stall.seller, order);
	await user.signIn();
	const buyer = await openOrder(meet, words, user, orderId);
	return { stall, buyer, user, order, orderId, path: `/orders/${orderId}`, view: () => user.client.get<OrderView>(`/api/orders/${orderId}`) };
}

/** Somebody signs in on a device of their own and opens the order. */
export async function openOrder(meet: Meet, words: Words, user: PasskeyUser, orderId: Hex): Promise<Person> {
	const person = await meet();
	await person.device.hold(user);
	await signIn(person.page, words);
	await person.page.goto(`/orders/${orderId}`);
	return person;
}

/** Presses the page's button; the sheet it opens says what is signed, and is agreed to with `confirm` (the same words when left out). */
export async function take(page: Page, words: Words, button: string, confirm = button): Promise<void> {
	await page
		.getByRole('main')
		.getByRole('button', { name: words(button) })
		.click();
	await agree(page, words(confirm));
	await expect(page.getByRole('dialog')).toHaveCount(0);
}

/** Asks for something after the sale. */
export async function request(
	page: Page,
	words: Words,
	wish: { button?: string; remedy: string; reason?: string; picture?: Buffer; percent?: number },
): Promise<void> {
	await page
		.getByRole('main')
		.getByRole('button', { name: words(wish.button ?? 'order_request') })
		.click();
	const sheet = page.getByRole('dialog');
	await sheet.getByRole('radio', { name: startOf(words(wish.remedy)) }).check();
	if (wish.percent !== undefined) await sheet.getByRole('slider').fill(String(wish.percent));
	if (wish.reason) await sheet.getByLabel(startOf(words('order_dispute_reason'))).fill(wish.reason);
	if (wish.picture) {
		await sheet.getByTestId('reason-picture').setInputFiles({ name: 'broken.png', mimeType: 'image/png', buffer: wish.picture });
		await expect(sheet.getByAltText(words('order_reason_picture'))).toBeVisible();
	}
	await sheet.getByRole('button', { name: words('order_next') }).click();
	await agree(page, words('order_request_sign'));
	await expect(page.getByText(words('order_request_done'))).toBeVisible();
}

/** Says which parcel brings the goods back. */
export async function sendBack(page: Page, words: Words, number: string): Promise<void> {
	await page
		.getByRole('main')
		.getByRole('button', { name: words('order_send_back') })
		.click();
	const sheet = page.getByRole('dialog');
	await sheet.getByLabel(startOf(words('order_carrier'))).fill('SF Express');
	await sheet.getByLabel(startOf(words('order_tracking_number'))).fill(number);
	await sheet.getByRole('button', { name: words('order_next') }).click();
	await agree(page, words('order_send_back'));
	await expect(page.getByText(words('order_send_back_done'))).toBeVisible();
}
