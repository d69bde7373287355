import { operatorsAbi } from '@kaishi/protocol/generated/operators';
import { orderBookAbi } from '@kaishi/protocol/generated/order-book';
import { testTokenAbi } from '@kaishi/protocol/generated/test-token';
import { type Currency, parseAmount } from '@kaishi/protocol/platform/money';
import { type Address, encodeAbiParameters, encodeFunctionData, type Hex, isAddressEqual, maxUint256, zeroAddress } from 'viem';
import type { Chain } from './chain.ts';
import { DeploymentError, mustSucceed } from './create2.ts';
import type { Deployment } from './deployment.ts';
import type { Operator } from './operator.ts';
import { readContract } from './read-contract.ts';

/** Of every currency of the embedded chain, in its own units: play money, but it makes every receipt there as good as its word. */
const PLAY_BOND = '1000000';
const NATIVE_PLAY_BOND = '1000';

/**
 * Registers whoever runs this server as an operator that signs with its own key, and on the embedded chain posts a bond in every
 * currency. On a real chain the bond is its owner's to post.
 */
export async function ensureOperator(
	chain: Chain,
	operator: Operator,
	market: { operators: Address; orderBook: Address; currencies: Currency[] },
): Promise<NonNullable<Deployment['operator']>> {
	const { operators, orderBook, currencies } = market;
	const read = { address: operators, abi: operatorsAbi } as const;
	const signer = operator.address;
	const registered = () => readContract(chain, { ...read, functionName: 'operatorOf', args: [signer] });
	if ((await registered()) === 0) {
		const data = encodeFunctionData({ abi: operatorsAbi, functionName: 'register', args: [signer] });
		await mustSucceed(operator.send({ to: operators, data }), 'Operators.register');
	}
	const id = await registered();
	const owner = await readContract(chain, { ...read, functionName: 'ownerOf', args: [id] });
	if (!isAddressEqual(owner, signer)) throw new DeploymentError('the operator is registered under another owner');
	if (!chain.embedded) return { id, signer };
	for (const { address: currency, decimals } of currencies) {
		const wanted = parseAmount(currency === zeroAddress ? NATIVE_PLAY_BOND : PLAY_BOND, decimals);
		const bond = await readContract(chain, { ...read, functionName: 'bondOf', args: [id, currency] });
		if (bond >= wanted / 2n) continue;
		await fund(chain, operator, orderBook, currency, wanted - bond);
		const data = encodeAbiParameters([{ type: 'uint24' }], [id]);
		const post = encodeFunctionData({ abi: orderBookAbi, functionName: 'transferAndCall', args: [currency, operators, wanted - bond, data] });
		await mustSucceed(operator.send({ to: orderBook, data: post }), 'posting of the bond');
	}
	return { id, signer };
}

/** Puts what is missing of `amount` into the operator's balance in the vault; after an interrupted start some is there already. */
async function fund(chain: Chain, operator: Operator, orderBook: Address, currency: Address, amount: bigint): Promise<void> {
	const held = await readContract(chain, { address: orderBook, abi: orderBookAbi, functionName: 'balanceOf', args: [operator.address, currency] });
	if (held >= amount) return;
	const missing = amount - held;
	const native = currency === zeroAddress;
	const send = async (name: string, to: Address, data: Hex, value = 0n) => mustSucceed(operator.send({ to, data, value }), name);
	if (!native) {
		const mint = encodeFunctionData({ abi: testTokenAbi, functionName: 'mint', args: [operator.address, missing] });
		await send('TestToken.mint', currency, mint);
		const approve = encodeFunctionData({ abi: testTokenAbi, functionName: 'approve', args: [orderBook, maxUint256] });
		await send('TestToken.approve', currency, approve);
	}
	const deposit = encodeFunctionData({ abi: orderBookAbi, functionName: 'deposit', args: [operator.address, currency, missing] });
	await send('OrderBook.deposit', orderBook, deposit, native ? missing : 0n);
}
