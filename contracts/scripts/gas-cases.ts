import { type Hex, keccak256, numberToHex, type TransactionReceipt, toHex, zeroAddress } from 'viem';
import type { PrivateKeyAccount } from 'viem/accounts';
import { entryPointAbi } from '../../protocol/src/generated/index.ts';
import { eventsOf } from './chain.ts';
import { afterSales } from './gas-after-sales.ts';
import { auctions } from './gas-auctions.ts';
import { disputes } from './gas-dispute.ts';
import { pots } from './gas-pots.ts';
import { tabs } from './gas-tabs.ts';
import { Market } from './market.ts';
import { type OfferTerms, type Order, totalOf } from './orders.ts';
import { call, handleOps, type Operation, passkey, SmartAccount } from './passkey.ts';

/** Gas by name; amounts per order are rounded to whole gas. */
export type Snapshot = Awaited<ReturnType<typeof measure>>;

const RICH = 10n ** 15n;

/**
 * Measures on the production bytecode. Everything is as in the daily run of a market: accounts exist, balances of both
 * sides are non-zero before and after, the offer has a finite stock. Firsts, which cost more, are named so.
 */
export async function measure() {
	const market = await Market.open();
	const terms = market.terms();
	const offerId = await market.publish(terms, 1_000_000);
	const fixture = { market, terms, offerId };
	const buyer = await market.wallet('buyer');
	await market.stake(buyer.address, RICH);
	await live(fixture, buyer);
	return {
		setup: await setup(fixture),
		money: await money(fixture, buyer),
		place: await place(fixture, buyer),
		step: await steps(fixture, buyer),
		lifeAlone: await lifeAlone(fixture, buyer),
		lifeInBatchOfSignatures: await lifeInBatches(fixture),
		lifeByPasskey: await lifeByPasskey(fixture),
		...(await afterSales(market, buyer)),
		...(await disputes(market)),
		...(await tabs(market)),
		pots: await pots(market),
		auction: await auctions(market),
	};
}

interface Fixture {
	market: Market;
	terms: OfferTerms;
	offerId: bigint;
}

const gas = async (receipt: Promise<TransactionReceipt>) => Number((await receipt).gasUsed);

/** One order placed and confirmed from the balance. */
async function live({ market, terms, offerId }: Fixture, buyer: PrivateKeyAccount): Promise<number> {
	const order = market.order(offerId, terms, buyer.address);
	const { chain, orderBook } = market;
	const placed = await gas(chain.write(buyer.address, orderBook, 'placeOrder', [order]));
	return placed + (await gas(chain.write(buyer.address, orderBook, 'confirm', [order])));
}

async function setup({ market, terms }: Fixture) {
	const { chain, seller, shop, catalog } = market;
	const content = toHex('x'.repeat(600));
	const variants = [terms, terms, terms];
	const stocks = [5, 5, 5];
	return {
		openShop: await gas(chain.write(seller, shop, 'open', ['another-tea-house', seller, content])),
		publishOneVariant: await gas(chain.write(seller, catalog, 'publish', [1n, 0, content, [terms], [5]])),
		publishThreeVariants: await gas(chain.write(seller, catalog, 'publish', [1n, 0, content, variants, stocks])),
		publishNextVersion: await gas(chain.write(seller, catalog, 'publish', [1n, 2, content, [terms], [5]])),
	};
}

async function money({ market, terms }: Fixture, buyer: PrivateKeyAccount) {
	const { chain, orderBook, token } = market;
	await market.allow(buyer.address, RICH);
	const from = buyer.address;
	const nonce = numberToHex(1, { size: 32 });
	const signature = await market.authorize(buyer, 1000n, nonce);
	const authorized = [from, token.address, 1000n, 0n, BigInt(2 ** 40), nonce, signature] as const;
	await chain.write(from, orderBook, 'deposit', [from, zeroAddress, 1000n], 1000n);
	return {
		deposit: await gas(chain.write(from, orderBook, 'deposit', [from, token.address, terms.unitPrice])),
		depositNative: await gas(chain.write(from, orderBook, 'deposit', [from, zeroAddress, 1000n], 1000n)),
		depositWithAuthorization: await gas(chain.write(from, orderBook, 'depositWithAuthorization', await fresh(market, buyer, authorized))),
		withdraw: await gas(chain.write(from, orderBook, 'withdraw', [token.address, 1000n, from])),
		withdrawShop: await gas(chain.write(market.seller, orderBook, 'withdrawShop', [1n, token.address, 1000n])),
	};
}

type Authorized = readonly [Hex, Hex, bigint, bigint, bigint, Hex, Hex];

async function fresh(market: Market, buyer: PrivateKeyAccount, [from, token, amount, after, until, nonce]: Authorized): Promise<Authorized> {
	return [from, token, amount, after, until, nonce, await market.authorize(buyer, amount, nonce, until)];
}

async function place(fixture: Fixture, buyer: PrivateKeyAccount) {
	const { market, terms, offerId } = fixture;
	const { chain, orderBook } = market;
	const native = market.terms({ currency: zeroAddress });
	const nativeOffer = await market.publish(native, 1000);
	const poor = await market.wallet('pays-from-wallet');
	await market.allow(poor.address, RICH);
	const until = BigInt(2 ** 40);
	const authorized = market.order(offerId, terms, poor.address);
	const signature = await market.authorize(poor, totalOf(authorized), market.orderId(authorized), until);
	const withValue = market.order(nativeOffer, native, poor.address);
	const fromWallet = market.order(offerId, terms, poor.address);
	return {
		fromBalance: await gas(chain.write(buyer.address, orderBook, 'placeOrder', [market.order(offerId, terms, buyer.address)])),
		withNativeValue: await gas(chain.write(poor.address, orderBook, 'placeOrder', [withValue], totalOf(withValue))),
		fromAllowance: await gas(chain.write(poor.address, orderBook, 'placeOrder', [fromWallet])),
		withAuthorization: await gas(chain.write(poor.address, orderBook, 'placeOrderWithAuthorization', [authorized, 0n, until, signature])),
	};
}

async function steps({ market, terms, offerId }: Fixture, buyer: PrivateKeyAccount) {
	const { chain, orderBook, seller, arbitrator } = market;
	const placed = async (change: Partial<Order> = {}) => {
		const order = market.order(offerId, terms, buyer.address, change);
		await chain.write(buyer.address, orderBook, 'placeOrder', [order]);
		return order;
	};
	const [kept, cancelled, refunded, disputed, due] = [await placed(), await placed(), await placed(), await placed(), await placed()];
	const note = keccak256('0x01');
	await chain.write(seller, orderBook, 'ship', [disputed, note]);
	const figures = {
		ship: await gas(chain.write(seller, orderBook, 'ship', [kept, note])),
		confirm: await gas(chain.write(buyer.address, orderBook, 'confirm', [kept])),
		cancel: await gas(market.perform(buyer.address, cancelled, 'cancel')),
		refund: await gas(market.perform(seller, refunded, 'refund')),
		dispute: await gas(market.perform(buyer.address, disputed, 'dispute', note)),
		rule: await gas(chain.write(arbitrator, orderBook, 'rule', [disputed, 5000])),
	};
	const snapshot = await chain.snapshot();
	await chain.at((await chain.now()) + terms.shipBySeconds + 1);
	const settleDue = await gas(chain.write(market.operator, orderBook, 'settleDue', [due]));
	await chain.restore(snapshot);
	return { ...figures, settleDue };
}

async function lifeAlone(fixture: Fixture, buyer: PrivateKeyAccount) {
	const { market, terms, offerId } = fixture;
	const { chain, orderBook } = market;
	const shared = market.terms({ affiliateBps: 500, splits: [{ recipient: market.operator, bps: 1000 }] });
	const sharedOffer = await market.publish(shared, 1000);
	const withShares = async () => {
		const order = market.order(sharedOffer, shared, buyer.address, { affiliate: market.operator });
		const placed = await gas(chain.write(buyer.address, orderBook, 'placeOrder', [order]));
		return placed + (await gas(chain.write(buyer.address, orderBook, 'confirm', [order])));
	};
	await withShares();
	const fromBalance = await live(fixture, buyer);
	const native = market.terms({ currency: zeroAddress });
	const nativeOffer = await market.publish(native, 1000);
	const payNative = async () => {
		const order = market.order(nativeOffer, native, buyer.address);
		const placed = await gas(chain.write(buyer.address, orderBook, 'placeOrder', [order], totalOf(order)));
		return placed + (await gas(chain.write(buyer.address, orderBook, 'confirm', [order])));
	};
	await payNative();
	const withNativeValue = await payNative();
	const poor = await market.wallet('lives-from-wallet');
	await market.allow(poor.address, RICH);
	const fromAllowance = await live({ market, terms, offerId }, poor);
	return { fromBalance, fromBalanceWithSplitAndAffiliate: await withShares(), withNativeValue, fromAllowance };
}

async function lifeInBatches({ market, terms, offerId }: Fixture) {
	const { chain, orderBook, operator } = market;
	const buyers: { wallet: PrivateKeyAccount; ownOffer: bigint }[] = [];
	for (let i = 0; i < 50; i++) {
		const wallet = await market.wallet(`batch ${i}`);
		await market.stake(wallet.address, RICH);
		buyers.push({ wallet, ownOffer: await market.publish(terms, 1000) });
	}
	const run = async (size: number, differentOffers = false) => {
		const sales = buyers.slice(0, size).map(({ wallet, ownOffer }) => {
			return { wallet, order: market.order(differentOffers ? ownOffer : offerId, terms, wallet.address) };
		});
		const signatures = await Promise.all(sales.map(({ wallet, order }) => market.signOrder(wallet, order)));
		const orders = sales.map(({ order }) => order);
		const placed = await gas(chain.write(operator, orderBook, 'placeOrders', [orders, signatures]));
		const actions = await Promise.all(sales.map(({ wallet, order }) => market.signAction(wallet, order, 'confirm')));
		return Math.round((placed + (await gas(chain.write(operator, orderBook, 'act', [actions])))) / size);
	};
	return { of1: await run(1), of10: await run(10), of50: await run(50), of50DifferentOffers: await run(50, true) };
}

async function lifeByPasskey({ market, terms, offerId }: Fixture) {
	const { orderBook, verifier } = market;
	const place = (order: Order) => call(orderBook, 'placeOrder', [order]);
	const confirm = (order: Order) => call(orderBook, 'confirm', [order]);
	const accounts: SmartAccount[] = [];
	let createAccountAndPlace = 0;
	for (let i = 0; i < 50; i++) {
		const account = await SmartAccount.at(market, [passkey(verifier.address, `passkey ${i}`)]);
		await market.stake(account.address, RICH);
		createAccountAndPlace = await gas(account.run([place(market.order(offerId, terms, account.address))]));
		accounts.push(account);
	}
	const bundle = async (operations: Promise<Operation>[]) => {
		const receipt = await handleOps(market, await Promise.all(operations));
		const failed = eventsOf(receipt, entryPointAbi, 'UserOperationEvent').some((event) => !event.args.success);
		if (failed) throw new Error('an operation of the bundle failed');
		return Number(receipt.gasUsed);
	};
	const run = async (buyers: SmartAccount[], ordersEach = 1) => {
		const carts = buyers.map((account) => ({
			account,
			orders: Array.from({ length: ordersEach }, () => market.order(offerId, terms, account.address)),
		}));
		const placed = await bundle(carts.map(({ account, orders }) => account.operation(orders.map(place))));
		const confirmed = await bundle(carts.map(({ account, orders }) => account.operation(orders.map(confirm))));
		return Math.round((placed + confirmed) / (buyers.length * ordersEach));
	};
	return {
		createAccountAndPlace,
		bundleOf1: await run(accounts.slice(0, 1)),
		bundleOf10: await run(accounts.slice(0, 10)),
		bundleOf50: await run(accounts),
		cartOfFiveInOneOperation: await run(accounts.slice(0, 1), 5),
	};
}
