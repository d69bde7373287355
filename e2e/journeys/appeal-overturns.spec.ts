import { bringBeforeCourt, commitVotes, joinCase, openCourthouse, readCase, revealVotes, shipOrder } from '../src/court.ts';
import { expect, test } from '../src/journey.ts';
import { agree, buy } from '../src/steps.ts';

test('the first panel is wrong; the buyer pays for a larger one, which overturns it', async ({ extras, meet, words }) => {
	const house = await openCourthouse(extras, { jurors: 10 });
	const { clerk } = house;
	const buyer = await meet();
	const orderId = await buy(buyer.page, words, house.stall.productPath);
	await shipOrder(house.stall, orderId);
	await buyer.page.goto(`/orders/${orderId}`);
	await bringBeforeCourt(buyer.page, words, 'Another tea than the one in the picture.');
	await joinCase(house.stall, orderId);
	const judge = async (vote: 'buyer' | 'seller') => {
		await house.draw();
		await house.nextPeriod();
		const view = await readCase(clerk, orderId);
		expect(view.phase).toBe('commit');
		await commitVotes(house.jurors, view, vote);
		await house.draw();
		await revealVotes(house.jurors, view, vote);
		await house.draw();
		return readCase(clerk, orderId);
	};
	expect(await judge('seller')).toMatchObject({ phase: 'appeal', ruling: 'seller' });

	await buyer.page.getByRole('button', { name: words('dispute_appeal_fund') }).click();
	await agree(buyer.page, words('dispute_appeal_fund'));
	await expect(buyer.page.getByText(words('dispute_appeal_done'))).toBeVisible();
	await house.nextPeriod();
	expect(await judge('buyer')).toMatchObject({ phase: 'appeal', round: 1, ruling: 'buyer' });
	await house.nextPeriod();
	await expect(buyer.page.getByText(words('dispute_outcome_buyer')).first()).toBeVisible();
	const view = await readCase(clerk, orderId);
	expect(view).toMatchObject({ phase: 'executed', outcome: 'buyer', rounds: [{ ruling: 'seller' }, { ruling: 'buyer' }] });
	expect(view.rounds[1]?.seats.length).toBeGreaterThan(3);
});
