import type { OrderView } from '@kaishi/protocol/order';
import { offerIdOf } from '@kaishi/protocol/shop';
import { buy, MarketClient, ordinaryContent, ordinaryTerms, publishListing } from '@kaishi/testkit';
import { expect, test } from '../src/journey.ts';
import { openStall } from '../src/stall.ts';
import { buyButton, fillAddress, payButton } from '../src/steps.ts';

const jade = { en: 'Jade', 'zh-CN': '青' };

test('a shopper gets the colour they tapped, whatever happens on the shelf meanwhile', async ({ market, extras, meet, words }) => {
	const { seller, shopId } = await openStall(extras);
	const content = {
		...ordinaryContent,
		options: [{ en: 'Colour', 'zh-CN': '颜色' }],
		variants: [{ values: [{ en: 'Red', 'zh-CN': '红' }] }, { values: [jade] }],
	};
	const terms = await ordinaryTerms(seller);
	const listingId = await publishListing(seller, { shopId, content, terms: [terms, terms], stocks: [5, 5] });

	const { page } = await meet();
	await page.goto(`/p/${listingId}`);
	const choice = page.getByRole('radio', { name: new RegExp(`^(${jade.en}|${jade['zh-CN']})$`) });
	await choice.locator('..').click();
	await expect(choice).toBeChecked();
	const news = page.waitForResponse(/__data\.json/);
	await buy(await extras.walletUser(), { offerId: offerIdOf(listingId, 0), terms });
	await news;
	await expect(choice, 'news about the product takes nothing back').toBeChecked();

	await buyButton(page, words).click();
	await fillAddress(page, words);
	await payButton(page, words).click();
	await page.waitForURL(/\/orders\/0x[0-9a-f]{64}/);
	const order = await new MarketClient(market.url).get<OrderView>(`/api/orders/${/0x[0-9a-f]{64}/.exec(page.url())?.[0]}`);
	expect(order.listing.variant).toEqual(jade);
});
