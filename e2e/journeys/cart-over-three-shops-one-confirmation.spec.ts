import type { OrderSummary } from '@kaishi/protocol/order';
import type { Page } from '@kaishi/protocol/platform/proof';
import { buy, MarketClient, publishListing } from '@kaishi/testkit';
import { zeroAddress } from 'viem';
import { cartLink, goToCheckout, payCartButton, putIntoCart, storedCart } from '../src/cart.ts';
import { expect, test } from '../src/journey.ts';
import { openStall, type Stall } from '../src/stall.ts';
import { fillAddress } from '../src/steps.ts';

/** What cannot be placed is refused, and an order is asked for before it is tried again. */
test.use({ tolerated: [/409 .*\/api\/relay\/|404 .*\/api\/orders\//] });

const nextVersion = (stall: Stall, change: Partial<Stall['offer']['terms']>, stock = 20) =>
	publishListing(stall.seller, {
		shopId: stall.shopId,
		sequence: Number(stall.listingId & 0xffffffffn),
		terms: [{ ...stall.offer.terms, ...change }],
		stocks: [stock],
	});

test('three shops, three coins, one passkey gesture: account, money and all orders at once', async ({ market, extras, meet, words }) => {
	const { currencies } = await new MarketClient(market.url).market();
	const euro = currencies.find((one) => one.symbol === 'tEUR')?.address ?? zeroAddress;
	const stalls = [
		await openStall(extras),
		await openStall(extras, { terms: { currency: euro, unitPrice: 7n * 10n ** 18n, shippingPrice: 10n ** 18n } }),
		await openStall(extras, { terms: { currency: zeroAddress, unitPrice: 2n * 10n ** 15n, shippingPrice: 0n } }),
	];
	const { page, device } = await meet();
	for (const stall of stalls) await putIntoCart(page, words, stall);
	await page
		.getByRole('status')
		.getByRole('button', { name: words('cart_undo') })
		.last()
		.click();
	await expect.poll(async () => (await storedCart(page)).length, { message: 'undone' }).toBe(2);
	await putIntoCart(page, words, stalls[2] as Stall);
	await expect(cartLink(page, words)).toContainText('3');

	await nextVersion(stalls[0] as Stall, { unitPrice: 26_000_000n });
	await page.goto('/cart');
	await expect(page.getByText(words('cart_price_changed')), 'what changed meanwhile is said').toHaveCount(1);
	await expect(page.getByText(words('cart_delivery'))).toHaveCount(3);
	await goToCheckout(page, words);
	await fillAddress(page, words);
	await expect(page.getByText(words('cart_quote_held'))).toBeVisible();
	const started = performance.now();
	await payCartButton(page, words).click();
	await page.waitForURL(/\/orders$/);
	console.log(
		`cart of three shops: ${((performance.now() - started) / 1000).toFixed(2)} s from tap to paid (new passkey, account, test money, payment, three orders)`,
	);
	await expect(page.getByRole('article')).toHaveCount(3);
	expect(await device.count(), 'one passkey').toBe(1);
	expect(await storedCart(page), 'the cart is empty').toEqual([]);
	const hashes = await page.evaluate(async () => {
		const { items } = (await (await fetch('/api/orders?role=buyer')).json()) as Page<OrderSummary>;
		const orders = await Promise.all(
			items.map(async ({ id }) => (await (await fetch(`/api/orders/${id}`)).json()) as { events: { proof: { transactionHash: string } }[] }),
		);
		return orders.map((order) => order.events.at(0)?.proof.transactionHash);
	});
	expect(hashes).toHaveLength(3);
	expect(new Set(hashes).size, 'one operation').toBe(1);
});

test('one is sold out meanwhile: nothing is paid, it is named, the rest can be bought', async ({ extras, meet, words }) => {
	const [kept, scarce] = [await openStall(extras), await openStall(extras, { stock: 1 })];
	const { page } = await meet();
	for (const stall of [kept, scarce]) await putIntoCart(page, words, stall);
	await goToCheckout(page, words);
	await fillAddress(page, words);
	await buy(await extras.walletUser(), scarce.offer);
	await payCartButton(page, words).click();
	await expect(page.getByText(words('cart_failed_item'))).toBeVisible();
	await expect(page.getByText(words('cart_sold_out'))).toBeVisible();
	expect((await kept.seller.client.get<{ stock: number }>(`/api/listings/${kept.listingId}`)).stock, 'nothing was bought').toBe(20);
	await page.getByRole('button', { name: words('cart_pay_rest') }).click();
	await page.waitForURL(/\/orders$/);
	await expect(page.getByRole('article')).toHaveCount(1);
});

test('a visitor’s cart joins the one the account has, without doubles, and follows to other devices', async ({ extras, meet, words }) => {
	const [first, second] = [await openStall(extras), await openStall(extras)];
	const { page, device } = await meet();
	const owner = await extras.passkeyUser();
	await device.hold(owner);
	for (const stall of [first, second, first]) await putIntoCart(page, words, stall);
	expect((await storedCart(page)).map(({ quantity }) => quantity)).toEqual([2, 1]);
	await owner.signIn();
	const before = (await storedCart(page))[0];
	await owner.client.put(`/api/cart/${first.offer.offerId}`, { ...before, quantity: 5 });
	await page
		.getByRole('banner')
		.getByRole('button', { name: words('platform_sign_in') })
		.click();
	await page
		.getByRole('dialog')
		.getByRole('button', { name: words('wallet_use_passkey') })
		.click();
	await expect.poll(async () => (await storedCart(page)).map(({ quantity }) => quantity)).toEqual([5, 1]);
	const kept = async () => (await owner.client.get<{ lines: { quantity: number }[] }>('/api/cart')).lines.map(({ quantity }) => quantity);
	await expect.poll(kept).toEqual([5, 1]);
	await page.goto('/cart');
	await page
		.getByRole('button', { name: words('cart_remove') })
		.first()
		.click();
	await expect.poll(async () => (await kept()).length).toBe(1);
});

test('prices that are no longer held can be looked at again, and the contract ends what was quoted', async ({ extras, meet, words }) => {
	const stall = await openStall(extras);
	const { page } = await meet();
	await putIntoCart(page, words, stall);
	await goToCheckout(page, words);
	await fillAddress(page, words);
	await expect(page.getByText(words('cart_quote_held'))).toBeVisible();
	await extras.advance(901);
	await payCartButton(page, words).click();
	await expect(page.getByText(words('cart_failed_title'))).toBeVisible();
	await page.reload();
	await page.waitForLoadState('networkidle');
	await payCartButton(page, words).click();
	await page.waitForURL(/\/orders$/);
});
