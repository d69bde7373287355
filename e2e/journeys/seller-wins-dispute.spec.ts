import type { OrderView } from '@kaishi/protocol/order';
import { bringBeforeCourt, commitVotes, openCourthouse, readCase, revealVotes, shipOrder } from '../src/court.ts';
import { expect, test } from '../src/journey.ts';
import { agree, buy, signIn, startOf } from '../src/steps.ts';

test('the seller answers before the court, shows public evidence, and the jurors agree with the seller', async ({ extras, meet, words }) => {
	const house = await openCourthouse(extras);
	const { clerk } = house;
	const buyer = await meet();
	const orderId = await buy(buyer.page, words, house.stall.productPath);
	await shipOrder(house.stall, orderId);
	await buyer.page.goto(`/orders/${orderId}`);
	await bringBeforeCourt(buyer.page, words, 'It does not smell of spring.');

	const seller = await meet();
	await seller.device.hold(house.stall.seller);
	await signIn(seller.page, words);
	await seller.page.goto(`/orders/${orderId}`);
	await seller.page.getByRole('button', { name: words('dispute_join_confirm') }).click();
	await agree(seller.page, words('dispute_join_confirm'));
	await expect(seller.page.getByText(words('dispute_join_done'))).toBeVisible();
	await seller.page.getByLabel(words('dispute_evidence_text')).fill('Picked on the third of April, see the label. 四月三日采摘。');
	await seller.page.getByRole('radio', { name: startOf(words('dispute_evidence_open')) }).check();
	await seller.page.getByRole('button', { name: words('dispute_evidence_send') }).click();
	await agree(seller.page, words('dispute_evidence_send'));
	await expect(seller.page.getByText(words('dispute_evidence_sent'))).toBeVisible();
	await expect(buyer.page.getByText('四月三日采摘'), 'the buyer hears of it without reloading').toBeVisible();

	await house.draw();
	await house.nextPeriod();
	const view = await readCase(clerk, orderId);
	await commitVotes(house.jurors, view, 'seller');
	await house.draw();
	await revealVotes(house.jurors, view, 'seller');
	await house.draw();
	await house.nextPeriod();
	await expect(buyer.page.getByText(words('dispute_outcome_seller')).first()).toBeVisible();
	const ruled = await clerk.client.get<OrderView>(`/api/orders/${orderId}`);
	expect(ruled).toMatchObject({ state: 'ruled', payouts: [{ kind: 'seller', amount: ruled.total.amount }] });
});
