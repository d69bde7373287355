import { auctionsAbi } from '@kaishi/protocol/generated/auctions';
import { auctionsBytecode } from '@kaishi/protocol/generated/bytecode/auctions';
import { catalogBytecode } from '@kaishi/protocol/generated/bytecode/catalog';
import { operatorsBytecode } from '@kaishi/protocol/generated/bytecode/operators';
import { orderBookBytecode } from '@kaishi/protocol/generated/bytecode/order-book';
import { parametersBytecode } from '@kaishi/protocol/generated/bytecode/parameters';
import { potsBytecode } from '@kaishi/protocol/generated/bytecode/pots';
import { reviewsBytecode } from '@kaishi/protocol/generated/bytecode/reviews';
import { shopBytecode } from '@kaishi/protocol/generated/bytecode/shop';
import { tabsBytecode } from '@kaishi/protocol/generated/bytecode/tabs';
import { catalogAbi } from '@kaishi/protocol/generated/catalog';
import { operatorsAbi } from '@kaishi/protocol/generated/operators';
import { orderBookAbi } from '@kaishi/protocol/generated/order-book';
import { parametersAbi } from '@kaishi/protocol/generated/parameters';
import { potsAbi } from '@kaishi/protocol/generated/pots';
import { reviewsAbi } from '@kaishi/protocol/generated/reviews';
import { shopAbi } from '@kaishi/protocol/generated/shop';
import { tabsAbi } from '@kaishi/protocol/generated/tabs';
import { type Address, encodeDeployData, encodeFunctionData, type Hex, isAddressEqual } from 'viem';
import type { Chain } from './chain.ts';
import { addressOf, createdAddress, ensureContract, hasCode, mustSucceed } from './create2.ts';
import type { Operator } from './operator.ts';
import { readContract } from './read-contract.ts';

/** Nonces looked through for an order book that an earlier, interrupted start created. */
const SEARCHED_NONCES = 200;

/** Owned by the operator until {@link handOverParameters}; the fee is zero. */
export async function ensureParameters(chain: Chain, operator: Operator, market: { salt: Hex; timelock: Address }): Promise<Address> {
	const initCode = encodeDeployData({ abi: parametersAbi, bytecode: parametersBytecode, args: [operator.address, market.timelock] });
	return ensureContract(chain, operator, 'Parameters', initCode, market.salt);
}

/** Allows the listed currencies and arbitrators, then hands over to the timelock for good. */
export async function handOverParameters(
	chain: Chain,
	operator: Operator,
	address: Address,
	market: { timelock: Address; currencies: Address[]; arbitrators: Address[] },
): Promise<void> {
	const parameters = { address, abi: parametersAbi } as const;
	// Once handed over, only the timelock decides, and what it decided is not to be put right here.
	if (!isAddressEqual(await readContract(chain, { ...parameters, functionName: 'owner' }), operator.address)) return;
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
}

/** The order book, and who obeys nobody else: they name each other. */
type Trade = Record<'shop' | 'operators' | 'tabs' | 'catalog' | 'auctions' | 'orderBook', Address>;

/**
 * Shop, operators, tabs, catalogue, auctions, order book, reviews and pots. The first five name the order book in their bytecode and it names
 * them, which CREATE2 cannot do for both: the order book's address comes from the operator's nonce instead, and theirs follow.
 */
export async function ensureTrade(
	chain: Chain,
	operator: Operator,
	market: { salt: Hex; parameters: Address; forwarder: Address; batch: Address },
): Promise<Trade & { reviews: Address; pots: Address }> {
	const { salt, parameters, forwarder, batch } = market;
	const codesOf = (orderBook: Address) => {
		const Shop = encodeDeployData({ abi: shopAbi, bytecode: shopBytecode, args: [orderBook, forwarder] });
		const Operators = encodeDeployData({ abi: operatorsAbi, bytecode: operatorsBytecode, args: [orderBook, parameters, forwarder] });
		const Tabs = encodeDeployData({ abi: tabsAbi, bytecode: tabsBytecode, args: [orderBook, addressOf(Operators, salt), batch, forwarder] });
		const Catalog = encodeDeployData({ abi: catalogAbi, bytecode: catalogBytecode, args: [addressOf(Shop, salt), parameters, orderBook, forwarder] });
		const shopAndCatalog = [addressOf(Catalog, salt), addressOf(Shop, salt)] as const;
		const Auctions = encodeDeployData({ abi: auctionsAbi, bytecode: auctionsBytecode, args: [orderBook, ...shopAndCatalog, parameters, forwarder] });
		return { Shop, Operators, Tabs, Catalog, Auctions };
	};
	const tradeOf = (nonce: number): Trade => {
		const orderBook = createdAddress(operator.address, nonce);
		const { Shop, Operators, Tabs, Catalog, Auctions } = codesOf(orderBook);
		const at = (code: Hex) => addressOf(code, salt);
		return { orderBook, shop: at(Shop), operators: at(Operators), tabs: at(Tabs), catalog: at(Catalog), auctions: at(Auctions) };
	};
	const next = Number(await chain.request<Hex>('eth_getTransactionCount', [operator.address, 'latest']));
	let trade = await findTrade(chain, tradeOf, next);
	if (trade === null) {
		trade = tradeOf(next);
		const args = [trade.shop, trade.catalog, parameters, trade.tabs, trade.auctions, forwarder] as const;
		const data = encodeDeployData({ abi: orderBookAbi, bytecode: orderBookBytecode, args });
		await mustSucceed(operator.send({ data }), 'OrderBook', trade.orderBook);
	}
	for (const [name, code] of Object.entries(codesOf(trade.orderBook))) await ensureContract(chain, operator, name, code, salt);
	const reviewsCode = encodeDeployData({ abi: reviewsAbi, bytecode: reviewsBytecode, args: [trade.orderBook, trade.shop, forwarder] });
	const reviews = await ensureContract(chain, operator, 'Reviews', reviewsCode, salt);
	const potsCode = encodeDeployData({ abi: potsAbi, bytecode: potsBytecode, args: [trade.orderBook, trade.operators, batch, forwarder] });
	return { ...trade, reviews, pots: await ensureContract(chain, operator, 'Pots', potsCode, salt) };
}

/** An order book that is already there and names the catalogue that belongs to it. */
async function findTrade(chain: Chain, tradeOf: (nonce: number) => Trade, next: number): Promise<Trade | null> {
	for (let nonce = Math.max(0, next - 1); nonce >= Math.max(0, next - SEARCHED_NONCES); nonce--) {
		const trade = tradeOf(nonce);
		if (!(await hasCode(chain, trade.orderBook))) continue;
		const named = await readContract(chain, { address: trade.orderBook, abi: orderBookAbi, functionName: 'catalog' }).catch(() => null);
		if (named !== null && isAddressEqual(named, trade.catalog)) return trade;
	}
	return null;
}
