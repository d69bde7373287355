import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, describe, it } from 'node:test';
import { type Address, type Hex, parseEventLogs, type TransactionReceipt, toHex, zeroAddress, zeroHash } from 'viem';
import type { PrivateKeyAccount } from 'viem/accounts';
import { orderBookAbi } from '../../../protocol/src/generated/index.ts';
import { eventsOf } from '../../scripts/chain.ts';
import { Market } from '../../scripts/market.ts';
import { type Order, totalOf } from '../../scripts/orders.ts';

const load = (name: string) => JSON.parse(readFileSync(new URL(`../../../protocol/vectors/${name}`, import.meta.url), 'utf8'));

type Written<T> = { [K in keyof T]: T[K] extends bigint ? string : T[K] extends object ? Written<T[K]> : T[K] };

function toOrder(o: Written<Order>): Order {
	return {
		...(o as unknown as Order),
		offerId: BigInt(o.offerId),
		quantity: BigInt(o.quantity),
		validBefore: BigInt(o.validBefore),
		terms: {
			...(o.terms as unknown as Order['terms']),
			unitPrice: BigInt(o.terms.unitPrice),
			shippingPrice: BigInt(o.terms.shippingPrice),
			returnShippingPrice: BigInt(o.terms.returnShippingPrice),
		},
	};
}

describe('order-hash.json', () => {
	const cases: { name: string; chainId: number; orderBook: Address; order: Written<Order>; termsHash: Hex; orderId: Hex }[] = load('order-hash.json').cases;
	for (const c of cases) {
		it(c.name, async () => {
			const market = await Market.open(c.chainId);
			const code = await market.chain.client.getCode({ address: market.orderBook.address });
			await market.chain.provider.request({ method: 'hardhat_setCode', params: [c.orderBook, code] });
			const order = toOrder(c.order);
			assert.equal(await market.chain.read(market.catalog, 'hashTerms', [order.terms]), c.termsHash);
			assert.equal(await market.chain.read({ ...market.orderBook, address: c.orderBook }, 'orderIdOf', [order]), c.orderId);
		});
	}
});

interface Settlement {
	name: string;
	by: 'confirm' | 'ruling' | 'granted part' | 'settlement' | 'return';
	part: 'all' | 'sale' | 'reserve';
	unitPrice: string;
	quantity: string;
	shippingPrice: string;
	splitBps: number[];
	affiliateBps: number;
	hasAffiliate: boolean;
	feeBps: number;
	buyerBps: number;
	warrantyBps: number;
	restockingBps: number;
	returnShippingPrice: string;
	expected: { total: string; held: string; buyerAmount: string; splits: string[]; affiliate: string; fee: string; sellerAmount: string };
}

describe('settlement.json', () => {
	let market: Market;
	const cases: Settlement[] = load('settlement.json').cases;
	const account = (n: number) => `0x${(0xaaa0 + n).toString(16).padStart(40, '0')}` as Address;
	const affiliate = account(99);

	before(async () => {
		market = await Market.open();
	});

	async function placed(c: Settlement, buyer: Address): Promise<Order> {
		const { chain, orderBook } = market;
		await chain.write(market.operator, market.parameters, 'setFee', [c.feeBps, market.feeRecipient]);
		const terms = market.terms({
			unitPrice: BigInt(c.unitPrice),
			shippingPrice: BigInt(c.shippingPrice),
			returnShippingPrice: BigInt(c.returnShippingPrice),
			affiliateBps: c.affiliateBps,
			restockingBps: c.restockingBps,
			warrantyBps: c.warrantyBps,
			warrantySeconds: c.warrantyBps === 0 ? 0 : 86_400,
			splits: c.splitBps.map((bps, i) => ({ recipient: account(i), bps })),
		});
		const change = { quantity: BigInt(c.quantity), affiliate: c.hasAffiliate ? affiliate : zeroAddress, feeBps: c.feeBps };
		const order = market.order(await market.publish(terms), terms, buyer, change);
		assert.equal(totalOf(order), BigInt(c.expected.total));
		await market.allow(buyer, totalOf(order));
		await chain.write(buyer, orderBook, 'placeOrder', [order]);
		return order;
	}

	/** Takes the order to its end as the case says, and returns the last step's receipt. */
	async function end(c: Settlement, order: Order, wallet: PrivateKeyAccount): Promise<TransactionReceipt> {
		const { chain, orderBook, seller } = market;
		const buyer = wallet.address;
		if (c.by === 'settlement') return chain.write(seller, orderBook, 'settle', [order, await market.signOffer(wallet, order, c.buyerBps)]);
		if (c.part === 'reserve') await chain.write(buyer, orderBook, 'confirm', [order]);
		else if (c.by !== 'confirm') await chain.write(seller, orderBook, 'ship', [order, zeroHash]);
		if (c.by === 'confirm') return chain.write(buyer, orderBook, 'confirm', [order]);
		if (c.by === 'return') {
			await market.perform(buyer, order, 'acknowledge');
			await market.perform(buyer, order, 'requestReturn');
			await market.perform(buyer, order, 'sendBack');
			return market.perform(seller, order, 'acceptReturn');
		}
		if (c.part === 'reserve' || c.by === 'granted part') await market.perform(buyer, order, 'requestRefund', zeroHash, c.by === 'ruling' ? 10_000 : c.buyerBps);
		if (c.by === 'granted part') return market.perform(seller, order, 'grant');
		await market.perform(c.part === 'reserve' ? seller : buyer, order, 'dispute');
		return chain.write(market.arbitrator, orderBook, 'rule', [order, c.buyerBps]);
	}

	/** What the last event says that each side got. */
	function told(receipt: TransactionReceipt): { buyerAmount: bigint; sellerAmount: bigint } {
		for (const { eventName, args } of parseEventLogs({ abi: orderBookAbi, logs: receipt.logs })) {
			if (eventName === 'OrderCompleted' || eventName === 'OrderWarranted') return { buyerAmount: 0n, sellerAmount: args.sellerAmount };
			if (eventName === 'OrderRefunded') return { buyerAmount: args.amount, sellerAmount: args.kept };
			if (eventName === 'OrderRuled' || eventName === 'OrderSettled') return { buyerAmount: args.buyerAmount, sellerAmount: args.sellerAmount };
		}
		throw new Error('nothing was paid');
	}

	for (const c of cases) {
		it(c.name, async () => {
			const { chain, orderBook, token } = market;
			const wallet = await market.wallet(c.name);
			const order = await placed(c, wallet.address);
			const shop = async () => (await chain.read(orderBook, 'balanceOf', [toHex(1n, { size: 20 }), token.address])) as bigint;
			const earlier = await shop();
			const receipt = await end(c, order, wallet);
			const { buyerAmount, sellerAmount } = told(receipt);
			assert.deepEqual([buyerAmount, sellerAmount], [BigInt(c.expected.buyerAmount), BigInt(c.expected.sellerAmount)]);
			const shares = eventsOf(receipt, orderBookAbi, 'SharePaid').map(({ args }) => [args.account.toLowerCase(), args.amount]);
			const expected = [
				...c.expected.splits.map((amount, i) => [account(i), BigInt(amount)] as const),
				[affiliate, BigInt(c.expected.affiliate)] as const,
				[market.feeRecipient.toLowerCase(), BigInt(c.expected.fee)] as const,
			].filter(([, amount]) => amount > 0n);
			assert.deepEqual(
				shares,
				expected.map((share) => [...share]),
			);
			assert.equal(await chain.read(orderBook, 'balanceOf', [wallet.address, token.address]), buyerAmount);
			assert.ok((await shop()) - earlier >= sellerAmount);
		});
	}
});
