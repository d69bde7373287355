import { dropButton, getReady, openDrop } from '../src/drop.ts';
import { expect, test } from '../src/journey.ts';
import { openStall } from '../src/stall.ts';
import { agree, signIn } from '../src/steps.ts';

// Refusals are answers; a lost connection is what one journey is about.
test.use({ tolerated: [/(409 \(Conflict\)|ERR_CONNECTION_RESET|ERR_FAILED).*\/api\/intents/] });

test('a seller starts a flash sale; one tap buys piece number one with a receipt; whoever comes later is told so at once', async ({ extras, meet, words }) => {
	const stall = await openStall(extras, { stock: 1 });
	const seller = await meet();
	await seller.device.hold(stall.seller);
	await signIn(seller.page, words);
	await seller.page.goto(`/sell/${stall.slug}/products/${stall.listingId}`);
	await seller.page.getByRole('button', { name: words('operator_pledge_start') }).click();
	await agree(seller.page, words('operator_pledge_start'));
	await expect(seller.page.getByText(words('operator_pledge_started'))).toBeVisible();
	await expect(seller.page.getByRole('button', { name: words('sell_edit_publish_next') })).toBeDisabled();

	const [first, late] = [await meet(), await meet()];
	await getReady(first, words, extras, stall);
	await getReady(late, words, extras, stall);
	await expect(first.page.getByTestId('drop-left')).toHaveText(words('operator_drop_left'));

	// From here on the passkeys say no: the tap is all there is.
	await first.device.refuse();
	await late.device.refuse();
	// The second one's page has not heard yet that the piece is gone.
	await late.page.route('**/api/offers/*/left', (route) => route.fulfill({ json: { offerId: stall.offer.offerId.toString(), left: '1', waiting: 0 } }));
	await late.page.reload();
	await expect(dropButton(late.page, words)).toBeVisible();

	await dropButton(first.page, words).click();
	await expect(first.page.getByRole('dialog').getByRole('heading', { name: words('operator_got_number') })).toContainText('1');
	await dropButton(late.page, words).click();
	await expect(late.page.getByRole('dialog').getByRole('heading', { name: words('operator_too_late') })).toBeVisible();

	// The receipt holds by itself: signature, operator, bond and order are looked up on the chain.
	await expect(first.page.getByText(words('operator_got_placed'))).toBeVisible();
	// A reload does not take back what the buyer was told.
	await first.page.reload();
	await expect(first.page.getByRole('dialog').getByRole('heading', { name: words('operator_got_number') })).toContainText('1');
	await expect(first.page.getByText(words('operator_got_placed'))).toBeVisible();
	await first.page.getByRole('link', { name: words('operator_to_receipt') }).click();
	await expect(first.page.getByText(words('operator_receipt_placed'))).toBeVisible();
	for (const fact of ['signature', 'signer', 'bond', 'order'])
		await expect(first.page.getByRole('listitem').filter({ hasText: said(words(`operator_check_${fact}`)) })).toContainText(said(words('operator_check_yes')));
	await first.page.getByRole('link', { name: words('operator_to_order') }).click();
	await first.page.waitForURL(/\/orders\/0x/);
	await expect(first.page.getByRole('link', { name: said(words('operator_receipt')) })).toBeVisible();

	// Everybody else sees the same: promised to the last piece.
	const visitor = await meet();
	await visitor.page.goto(stall.productPath);
	await expect(visitor.page.getByTestId('drop-left')).toHaveText(words('operator_sold_out'));
});

/** The same words with others around them. */
const said = (words: RegExp) => new RegExp(words.source.replace(/^\^\\s\*/, '').replace(/\\s\*\$$/, ''));

test('what a reload or a lost connection interrupts goes on by itself and counts once', async ({ extras, meet, words, market }) => {
	const stall = await openDrop(extras, { stock: 9 });
	const { page, ...person } = await meet();
	await getReady({ page, ...person }, words, extras, stall);
	// The operator hears every intent; its answers are lost on the way.
	let heard = 0;
	await page.route('**/api/intents', async (route) => {
		// A page that goes away takes its requests with it.
		await route.fetch().then(
			() => heard++,
			() => undefined,
		);
		await route.abort('connectionreset').catch(() => undefined);
	});
	await dropButton(page, words).click();
	await expect(page.getByRole('dialog').getByRole('heading', { name: words('operator_offline') })).toBeVisible();
	// Gone before its answers come again: else the old page may hear the one that the new page is to ask for.
	await page.goto('about:blank');
	await page.unrouteAll({ behavior: 'ignoreErrors' });
	await page.goto(stall.productPath);
	await expect(page.getByRole('dialog').getByRole('heading', { name: words('operator_got_number') })).toContainText('1');
	expect(heard).toBeGreaterThan(0);
	await market.ask.processAll();
	expect((await stall.seller.client.get<{ sold: number }>(`/api/listings/${stall.listingId}`)).sold).toBe(1);
});
