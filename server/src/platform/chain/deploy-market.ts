import { catalogBytecode } from '@kaishi/protocol/generated/bytecode/catalog';
import { orderBookBytecode } from '@kaishi/protocol/generated/bytecode/order-book';
import { parametersBytecode } from '@kaishi/protocol/generated/bytecode/parameters';
import { reviewsBytecode } from '@kaishi/protocol/generated/bytecode/reviews';
import { catalogAbi } from '@kaishi/protocol/generated/catalog';
import { orderBookAbi } from '@kaishi/protocol/generated/order-book';
import { parametersAbi } from '@kaishi/protocol/generated/parameters';
import { reviewsAbi } from '@kaishi/protocol/generated/reviews';
import { type Address, encodeDeployData, encodeFunctionData, type Hex, isAddressEqual } from 'viem';
import type { Chain } from './chain.ts';
import { addressOf, createdAddress, ensureContract, hasCode, mustSucceed } from './create2.ts';
import type { Operator } from './operator.ts';
import { readContract } from './read-contract.ts';

/** Nonces looked through for an order book that an earlier, interrupted start created. */
const SEARCHED_NONCES = 200;

/** Fee zero; the listed currencies and arbitrators allowed; then handed over to the timelock for good. */
export async function ensureParameters(
	chain: Chain,
	operator: Operator,
	market: { salt: Hex; timelock: Address; currencies: Address[]; arbitrators: Address[] },
): Promise<Address> {
	const initCode = encodeDeployData({ abi: parametersAbi, bytecode: parametersBytecode, args: [operator.address, market.timelock] });
	const address = await ensureContract(chain, operator, 'Parameters', initCode, market.salt);
	const parameters = { address, abi: parametersAbi } as const;
	// Once handed over, only the timelock decides, and what it decided is not to be put right here.
	if (!isAddressEqual(await readContract(chain, { ...parameters, functionName: 'owner' }), operator.address)) return address;
	for (const currency of market.currencies) {
		if (await readContract(chain, { ...parameters, functionName: 'currencyAllowed', args: [currency] })) continue;
		await mustSucceed(
			operator.send({ to: address, data: encodeFunctionData({ abi: parametersAbi, functionName: 'setCurrency', args: [currency, true] }) }),
			'Parameters.setCurrency',
		);
	}
	for (const arbitrator of market.arbitrators) {
		if (await readContract(chain, { ...parameters, functionName: 'arbitratorAllowed', args: [arbitrator] })) continue;
		await mustSucceed(
			operator.send({ to: address, data: encodeFunctionData({ abi: parametersAbi, functionName: 'setArbitrator', args: [arbitrator, true] }) }),
			'Parameters.setArbitrator',
		);
	}
	await mustSucceed(
		operator.send({ to: address, data: encodeFunctionData({ abi: parametersAbi, functionName: 'transferOwnership', args: [market.timelock] }) }),
		'Parameters.transferOwnership',
	);
	return address;
}

/**
 * Catalogue, order book and reviews. Catalogue and order book name each other in their bytecode, which CREATE2 cannot
 * do for both: the order book's address comes from the operator's nonce instead, and the catalogue's follows from it.
 */
export async function ensureTrade(
	chain: Chain,
	operator: Operator,
	market: { salt: Hex; shop: Address; parameters: Address; forwarder: Address },
): Promise<{ catalog: Address; orderBook: Address; reviews: Address }> {
	const { salt, shop, parameters, forwarder } = market;
	const catalogCode = (orderBook: Address) => encodeDeployData({ abi: catalogAbi, bytecode: catalogBytecode, args: [shop, parameters, orderBook, forwarder] });
	const pairOf = (nonce: number) => {
		const orderBook = createdAddress(operator.address, nonce);
		return { orderBook, catalog: addressOf(catalogCode(orderBook), salt) };
	};
	const next = Number(await chain.request<Hex>('eth_getTransactionCount', [operator.address, 'latest']));
	let pair = await findPair(chain, pairOf, next);
	if (pair === null) {
		pair = pairOf(next);
		const data = encodeDeployData({ abi: orderBookAbi, bytecode: orderBookBytecode, args: [shop, pair.catalog, parameters, forwarder] });
		await mustSucceed(operator.send({ data }), 'OrderBook', pair.orderBook);
	}
	await ensureContract(chain, operator, 'Catalog', catalogCode(pair.orderBook), salt);
	const reviewsCode = encodeDeployData({ abi: reviewsAbi, bytecode: reviewsBytecode, args: [pair.orderBook, shop, forwarder] });
	return { ...pair, reviews: await ensureContract(chain, operator, 'Reviews', reviewsCode, salt) };
}

/** An order book that is already there and names the catalogue that belongs to it. */
async function findPair(chain: Chain, pairOf: (nonce: number) => { orderBook: Address; catalog: Address }, next: number) {
	for (let nonce = Math.max(0, next - 1); nonce >= Math.max(0, next - SEARCHED_NONCES); nonce--) {
		const pair = pairOf(nonce);
		if (!(await hasCode(chain, pair.orderBook))) continue;
		const named = await readContract(chain, { address: pair.orderBook, abi: orderBookAbi, functionName: 'catalog' }).catch(() => null);
		if (named !== null && isAddressEqual(named, pair.catalog)) return pair;
	}
	return null;
}
