import { orderBookAbi } from '@kaishi/protocol/generated/order-book';
import { shopAbi } from '@kaishi/protocol/generated/shop';
import { type Actor, createTreasury, fillTill, proposeRound } from '@kaishi/testkit';
import type { Page } from '@playwright/test';
import { type Address, encodeFunctionData } from 'viem';
import type { Extras } from './journey.ts';
import type { Stall } from './stall.ts';

type Words = (key: string) => RegExp;

/** A shop's till with money in it, and the currency. */
export async function fill(stall: Stall, extras: Extras, amount = 20_000_000n): Promise<Address> {
	const giver: Actor = await extras.passkeyUser();
	const token = stall.offer.terms.currency;
	await fillTill(giver, stall.shopId, { token, amount });
	return token;
}

/** Signs in with the wallet that the browser was given. */
export async function signInWithWallet(page: Page, words: Words): Promise<void> {
	await page.goto('/sell');
	await page
		.getByRole('banner')
		.getByRole('button', { name: words('platform_sign_in') })
		.click();
	await page.getByRole('dialog').getByRole('button', { name: 'Journey Wallet' }).click();
	await page
		.getByRole('link', { name: words('platform_account') })
		.filter({ visible: true })
		.first()
		.waitFor();
}

/** On the open money page: takes `amount` of the first balance as far as the signature. */
export async function askToWithdraw(page: Page, words: Words, amount: string): Promise<void> {
	await page
		.getByRole('button', { name: words('sell_withdraw') })
		.first()
		.click();
	await page.locator('input[name=amount]').fill(amount);
}
/** A stall's shop owned by its seller and one more person together, with a withdrawal that waits for the second signature. */
export async function shareStall(stall: Stall, partner: Actor): Promise<void> {
	await stall.seller.signIn();
	const treasury = await createTreasury([stall.seller, partner], 2, stall.slug);
	const { contracts } = await stall.seller.client.market();
	const transfer = encodeFunctionData({ abi: shopAbi, functionName: 'safeTransferFrom', args: [stall.seller.address, treasury, stall.shopId] });
	await stall.seller.execute([{ to: contracts.shop, data: transfer }]);
	const withdraw = encodeFunctionData({ abi: orderBookAbi, functionName: 'withdrawShop', args: [stall.shopId, stall.offer.terms.currency, 1_000_000n] });
	await proposeRound(stall.seller, treasury, [{ to: contracts.orderBook, data: withdraw }]);
}
