import type { IntentRequest } from '@kaishi/protocol/operator';
import { orderFromWire } from '@kaishi/protocol/order';
import type { Money } from '@kaishi/protocol/platform/money';
import { MarketClient, signReceipt } from '@kaishi/testkit';
import { dropButton, getReady, openDrop } from '../src/drop.ts';
import { expect, test } from '../src/journey.ts';
import { agree } from '../src/steps.ts';

test('an operator signs a receipt and drops the order: the buyer’s browser finds out, and the bond pays', async ({ extras, meet, words, market }) => {
	const stall = await openDrop(extras, { stock: 5 });
	const person = await meet();
	const { page } = person;
	const account = await getReady(person, words, extras, stall);
	const client = new MarketClient(market.url);
	const key = (await market.ask.operatorKey()) as `0x${string}`;
	// Everything is as a buyer would see it; only the order never leaves the operator's drawer.
	await page.route('**/api/intents', async (route) => {
		const { order } = route.request().postDataJSON() as IntentRequest;
		const byBlock = BigInt((await market.ask.head()).number);
		const receipt = await signReceipt(client, key, orderFromWire(order), { piece: 1n, byBlock });
		await route.fulfill({ json: { orderId: receipt.receipt.orderId, receipt, placed: null } });
	});
	await dropButton(page, words).click();
	await expect(page.getByRole('dialog').getByRole('heading', { name: words('operator_got_number') })).toBeVisible();
	await page.getByRole('link', { name: words('operator_to_receipt') }).click();
	await page.waitForURL(/\/receipts\/0x/);

	// A block later the promise is broken.
	await extras.advance(60);
	await extras.walletUser();
	await expect(page.getByText(words('operator_receipt_broken'))).toBeVisible();
	const download = page.waitForEvent('download');
	await page.getByRole('button', { name: words('operator_receipt_save') }).click();
	expect((await download).suggestedFilename()).toMatch(/^kaishi-receipt-[0-9a-f]{8}\.json$/);

	const balance = async () => {
		const held = await client.get<Money[]>(`/api/accounts/${account}/balances`);
		return BigInt(held.find((money) => money.currency === stall.offer.terms.currency)?.amount ?? 0);
	};
	const before = await balance();
	await page.getByRole('button', { name: words('operator_claim') }).click();
	await agree(page, words('operator_claim'));
	await expect(page.getByText(words('operator_receipt_compensated'))).toBeVisible();
	expect((await balance()) - before).toBe(stall.offer.terms.unitPrice + stall.offer.terms.shippingPrice);

	await page.goto('/explorer/operators');
	await expect(page.getByText(words('operator_caught'))).toBeVisible();
	await expect(page.getByText(words('operator_catch_dropped'))).toBeVisible();
});
