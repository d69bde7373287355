import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { auctionsAbi } from '@kaishi/protocol/generated/auctions';
import { catalogAbi } from '@kaishi/protocol/generated/catalog';
import { courtAbi } from '@kaishi/protocol/generated/court';
import { feeInsuranceAbi } from '@kaishi/protocol/generated/fee-insurance';
import { juryAbi } from '@kaishi/protocol/generated/jury';
import { operatorsAbi } from '@kaishi/protocol/generated/operators';
import { orderBookAbi } from '@kaishi/protocol/generated/order-book';
import { parametersAbi } from '@kaishi/protocol/generated/parameters';
import { shopAbi } from '@kaishi/protocol/generated/shop';
import { tabsAbi } from '@kaishi/protocol/generated/tabs';
import { timelockAbi } from '@kaishi/protocol/generated/timelock';
import { type Address, zeroAddress } from 'viem';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Chain } from './chain.ts';
import { ensureDeployment } from './deploy.ts';
import type { Deployment } from './deployment.ts';
import { readContract } from './read-contract.ts';
import { newDataDir, openTestChain } from './test-chain.ts';

let dataDir: string;
beforeEach(() => {
	dataDir = newDataDir();
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

async function expectWhole(chain: Chain, { contracts, currencies, arbitrators, operator }: Deployment) {
	const { parameters, timelock, orderBook, catalog, shop, tabs, operators, auctions, batch, court, jury, feeInsurance } = contracts;
	expect(contracts.entryPoint).toBe('0x4337084D9E255Ff0702461CF8895CE9E3b5Ff108');
	expect(await readContract(chain, { address: orderBook, abi: orderBookAbi, functionName: 'catalog' })).toBe(catalog);
	expect(await readContract(chain, { address: catalog, abi: catalogAbi, functionName: 'orderBook' })).toBe(orderBook);
	expect(await readContract(chain, { address: orderBook, abi: orderBookAbi, functionName: 'shop' })).toBe(shop);
	expect(await readContract(chain, { address: shop, abi: shopAbi, functionName: 'orderBook' })).toBe(orderBook);
	expect(await readContract(chain, { address: orderBook, abi: orderBookAbi, functionName: 'tabs' })).toBe(tabs);
	expect(await readContract(chain, { address: tabs, abi: tabsAbi, functionName: 'orderBook' })).toBe(orderBook);
	expect(await readContract(chain, { address: tabs, abi: tabsAbi, functionName: 'operators' })).toBe(operators);
	expect(await readContract(chain, { address: tabs, abi: tabsAbi, functionName: 'batch' })).toBe(batch);
	expect(await readContract(chain, { address: orderBook, abi: orderBookAbi, functionName: 'auctions' })).toBe(auctions);
	for (const [functionName, named] of Object.entries({ orderBook, catalog, shop, parameters }) as ['orderBook' | 'catalog' | 'shop' | 'parameters', Address][])
		expect(await readContract(chain, { address: auctions, abi: auctionsAbi, functionName })).toBe(named);
	expect(await readContract(chain, { address: operators, abi: operatorsAbi, functionName: 'orderBook' })).toBe(orderBook);
	const { id = 0, signer = zeroAddress } = operator ?? {};
	expect(id).toBe(1);
	expect(await readContract(chain, { address: operators, abi: operatorsAbi, functionName: 'signerOf', args: [id] })).toBe(signer);
	for (const { address } of currencies)
		expect(await readContract(chain, { address: operators, abi: operatorsAbi, functionName: 'bondOf', args: [id, address] })).toBeGreaterThan(0n);
	expect(await readContract(chain, { address: parameters, abi: parametersAbi, functionName: 'owner' })).toBe(timelock);
	expect(await readContract(chain, { address: timelock, abi: timelockAbi, functionName: 'getMinDelay' })).toBe(48n * 3600n);
	expect(currencies.map((currency) => currency.symbol)).toEqual(['tUSD', 'tCNY', 'tEUR', 'tBTC', 'tXRP', 'ETH']);
	expect(currencies.at(-1)?.address).toBe(zeroAddress);
	for (const { address } of currencies)
		expect(await readContract(chain, { address: parameters, abi: parametersAbi, functionName: 'currencyAllowed', args: [address] })).toBe(true);
	expect(await readContract(chain, { address: court, abi: courtAbi, functionName: 'orderBook' })).toBe(orderBook);
	expect(await readContract(chain, { address: court, abi: courtAbi, functionName: 'owner' })).toBe(timelock);
	expect(await readContract(chain, { address: jury, abi: juryAbi, functionName: 'court' })).toBe(court);
	expect(await readContract(chain, { address: feeInsurance, abi: feeInsuranceAbi, functionName: 'court' })).toBe(court);
	expect(await readContract(chain, { address: jury, abi: juryAbi, functionName: 'seatStake' })).toBe(20_000_000n);
	const feeOf = (address: Address, atStake: bigint) => readContract(chain, { address: court, abi: courtAbi, functionName: 'feeOf', args: [address, atStake] });
	expect(await feeOf(currencies[0]?.address ?? zeroAddress, 5_000_000n)).toEqual([300_000n, 100_000n, 0]);
	expect(await feeOf(zeroAddress, 10n ** 18n)).toEqual([expect.any(BigInt), expect.any(BigInt), 2]);
	expect(arbitrators).toContain(court);
	for (const arbitrator of arbitrators)
		expect(await readContract(chain, { address: parameters, abi: parametersAbi, functionName: 'arbitratorAllowed', args: [arbitrator] })).toBe(true);
}

test('default: a whole market, once; found again from the file, and from the chain alone', async () => {
	const { chain, keys } = await openTestChain(dataDir);
	const deployment = await ensureDeployment({ chain, keys, dataDir });
	await expectWhole(chain, deployment);
	const head = await chain.head();
	expect(await ensureDeployment({ chain, keys, dataDir })).toEqual(deployment);
	const path = join(dataDir, 'deployment.json');
	expect(statSync(path).mode & 0o777).toBe(0o600);
	const written = readFileSync(path, 'utf8');
	rmSync(path);
	expect(await ensureDeployment({ chain, keys, dataDir })).toEqual(deployment);
	expect(readFileSync(path, 'utf8')).toBe(written);
	expect(await chain.head()).toEqual(head);
	await chain.close();
});

test('error: a market of an earlier version is left as it is', async () => {
	const { chain, keys } = await openTestChain(dataDir);
	const path = join(dataDir, 'deployment.json');
	writeFileSync(path, JSON.stringify({ chainId: chain.chainId, contracts: { shop: keys.operator.account.address } }));
	await expect(ensureDeployment({ chain, keys, dataDir })).rejects.toThrow('earlier version');
	await chain.close();
});

test('behavior: interrupted after any transaction, the next start completes it', async () => {
	const { chain, keys } = await openTestChain(dataDir);
	let complete = false;
	for (let allowed = 3; !complete; allowed += 3) {
		// Every start gets a few transactions further before it is cut off.
		let left = 3;
		const cutOff = new Proxy(chain, {
			get(target, name: keyof Chain) {
				if (name === 'submit') return (raw: `0x${string}`) => (left-- > 0 ? target.submit(raw) : Promise.reject(new Error('cut off')));
				const member = target[name];
				return typeof member === 'function' ? member.bind(target) : member;
			},
		});
		try {
			await expectWhole(chain, await ensureDeployment({ chain: cutOff, keys, dataDir }));
			complete = true;
		} catch (error) {
			expect(String(error)).toContain('cut off');
		}
		expect(allowed).toBeLessThan(90);
	}
	await chain.close();
});
