import { faucetBytecode } from '@kaishi/protocol/generated/bytecode/faucet';
import { testTokenBytecode } from '@kaishi/protocol/generated/bytecode/test-token';
import { faucetAbi } from '@kaishi/protocol/generated/faucet';
import { testTokenAbi } from '@kaishi/protocol/generated/test-token';
import { type Currency, parseAmount } from '@kaishi/protocol/platform/money';
import { type Address, encodeDeployData, encodeFunctionData, type Hex } from 'viem';
import type { Chain } from './chain.ts';
import { ensureContract, mustSucceed } from './create2.ts';
import type { Operator } from './operator.ts';
import { readContract } from './read-contract.ts';

interface Play extends Pick<Currency, 'name' | 'symbol' | 'decimals' | 'iso' | 'asset'> {
	/** What a newcomer gets of it. */
	gift: string;
}

/** One of each class that a market meets: six decimals and eighteen, a wrapped bitcoin, a coin of the XRP class. */
const TOKENS: readonly Play[] = [
	{ name: 'Kaishi Test Dollar', symbol: 'tUSD', decimals: 6, iso: 'USD', asset: null, gift: '500' },
	{ name: 'Kaishi Test Yuan', symbol: 'tCNY', decimals: 6, iso: 'CNY', asset: null, gift: '3500' },
	{ name: 'Kaishi Test Euro', symbol: 'tEUR', decimals: 18, iso: 'EUR', asset: null, gift: '450' },
	{ name: 'Kaishi Test Bitcoin', symbol: 'tBTC', decimals: 8, iso: null, asset: 'BTC', gift: '0.01' },
	{ name: 'Kaishi Test XRP', symbol: 'tXRP', decimals: 6, iso: null, asset: 'XRP', gift: '250' },
];
/** Newcomers served per day, all together. */
const DAILY_CAP = 10_000n;
/** Native coin in the faucet: a tenth of one goes to each newcomer. */
const FAUCET_FUNDS = 100_000n * 10n ** 18n;

/** Tokens of no worth, and the faucet that gives them out. */
export async function ensureTestMoney(chain: Chain, operator: Operator, salt: Hex): Promise<{ currencies: Currency[]; faucet: Address }> {
	const currencies: Currency[] = [];
	for (const { gift: _, ...play } of TOKENS) {
		const initCode = encodeDeployData({ abi: testTokenAbi, bytecode: testTokenBytecode, args: [play.name, play.symbol, play.decimals, operator.address] });
		const address = await ensureContract(chain, operator, play.symbol, initCode, salt);
		currencies.push({ ...play, address, test: true, authorization: { name: play.name, version: '1' } });
	}
	const gifts = TOKENS.map(({ gift, decimals }, i) => ({ token: currencies[i]?.address as Address, amount: parseAmount(gift, decimals) }));
	const faucetCode = encodeDeployData({ abi: faucetAbi, bytecode: faucetBytecode, args: [gifts, DAILY_CAP, operator.address] });
	const faucet = await ensureContract(chain, operator, 'Faucet', faucetCode, salt);
	for (const { address } of currencies) {
		if (await readContract(chain, { address, abi: testTokenAbi, functionName: 'isMinter', args: [faucet] })) continue;
		await mustSucceed(
			operator.send({ to: address, data: encodeFunctionData({ abi: testTokenAbi, functionName: 'setMinter', args: [faucet, true] }) }),
			'TestToken.setMinter',
		);
	}
	const held = BigInt(await chain.request<Hex>('eth_getBalance', [faucet, 'latest']));
	if (held < FAUCET_FUNDS / 2n) await mustSucceed(operator.send({ to: faucet, value: FAUCET_FUNDS - held }), 'funding of the faucet');
	return { currencies, faucet };
}
