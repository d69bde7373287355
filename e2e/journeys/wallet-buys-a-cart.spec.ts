import { MarketClient } from '@kaishi/testkit';
import { goToCheckout, payCartButton, putIntoCart } from '../src/cart.ts';
import { installWallet } from '../src/injected-wallet.ts';
import { type Extras, expect, type Person, test } from '../src/journey.ts';
import { openStall } from '../src/stall.ts';
import { fillAddress } from '../src/steps.ts';

type Words = (key: string) => RegExp;

async function fillCart(page: Person['page'], words: Words, extras: Extras, marketUrl: string): Promise<void> {
	const { currencies } = await new MarketClient(marketUrl).market();
	const xrp = currencies.find((one) => one.symbol === 'tXRP')?.address ?? '0x0000000000000000000000000000000000000000';
	for (const terms of [{}, { currency: xrp, unitPrice: 9_500_000n, shippingPrice: 500_000n }, {}])
		await putIntoCart(page, words, await openStall(extras, { terms }));
}

async function signInWithWallet(page: Person['page'], words: Words): Promise<void> {
	await page.goto('/sell');
	await page
		.getByRole('banner')
		.getByRole('button', { name: words('platform_sign_in') })
		.click();
	await page.getByRole('dialog').getByRole('button', { name: 'Journey Wallet' }).click();
	await expect(
		page
			.getByRole('link', { name: words('platform_account') })
			.filter({ visible: true })
			.first(),
	).toBeVisible();
}

for (const { together, questions } of [
	{ together: false, questions: 3 },
	{ together: true, questions: 1 },
]) {
	test(`a wallet that ${together ? 'sends calls together' : 'signs typed data'} is asked ${questions} times, as the page said`, async ({
		market,
		extras,
		meet,
		words,
	}) => {
		const { page, context, device } = await meet();
		const { chainId, rpcUrl } = await new MarketClient(market.url).market();
		const wallet = await installWallet(context, { chainId, rpcUrl, together });
		await new MarketClient(market.url).post('/api/faucet', { account: wallet.account.address });
		await signInWithWallet(page, words);
		await fillCart(page, words, extras, market.url);
		await goToCheckout(page, words);
		await fillAddress(page, words);
		await expect(page.getByText(words('cart_questions_wallet'))).toContainText(together ? /once|1/ : '3');
		wallet.asked.length = 0;
		await payCartButton(page, words).click();
		await page.waitForURL(/\/orders$/);
		await expect(page.getByRole('article')).toHaveCount(3);
		const answers = wallet.asked.filter((method) => ['eth_signTypedData_v4', 'eth_sendTransaction', 'wallet_sendCalls'].includes(method));
		expect(answers).toEqual(together ? ['wallet_sendCalls'] : ['eth_signTypedData_v4', 'eth_signTypedData_v4', 'eth_signTypedData_v4']);
		expect(await device.count(), 'no passkey was made').toBe(0);
	});
}
