import type { ResponseTime, Unread } from '@kaishi/protocol/social';
import { openConversation, say } from '@kaishi/testkit';
import { type Extras, expect, test } from '../src/journey.ts';
import { drawPng, openStall, type Stall } from '../src/stall.ts';
import { buy, signIn } from '../src/steps.ts';

test('a buyer asks before buying, the seller answers with a quick reply; picture, order card, unread count and response time', async ({
	extras,
	meet,
	words,
}) => {
	const stall = await openStall(extras);
	await twoOthersAsk(extras, stall);
	const buyer = await meet();
	const seller = await meet();
	await seller.device.hold(stall.seller);
	await signIn(seller.page, words);
	await stall.seller.client.put(`/api/shops/${stall.shopId}/quick-replies`, [{ en: 'We ship today.', 'zh-CN': '今天就发货。' }]);

	const orderId = await buy(buyer.page, words, stall.productPath);
	await buyer.page.goto(stall.productPath);
	await expect(buyer.page.getByTestId('response-time'), 'two answers are too few to speak of').toHaveCount(0);
	await buyer.page
		.getByRole('button', { name: words('social_ask') })
		.filter({ visible: true })
		.first()
		.click();
	const chat = buyer.page.getByTestId('chat');
	await chat.getByRole('textbox').fill('Is it this year’s tea? 今年的吗？');
	await chat.getByTestId('picture-file').setInputFiles({ name: 'tea.png', mimeType: 'image/png', buffer: drawPng(320, 240) });
	await expect(chat.getByRole('button', { name: words('social_picture_open') })).toBeVisible();
	await chat.getByRole('button', { name: words('social_send') }).click();
	await expect(chat.getByTestId('listing-card'), 'the product it was asked from goes along').toBeVisible();
	await expect(chat.locator('[data-seq="2"]')).toContainText('今年的吗？');

	await seller.page.goto(`/sell/${stall.slug}`);
	await expect(seller.page).toHaveTitle(/^\(\d+\) /);
	await seller.page.getByText(words('social_tile_unread')).click();
	await seller.page.getByRole('link', { name: /今年的吗/ }).click();
	const desk = seller.page.getByTestId('chat');
	await expect(desk.getByText('今年的吗？')).toBeVisible();
	const picture = desk.getByRole('button', { name: words('social_picture_open') }).locator('img');
	await expect.poll(() => picture.evaluate((img: HTMLImageElement) => img.naturalWidth), { message: 'the seller sees the picture' }).toBeGreaterThan(0);
	await desk.getByRole('button', { name: /We ship today|今天就发货/ }).click();
	await desk.getByRole('button', { name: words('social_send') }).click();
	await expect(chat.getByText(/We ship today|今天就发货/), 'the answer arrives without reloading').toBeVisible();
	await expect(desk.getByText(words('social_read')).first(), 'and the seller sees that it was read').toBeVisible();

	const unread = () => stall.seller.client.get<Unread>('/api/unread');
	await expect.poll(async () => (await unread()).messages, { message: 'nothing is left unread' }).toBe(0);
	await seller.page.goto('/notifications');
	await expect(seller.page.getByText(words('social_told_sold')).first(), 'the sale is in the notifications').toBeVisible();
	await expect.poll(async () => (await unread()).notifications).toBe(0);
	await expect(seller.page).not.toHaveTitle(/^\(\d+\) /);

	await buyer.page.goto(`/orders/${orderId}`);
	await buyer.page.getByRole('button', { name: words('social_ask') }).click();
	await chat.getByRole('textbox').fill('About this order.');
	await chat.getByRole('button', { name: words('social_send') }).click();
	await expect(chat.getByTestId('order-card')).toBeVisible();
	await seller.page.goto(`/sell/${stall.slug}/messages`);
	await seller.page.getByRole('link', { name: /About this order/ }).click();
	await expect(desk.getByTestId('order-card'), 'both see the order as it is now').toContainText(/\d/);

	await buyer.page.goto(`/s/${stall.slug}`);
	await expect(buyer.page.getByTestId('response-time'), 'three people were answered').toHaveText(words('social_response'));
	expect((await stall.seller.client.get<ResponseTime>(`/api/shops/${stall.shopId}/response-time`)).questions).toBe(3);
});

/** A shop's response time is spoken of once three people were answered. */
async function twoOthersAsk(extras: Extras, stall: Stall): Promise<void> {
	for (const asker of [await extras.passkeyUser(), await extras.passkeyUser()]) {
		await asker.signIn();
		const { id } = await openConversation(asker, stall.shopId);
		await say(asker, id, 'Do you ship abroad?');
		const { lastSeq } = await openConversation(asker, stall.shopId);
		await say(stall.seller, id, 'We do.');
		await stall.seller.client.put(`/api/conversations/${id}/read`, { seq: lastSeq });
	}
}

test.describe('a stranger', () => {
	// the browser itself complains of the tunnel
	test.use({ tolerated: [/ERR_INTERNET_DISCONNECTED/] });

	test('what a stranger writes does nothing: no markup, no script, no way out; offline it waits and is sent once', async ({ extras, meet, words }) => {
		const stall = await openStall(extras);
		const attacker = await extras.passkeyUser();
		await attacker.signIn();
		const { id } = await openConversation(attacker, stall.shopId);
		const hostile =
			'<img src=x onerror="document.title=\'owned\'"><script>document.title="owned"</script> https://evil.example/login \u202egnp.exe javascript:alert(1) {@html}';
		await say(attacker, id, hostile);

		const seller = await meet();
		await seller.device.hold(stall.seller);
		await signIn(seller.page, words);
		await seller.page.goto(`/sell/${stall.slug}/messages?c=${id}`);
		const desk = seller.page.getByTestId('chat');
		await expect(desk.getByText('https://evil.example/login')).toBeVisible();
		await expect(desk.locator('ol a, ol script, ol img')).toHaveCount(0);
		expect(await desk.locator('ol').innerText()).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
		expect(await seller.page.title()).not.toContain('owned');

		// the tunnel comes when everything is loaded
		await seller.page.waitForLoadState('networkidle');
		await seller.context.setOffline(true);
		await desk.getByRole('textbox').fill('Sent from the tunnel');
		await desk.getByRole('button', { name: words('social_send') }).click();
		await expect(desk.getByText(startOfWaiting(words))).toBeVisible();
		await seller.context.setOffline(false);
		await expect(desk.locator('[data-seq="2"]')).toContainText('Sent from the tunnel');
		await expect(desk.getByText('Sent from the tunnel')).toHaveCount(1);
		const { lastSeq } = await openConversation(attacker, stall.shopId);
		expect(lastSeq).toBe(2);
	});
});

const startOfWaiting = (words: (key: string) => RegExp) => new RegExp(words('social_waiting').source.replace(/\\s\*\$$/, ''));
