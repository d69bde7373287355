import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, describe, it } from 'node:test';
import { type Address, type Hex, zeroAddress, zeroHash } from 'viem';
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
	unitPrice: string;
	quantity: string;
	shippingPrice: string;
	splitBps: number[];
	affiliateBps: number;
	hasAffiliate: boolean;
	feeBps: number;
	buyerBps: number;
	expected: { total: string; buyerAmount: string; splits: string[]; affiliate: string; fee: string; sellerAmount: string };
}

describe('settlement.json', () => {
	let market: Market;
	const cases: Settlement[] = load('settlement.json').cases;
	const account = (n: number) => `0x${(0xaaa0 + n).toString(16).padStart(40, '0')}` as Address;
	const affiliate = account(99);

	before(async () => {
		market = await Market.open();
	});

	for (const c of cases) {
		it(c.name, async () => {
			const { chain, orderBook, parameters, token } = market;
			await chain.write(market.operator, parameters, 'setFee', [c.feeBps, market.feeRecipient]);
			const buyer = await market.wallet(c.name);
			const terms = market.terms({
				unitPrice: BigInt(c.unitPrice),
				shippingPrice: BigInt(c.shippingPrice),
				affiliateBps: c.affiliateBps,
				splits: c.splitBps.map((bps, i) => ({ recipient: account(i), bps })),
			});
			const offerId = await market.publish(terms);
			const order = market.order(offerId, terms, buyer.address, {
				quantity: BigInt(c.quantity),
				affiliate: c.hasAffiliate ? affiliate : zeroAddress,
				feeBps: c.feeBps,
			});
			assert.equal(totalOf(order), BigInt(c.expected.total));
			await market.allow(buyer.address, totalOf(order));
			await chain.write(buyer.address, orderBook, 'placeOrder', [order]);

			let receipt = null;
			if (c.buyerBps === 0) {
				receipt = await chain.write(buyer.address, orderBook, 'confirm', [order]);
				const [done] = eventsOf(receipt, orderBookAbi, 'OrderCompleted');
				assert.equal(done!.args.sellerAmount, BigInt(c.expected.sellerAmount));
			} else {
				await chain.write(market.seller, orderBook, 'ship', [order, zeroHash]);
				await market.perform(buyer.address, order, 'dispute');
				receipt = await chain.write(market.arbitrator, orderBook, 'rule', [order, c.buyerBps]);
				const [done] = eventsOf(receipt, orderBookAbi, 'OrderRuled');
				assert.equal(done!.args.buyerAmount, BigInt(c.expected.buyerAmount));
				assert.equal(done!.args.sellerAmount, BigInt(c.expected.sellerAmount));
			}
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
			assert.equal(await chain.read(orderBook, 'balanceOf', [buyer.address, token.address]), BigInt(c.expected.buyerAmount));
		});
	}
});
