import { MarketClient } from '@kaishi/testkit';
import { expect, test } from '../src/journey.ts';
import { openStall } from '../src/stall.ts';
import { fillAddress, payButton } from '../src/steps.ts';

const DAY = 86_400;

test('prices stand in the reader’s own currency, beside what is really asked; sample rates never grow old', async ({ extras, meet, words, locale }) => {
	const stall = await openStall(extras);
	const { page } = await meet();
	await page.goto(stall.productPath);
	const chinese = locale?.startsWith('zh') ?? false;
	const head = page.getByRole('article').first();
	// 25 dollars by the sample table: 0.1389 dollars a yuan, 1.27 a pound.
	await expect(head.getByText(chinese ? '¥179.99' : '£19.69').first()).toBeVisible();
	await expect(head.getByText('$25.00').first(), 'what is paid').toBeVisible();
	await expect(head.getByText('tUSD').first()).toBeVisible();
	await expect(page.getByText(words('cart_rates_sample'))).toBeVisible();

	await page.getByRole('contentinfo').getByRole('combobox').selectOption('JPY');
	await expect(head.getByText(chinese ? 'JP¥3,788' : '¥3,788').first()).toBeVisible();
	await page.reload();
	await expect(head.getByText(chinese ? 'JP¥3,788' : '¥3,788').first(), 'remembered').toBeVisible();

	await page.goto(`/checkout?offer=${stall.offer.offerId}&v=1&n=2`);
	await expect(page.getByText(words('cart_quote_held'))).toBeVisible();
	await fillAddress(page, words);
	await payButton(page, words).click();
	await page.waitForURL(/\/orders\/0x/);
	const orderId = /0x[0-9a-f]{64}/.exec(page.url())?.[0];
	const order = await new MarketClient(stall.seller.client.origin).get<{ total: unknown }>(`/api/orders/${orderId}`);
	expect(order.total, 'rates touch nothing that is settled').toEqual({ currency: stall.offer.terms.currency, amount: '53000000' });

	await page.getByRole('contentinfo').getByRole('combobox').selectOption('none');
	await page.goto(stall.productPath);
	await expect(head.getByText('$25.00').first()).toBeVisible();
	await expect(head.getByText('3,788')).toHaveCount(0);

	await page.getByRole('contentinfo').getByRole('combobox').selectOption('JPY');
	// Sample figures are renewed as they age; an operator's own are marked after a day and unused after a week, see ageOf.
	await extras.advance(8 * DAY);
	await page.goto(stall.productPath);
	await expect(head.getByText(chinese ? 'JP¥3,788' : '¥3,788').first(), 'of today again').toBeVisible();
	await expect(page.getByText(words('cart_rates_stale'))).toHaveCount(0);
});
