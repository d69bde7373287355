import { readFileSync } from 'node:fs';
import { type OrderView, orderFromWire } from '@kaishi/protocol/order';
import { readPdf, refund } from '@kaishi/testkit';
import type { Download, Page } from '@playwright/test';
import { expect, test } from '../src/journey.ts';
import { openStall } from '../src/stall.ts';
import { agree, buyButton, fillAddress, payButton, signIn, startOf } from '../src/steps.ts';

// A stranger is told that there is no such page, and the browser writes that down.
test.use({ tolerated: [/404/] });

test('both sides read the invoice, in both languages, and nobody else does', async ({ extras, meet, words }) => {
	const stall = await openStall(extras);

	const seller = await meet();
	await seller.device.hold(stall.seller);
	await signIn(seller.page, words);
	await test.step('the seller says who sells, and which tax is where', async () => {
		const { page } = seller;
		await page.goto(`/sell/${stall.slug}/settings`);
		const form = page.getByRole('form', { name: words('tax_title') });
		await form.getByLabel(words('tax_legal_name')).fill('杭州巷口茶业有限公司');
		await form.getByLabel(words('tax_legal_street')).fill('文三路 1 号');
		await form.getByLabel(words('tax_legal_city')).fill('杭州');
		await form.getByLabel(words('tax_legal_country')).selectOption('CN');
		await form.getByLabel(words('tax_template')).selectOption('cn');
		await form.getByRole('button', { name: words('tax_template_add') }).click();
		await form.getByRole('button', { name: words('tax_save') }).click();
		await agree(page, words('tax_save'));
		await expect(page.getByText(words('tax_saved'))).toBeVisible();
	});

	const buyer = await meet();
	const orderId = await test.step('the buyer pays what the price says, as a business', async () => {
		const { page } = buyer;
		await page.goto(stall.productPath);
		await buyButton(page, words).click();
		await page.waitForURL(/\/checkout/);
		await fillAddress(page, words);
		await page.getByLabel(words('order_country')).selectOption('CN');
		await page.getByLabel(words('invoice_business')).check();
		await page.getByLabel(startOf(words('invoice_company'))).fill('上海茶友俱乐部');
		await page.getByLabel(startOf(words('invoice_tax_id'))).fill('91310000MA1FL0000X');
		await payButton(page, words).click();
		await page.waitForURL(/\/orders\/0x[0-9a-f]{64}/);
		return /0x[0-9a-f]{64}/.exec(page.url())?.[0] as `0x${string}`;
	});

	for (const [who, { page }] of Object.entries({ buyer, seller })) {
		await test.step(`the ${who} reads it and takes it along`, async () => {
			if (who === 'seller') {
				await page.goto(`/sell/${stall.slug}/orders`);
				await page.getByRole('link', { name: words('invoice_title') }).click();
			} else await page.getByRole('link', { name: words('invoice_read') }).click();
			await expect(page.getByText('杭州巷口茶业有限公司')).toBeVisible();
			await expect(page.getByText('上海茶友俱乐部')).toBeVisible();
			// 28 with 13 % in it
			await expect(page.getByText('$3.22').filter({ visible: true })).toBeVisible();
			for (const [language, title] of [
				['invoice_english', 'Invoice'],
				['invoice_chinese', '销售账单'],
			] as const) {
				const text = await downloaded(page, language, words);
				for (const part of [title, '杭州巷口茶业有限公司', '上海茶友俱乐部', '91310000MA1FL0000X', '24.78', '3.22', '28.00', orderId])
					expect(text).toContain(part);
			}
		});
	}

	await test.step('a refund brings a credit note', async () => {
		const { order } = await stall.seller.client.get<OrderView>(`/api/orders/${orderId}`);
		await refund(stall.seller, orderFromWire(order));
		await buyer.page.reload();
		await expect(buyer.page.getByRole('heading', { name: words('invoice_credit_title') })).toBeVisible();
		await expect(buyer.page.getByText(words('invoice_state_refunded')).first()).toBeVisible();
	});

	await test.step('a stranger gets nothing', async () => {
		const stranger = await meet();
		expect((await stranger.page.goto(`/orders/${orderId}/invoice`))?.status()).toBe(404);
		expect((await stranger.page.request.get(`/api/orders/${orderId}/invoice.pdf`)).status()).toBe(401);
		const neighbour = await extras.walletUser();
		await neighbour.signIn();
		expect((await neighbour.client.fetch(`/api/orders/${orderId}/invoice.pdf`)).status).toBe(404);
		await expect(stranger.page.getByText('上海茶友俱乐部')).toHaveCount(0);
	});
});

/** The text of the PDF behind the button for a language. */
async function downloaded(page: Page, language: string, words: (key: string) => RegExp): Promise<string> {
	const own = /[A-Za-z\u4e00-\u9fff]+/.exec(words(language).source.replace(/\\s\*/g, ''))?.[0] ?? '';
	const waiting: Promise<Download> = page.waitForEvent('download');
	await page
		.getByRole('link', { name: new RegExp(own) })
		.filter({ hasText: 'PDF' })
		.click();
	const download = await waiting;
	expect(download.suggestedFilename()).toMatch(/^KS\d+-\d{6}\.pdf$/);
	return (await readPdf(readFileSync(await download.path()))).pages.join('\n');
}
