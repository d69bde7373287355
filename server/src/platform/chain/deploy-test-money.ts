import { faucetBytecode } from '@kaishi/protocol/generated/bytecode/faucet';
import { testTokenBytecode } from '@kaishi/protocol/generated/bytecode/test-token';
import { faucetAbi } from '@kaishi/protocol/generated/faucet';
import { testTokenAbi } from '@kaishi/protocol/generated/test-token';
import type { Currency } from '@kaishi/protocol/platform/money';
import { type Address, encodeDeployData, encodeFunctionData, type Hex } from 'viem';
import type { Chain } from './chain.ts';
import { ensureContract, mustSucceed } from './create2.ts';
import type { Operator } from './operator.ts';
import { readContract } from './read-contract.ts';

const TOKENS = [
	{ name: 'Kaishi Test Dollar', symbol: 'tUSD', iso: 'USD' },
	{ name: 'Kaishi Test Yuan', symbol: 'tCNY', iso: 'CNY' },
] as const;
const DECIMALS = 6;
/** Newcomers served per day, all together. */
const DAILY_CAP = 10_000n;
/** Native coin in the faucet: a tenth of one goes to each newcomer. */
const FAUCET_FUNDS = 100_000n * 10n ** 18n;

/** Two stablecoins of no worth and the faucet that gives them out. */
export async function ensureTestMoney(chain: Chain, operator: Operator, salt: Hex): Promise<{ currencies: Currency[]; faucet: Address }> {
	const tokens: Address[] = [];
	for (const { name, symbol } of TOKENS) {
		const initCode = encodeDeployData({ abi: testTokenAbi, bytecode: testTokenBytecode, args: [name, symbol, DECIMALS, operator.address] });
		tokens.push(await ensureContract(chain, operator, symbol, initCode, salt));
	}
	const [usd, cny] = tokens as [Address, Address];
	const faucet = await ensureContract(
		chain,
		operator,
		'Faucet',
		encodeDeployData({ abi: faucetAbi, bytecode: faucetBytecode, args: [usd, cny, DAILY_CAP, operator.address] }),
		salt,
	);
	for (const token of tokens) {
		if (await readContract(chain, { address: token, abi: testTokenAbi, functionName: 'isMinter', args: [faucet] })) continue;
		await mustSucceed(
			operator.send({ to: token, data: encodeFunctionData({ abi: testTokenAbi, functionName: 'setMinter', args: [faucet, true] }) }),
			'TestToken.setMinter',
		);
	}
	const held = BigInt(await chain.request<Hex>('eth_getBalance', [faucet, 'latest']));
	if (held < FAUCET_FUNDS / 2n) await mustSucceed(operator.send({ to: faucet, value: FAUCET_FUNDS - held }), 'funding of the faucet');
	const currencies = TOKENS.map(
		({ name, symbol, iso }, i): Currency => ({
			address: i === 0 ? usd : cny,
			symbol,
			name,
			decimals: DECIMALS,
			iso,
			test: true,
			authorization: { name, version: '1' },
		}),
	);
	return { currencies, faucet };
}
