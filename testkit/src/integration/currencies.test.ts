import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { encodeExecute, encodeSchedule, type MarketRules } from '@kaishi/protocol/governance';
import type { SignedRateTable } from '@kaishi/protocol/platform/rates';
import { offerIdOf, shopAccountOf } from '@kaishi/protocol/shop';
import { type Abi, type Address, encodeDeployData, encodeFunctionData, erc20Abi, getAddress } from 'viem';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inspectToken } from '../../../server/src/platform/chain/inspect-token.ts';
import { createOperator } from '../../../server/src/platform/chain/operator.ts';
import { buy, confirm, openShop, ordinaryTerms, publishListing, withdrawShop } from '../actors/index.ts';
import { type HostileToken, hostileToken } from '../hostile-tokens.ts';
import { openTestMarket, type TestMarket } from '../open-test-market.ts';
import { refusalOf } from './expectations.ts';

const DELAY = 48 * 3600;
const root = join(import.meta.dirname, '../../..');
let dataDir: string;
let market: TestMarket;

beforeAll(async () => {
	dataDir = mkdtempSync(join(tmpdir(), 'kaishi-currencies-'));
	market = await openTestMarket({ dataDir });
});
afterAll(async () => {
	await market?.close();
	rmSync(dataDir, { recursive: true, force: true });
});

const operator = () => createOperator(market.chain, market.keys.operator.account);

async function deploy(name: HostileToken, args: unknown[] = []): Promise<Address> {
	const { abi, bytecode } = hostileToken(name);
	const { contractAddress } = await operator().send({ data: encodeDeployData({ abi, bytecode, args }) });
	if (contractAddress === null) throw new Error(`${name} was not deployed`);
	return getAddress(contractAddress);
}

async function call(name: HostileToken, to: Address, functionName: string, args: unknown[]): Promise<void> {
	const { success } = await operator().send({ to, data: encodeFunctionData({ abi: hostileToken(name).abi as Abi, functionName, args }) });
	expect(success, functionName).toBe(true);
}

/** A token in the hands of the operator, so that the inspection finds somebody who holds it. */
async function held(name: HostileToken, args: unknown[] = []): Promise<Address> {
	const token = await deploy(name, args);
	await call(name, token, 'mint', [market.keys.operator.account.address, 10n ** 24n]);
	return token;
}

/** As an operator does it, in a shell. */
const govern = (...args: string[]) => run('govern', args);

async function run(script: 'govern' | 'rates', args: string[]): Promise<string> {
	const env = { ...process.env, KAISHI_DATA: dataDir, PUBLIC_URL: market.url };
	const done = await promisify(execFile)(process.execPath, [join(root, `scripts/${script}.ts`), ...args], { env }).catch(
		(error: { stdout: string; stderr: string }) => error,
	);
	return done.stdout + done.stderr;
}

const rules = () => market.client().get<MarketRules>('/api/rules');

test('every coin of a market passes the inspection that new ones have to pass', async () => {
	const { currencies } = await market.info();
	const newcomer = await market.passkeyUser();
	for (const { address, symbol, decimals, authorization } of currencies.filter((one) => one.authorization)) {
		expect(await inspectToken(market.chain, address)).toEqual({ address, symbol, name: authorization?.name, decimals, authorization, fit: true, findings: [] });
		expect((await inspectToken(market.chain, address, newcomer.address)).fit, 'with a holder named').toBe(true);
	}
	expect(currencies.map(({ symbol, decimals }) => `${symbol} ${decimals}`).toSorted()).toEqual(['ETH 18', 'tBTC 8', 'tCNY 6', 'tEUR 18', 'tUSD 6', 'tXRP 6']);
});

test('the operator signs rates in a shell, and the running market takes them up', async () => {
	const current = () => market.client().get<SignedRateTable>('/api/rates');
	expect((await current()).table).toMatchObject({ version: 1, source: 'sample' });
	expect(await run('rates', ['CNY=0.14'])).toMatch(/Say with --source/);
	expect(await run('rates', ['CNY=nonsense', '--source', 'ECB'])).toMatch(/is not a rate/);
	expect(await run('rates', ['CNY=0.14', 'BTC=64000', '--drop', 'INR', '--source', 'ECB'])).toMatch(/Table 2 .* from ECB[\s\S]*CNY +0\.14 USD/);
	const { table, signer } = await current();
	expect(table).toMatchObject({ version: 2, source: 'ECB' });
	expect(signer).toBe(market.keys.operator.account.address);
	expect(table.rates.find(({ code }) => code === 'BTC')?.value).toBe('64000000000000000');
	expect(table.rates.map(({ code }) => code)).not.toContain('INR');
});

test.each<[HostileToken, unknown[], RegExp]>([
	['FeeOnTransferToken', [], /it keeps a fee/],
	['LyingToken', [], /it keeps a fee, or does not move/],
	['FalseReturningToken', [], /refused to be moved/],
	['OddDecimalsToken', [255], /decimals cannot be read/],
])('a %s is refused, with the reason', async (name, args, reason) => {
	const found = await inspectToken(market.chain, await held(name, args));
	expect(found.fit).toBe(false);
	expect(found.findings.map(({ text }) => text).join(' ')).toMatch(reason);
});

test('a token without a name, without code or without holders is refused', async () => {
	expect(
		(await inspectToken(market.chain, await held('SilentToken'), market.keys.operator.account.address)).findings.map(({ text }) => text).join(' '),
	).toMatch(/symbol cannot be shown/);
	expect((await inspectToken(market.chain, market.keys.operator.account.address)).findings).toEqual([
		{ weight: 'refuse', text: 'There is no contract at this address.' },
	]);
	expect((await inspectToken(market.chain, await deploy('MintableToken'))).findings).toMatchObject([
		{ weight: 'refuse', text: expect.stringMatching(/Nobody was found/) },
	]);
});

test('a coin is proposed, waits 48 hours in the open, is carried out, and sells; the next start offers it to sellers', async () => {
	const token = await held('BlacklistingToken');
	expect(await govern('inspect', token)).toMatch(/Fit to be a currency/);
	expect(await govern('allow', token, '--code', 'XRP')).toMatch(/Proposed: allow the currency .* in 48 hours/);
	expect(await govern('allow', token)).toMatch(/The timelock refused/);
	await market.processAll();
	const [waiting] = (await rules()).scheduled;
	expect(waiting).toMatchObject({ state: 'waiting', change: { kind: 'currency', address: token, allowed: true } });
	expect(await govern('execute', waiting?.id ?? '')).toMatch(/It waits until/);

	const seller = await market.passkeyUser();
	const shopId = await openShop(seller, { slug: 'new-coin' });
	const terms = await ordinaryTerms(seller, { currency: token, unitPrice: 5n * 10n ** 18n, shippingPrice: 0n });
	expect((await refusalOf(publishListing(seller, { shopId, terms: [terms], stocks: [5] }))).code, 'not before').toBe('Catalog_InvalidTerms');

	await market.advance(DELAY + 1);
	expect((await rules()).scheduled[0]).toMatchObject({ state: 'ready' });
	expect(await govern('execute', waiting?.id ?? '')).toMatch(/Carried out/);
	await market.processAll();
	expect((await rules()).scheduled[0]).toMatchObject({ state: 'done' });
	expect((await rules()).currencies.find((one) => one.address === token)).toMatchObject({ allowed: true });

	const { url } = market;
	await market.close();
	market = await openTestMarket({ dataDir, port: Number(new URL(url).port) });
	expect((await market.info()).currencies.find((one) => one.address === token)).toMatchObject({
		symbol: 'HOST',
		decimals: 18,
		asset: 'XRP',
		authorization: null,
	});

	const listingId = await publishListing(seller, { shopId, terms: [terms], stocks: [5] });
	const buyer = await market.passkeyUser();
	await call('BlacklistingToken', token, 'mint', [buyer.address, 10n ** 20n]);
	const { order } = await buy(buyer, { offerId: offerIdOf(listingId, 0), terms });
	await call('BlacklistingToken', token, 'blacklist', [seller.address]);
	await confirm(buyer, order);
	expect(await market.reads.order.balancesOf(shopAccountOf(shopId)), 'a frozen seller blocks nobody').toEqual([
		{ currency: token, amount: terms.unitPrice.toString() },
	]);
	expect((await refusalOf(withdrawShop(seller, shopId, token, terms.unitPrice))).code).toMatch(/^Relayer_/);
});

test('a coin that turns bad after it was allowed is refused at the till, in words, and nothing is paid', async () => {
	const token = await held('FeeOnTransferToken');
	expect(await govern('allow', token), 'the inspection stops it here').toMatch(/Not fit[\s\S]*Nothing was proposed/);
	// An upgrade after the vote would look like this: allowed without having been looked at.
	const { parameters, timelock } = (await market.info()).contracts;
	await operator().send({
		to: timelock,
		data: encodeSchedule({ change: { kind: 'currency', address: token, allowed: true }, parameters, note: '' }, BigInt(DELAY)),
	});
	await market.advance(DELAY + 1);
	const { call: waiting } = (await rules()).scheduled[0] ?? {};
	if (!waiting) throw new Error('nothing waits');
	await operator().send({ to: timelock, data: encodeExecute({ ...waiting, value: 0n }) });

	const seller = await market.passkeyUser();
	const shopId = await openShop(seller, { slug: 'fee-coin' });
	const terms = await ordinaryTerms(seller, { currency: token, unitPrice: 1000n, shippingPrice: 0n });
	const listingId = await publishListing(seller, { shopId, terms: [terms], stocks: [5] });
	const buyer = await market.walletUser();
	await call('FeeOnTransferToken', token, 'mint', [buyer.address, 10n ** 18n]);
	const { orderBook } = (await market.info()).contracts;
	const approve = encodeFunctionData({ abi: erc20Abi, functionName: 'approve', args: [orderBook, 10n ** 18n] });
	const request = {
		type: 'eip1559',
		chainId: market.chain.chainId,
		nonce: 0,
		to: token,
		data: approve,
		gas: 200_000n,
		maxFeePerGas: 10n ** 11n,
		maxPriorityFeePerGas: 10n ** 9n,
	} as const;
	await market.chain.submit(await buyer.account.signTransaction(request));
	const refusal = await refusalOf(buy(buyer, { offerId: offerIdOf(listingId, 0), terms }));
	expect(refusal).toMatchObject({ code: 'Vault_WrongAmountReceived', details: { token, received: '990', expected: '1000' } });
	expect((await market.reads.order.ordersOfBuyer(buyer.address, {})).items).toEqual([]);
});
