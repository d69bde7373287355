import { buy as buyAs } from '@kaishi/testkit';
import { dropButton, getReady, openDrop } from '../src/drop.ts';
import { expect, test } from '../src/journey.ts';
import { openStall } from '../src/stall.ts';
import { startOf } from '../src/steps.ts';

// A refusal is an answer.
test.use({ tolerated: [/409 \(Conflict\).*\/api\/intents/] });

test('a product of which nobody may have more than one says so, and a second one is refused in plain words', async ({ extras, meet, words }) => {
	const stall = await openDrop(extras, { stock: 9, perAccount: 1 });
	const person = await meet();
	await getReady(person, words, extras, stall);
	const { page } = person;
	await expect(page.getByText(startOf(words('operator_per_account')))).toBeVisible();
	await dropButton(page, words).click();
	await expect(page.getByText(words('operator_got_placed'))).toBeVisible();
	await page
		.getByRole('dialog')
		.getByRole('button', { name: words('platform_close') })
		.first()
		.click();
	await dropButton(page, words).click();
	await expect(page.getByRole('paragraph').filter({ hasText: words('errors_Operator_LimitReached') })).toBeVisible();
	await expect(page.getByText(words('operator_nothing_taken'))).toBeVisible();
});

test('the limit holds at every other door, too', async ({ extras }) => {
	const stall = await openStall(extras, { stock: 9, perAccount: 2 });
	const [wallet, passkey] = [await extras.walletUser(), await extras.passkeyUser()];
	for (const buyer of [wallet, passkey]) {
		await buyAs(buyer, { ...stall.offer, quantity: 2n });
		await expect(buyAs(buyer, stall.offer)).rejects.toMatchObject({ code: 'Operator_LimitReached' });
	}
});
