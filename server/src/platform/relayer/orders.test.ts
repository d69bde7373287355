import { type ForwardRequest, forwarderDomain, forwardRequestTypes, type Relayed, receiveWithAuthorizationTypes, tokenDomain } from '@kaishi/protocol/account';
import { orderBookAbi } from '@kaishi/protocol/generated/order-book';
import { type Order, orderActionTypes, orderBookDomain, orderIdOf } from '@kaishi/protocol/order';
import { Refusal } from '@kaishi/protocol/platform/errors';
import { encodeFunctionData, type Hex, zeroAddress, zeroHash } from 'viem';
import type { PrivateKeyAccount } from 'viem/accounts';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import {
	fundedWallet,
	openShopCall,
	openStall,
	openTestMarket,
	signOrder,
	stateOf,
	type TestMarket,
	TestPasskey,
	testOrder,
	testTerms,
	testWallet,
} from './test-market.ts';

let market: TestMarket;
let offer: bigint;
const terms = () => testTerms(market);
beforeAll(async () => {
	market = await openTestMarket();
	offer = await openStall(market, await TestPasskey.create(market), 'wallet-stall', terms(), 1000);
});
afterAll(() => market.close());

const codeOf = (work: Promise<unknown>): Promise<string> =>
	work.then(
		() => 'nothing was refused',
		(refusal: Refusal) => refusal.code,
	);
const idOf = (order: Order) => orderIdOf(order, market.chain.chainId, market.deployment.contracts.orderBook);

async function signAction(actor: PrivateKeyAccount, order: Order, action: number, data: Hex = zeroHash, step = 0) {
	const message = { orderId: idOf(order), action, bps: 0, data, step, validBefore: 4_000_000_000n };
	const signature = await actor.signTypedData({
		domain: orderBookDomain(market.chain.chainId, market.deployment.contracts.orderBook),
		types: orderActionTypes,
		primaryType: 'OrderAction',
		message,
	});
	return { order, action, bps: 0, actor: actor.address, data, step, validBefore: message.validBefore, signature };
}

async function signForward(wallet: PrivateKeyAccount, change: Partial<ForwardRequest> = {}): Promise<[ForwardRequest, Hex]> {
	const call = openShopCall(market, wallet.address, `shop-of-${wallet.address.slice(2, 12).toLowerCase()}`);
	const request = { from: wallet.address, to: call.to, value: 0n, gas: 2_000_000n, nonce: 0n, deadline: market.chain.now() + 600, data: call.data, ...change };
	const signature = await wallet.signTypedData({
		domain: forwarderDomain(market.chain.chainId, market.deployment.contracts.forwarder),
		types: forwardRequestTypes,
		primaryType: 'ForwardRequest',
		message: request,
	});
	return [request, signature];
}

test('default: signed orders of many wallets share a transaction', async () => {
	const wallets = await Promise.all(Array.from({ length: 6 }, () => fundedWallet(market)));
	const orders = wallets.map((wallet) => testOrder(offer, terms(), wallet.address));
	const signatures = await Promise.all(orders.map((order, i) => signOrder(market, wallets[i] as PrivateKeyAccount, order)));
	const answers = await Promise.all(orders.map((order, i) => market.relayer.order(order, signatures[i] as Hex)));
	expect(answers.map((answer) => answer.created.orderIds)).toEqual(orders.map((order) => [idOf(order)]));
	// How many depends on how busy the machine is; that they travel together does not.
	expect(new Set(answers.map((answer) => answer.transactionHash)).size).toBeLessThan(orders.length);
	// Again, and from a relayer that never heard of it.
	expect(await market.relayer.order(orders[0] as Order, signatures[0] as Hex)).toEqual(answers[0]);
	expect(await market.openRelayer().order(orders[0] as Order, signatures[0] as Hex)).toEqual(answers[0]);
});

test('behavior: among good orders, those that only together go bad are refused by name', async () => {
	const seller = await TestPasskey.create(market);
	const scarce = await openStall(market, seller, 'two-left', terms(), 2);
	const wallets = await Promise.all(Array.from({ length: 5 }, () => fundedWallet(market)));
	const orders = wallets.map((wallet, i) => testOrder(i === 0 ? offer : scarce, terms(), wallet.address));
	const results = await Promise.allSettled(
		orders.map(async (order, i) => market.relayer.order(order, await signOrder(market, wallets[i] as PrivateKeyAccount, order))),
	);
	const codes = results.map((result) => (result.status === 'rejected' ? result.reason.code : 'placed'));
	expect(codes[0]).toBe('placed');
	expect(codes.slice(1).sort()).toEqual(['Catalog_SoldOut', 'Catalog_SoldOut', 'placed', 'placed']);
	const states = await Promise.all(orders.map((order) => stateOf(market, idOf(order))));
	expect(states.filter((state) => state === 1)).toHaveLength(3);
});

test('error: orders that were not signed like this', async () => {
	const wallet = await fundedWallet(market);
	const order = testOrder(offer, terms(), wallet.address);
	const signature = await signOrder(market, wallet, order);
	const dearer = { ...order, quantity: 2n };
	expect(await codeOf(market.relayer.order(dearer, signature))).toBe('OrderBook_InvalidSignature');
	expect(await codeOf(market.relayer.order(order, await signOrder(market, testWallet(), order)))).toBe('OrderBook_InvalidSignature');
	expect(await codeOf(market.relayer.order(order, await signOrder(market, wallet, order, 1)))).toBe('OrderBook_InvalidSignature');
	const cheaper = { ...order, terms: { ...order.terms, unitPrice: 1n } };
	expect(await codeOf(market.relayer.order(cheaper, await signOrder(market, wallet, cheaper)))).toBe('Catalog_TermsMismatch');
	const late = { ...order, validBefore: 1n };
	expect(await codeOf(market.relayer.order(late, await signOrder(market, wallet, late)))).toBe('OrderBook_Expired');
	const huge = { ...order, quantity: 2n ** 64n - 1n };
	expect(await codeOf(market.relayer.order(huge, await signOrder(market, wallet, huge)))).toMatch(/^(Catalog_SoldOut|OrderBook_InvalidQuantity)$/);
	const poor = testWallet();
	const unpaid = testOrder(offer, terms(), poor.address);
	expect(await codeOf(market.relayer.order(unpaid, await signOrder(market, poor, unpaid)))).toMatch(/^(ERC20Insufficient|Vault_Insufficient|SafeERC20)/);
});

test('behavior: one ERC-3009 signature pays and places', async () => {
	const wallet = await fundedWallet(market);
	const order = testOrder(offer, terms(), wallet.address);
	const currency = market.deployment.currencies[0];
	const message = {
		from: wallet.address,
		to: market.deployment.contracts.orderBook,
		value: order.terms.unitPrice,
		validAfter: 0n,
		validBefore: 4_000_000_000n,
		nonce: idOf(order),
	};
	const domain = tokenDomain(currency?.authorization ?? { name: '', version: '' }, market.chain.chainId, currency?.address ?? zeroAddress);
	const signature = await wallet.signTypedData({ domain, types: receiveWithAuthorizationTypes, primaryType: 'ReceiveWithAuthorization', message });
	const answer = await market.relayer.authorizedOrder(order, 0n, message.validBefore, signature);
	expect(answer.created.orderIds).toEqual([idOf(order)]);
	expect(await market.openRelayer().authorizedOrder(order, 0n, message.validBefore, signature)).toEqual(answer);
	expect(await codeOf(market.relayer.authorizedOrder({ ...order, salt: zeroHash }, 0n, message.validBefore, signature))).toMatch(/Signature|Signer/);
});

test('behavior: actions share a transaction; one that turned bad does not take the others with it', async () => {
	const wallets = await Promise.all(Array.from({ length: 4 }, () => fundedWallet(market)));
	const orders = wallets.map((wallet) => testOrder(offer, terms(), wallet.address));
	await Promise.all(orders.map(async (order, i) => market.relayer.order(order, await signOrder(market, wallets[i] as PrivateKeyAccount, order))));
	const confirms = await Promise.all(orders.map((order, i) => signAction(wallets[i] as PrivateKeyAccount, order, 1)));
	// The last buyer asks for two ends of the same order at once.
	const cancel = await signAction(wallets[3] as PrivateKeyAccount, orders[3] as Order, 2);
	const results = await Promise.allSettled([...confirms, cancel].map((action) => market.relayer.action(action)));
	const codes = results.map((result) => (result.status === 'rejected' ? result.reason.code : 'done'));
	expect(codes).toEqual(['done', 'done', 'done', 'done', 'OrderBook_WrongStep']);
	expect(await Promise.all(orders.map((order) => stateOf(market, idOf(order))))).toEqual([4, 4, 4, 4]);
	expect(await codeOf(market.relayer.action({ ...(confirms[0] as (typeof confirms)[0]), action: 2 }))).toMatch(/^OrderBook_(InvalidSignature|WrongStep)$/);
});

test('behavior: a passed deadline can be executed by the operator, not before', async () => {
	const wallet = await fundedWallet(market);
	const order = testOrder(offer, terms(), wallet.address);
	await market.relayer.order(order, await signOrder(market, wallet, order));
	expect(await codeOf(market.relayer.settleDue(order))).toBe('OrderBook_TooEarly');
	await market.chain.advance(86_401);
	await market.relayer.settleDue(order);
	expect(await stateOf(market, idOf(order))).toBe(5);
});

test('behavior: a wallet without gas opens a shop by signature', async () => {
	const wallet = testWallet();
	const [request, signature] = await signForward(wallet);
	const answer = await market.relayer.forward(request, signature);
	expect(answer.created.shopIds).toHaveLength(1);
	expect(await market.relayer.forward(request, signature)).toEqual(answer);
	expect(await codeOf(market.openRelayer().forward(request, signature))).toBe('InvalidAccountNonce');
});

test('error: forward requests that are not ours to pay for, or not signed', async () => {
	const wallet = testWallet();
	const tell = async (change: Partial<ForwardRequest>) => codeOf(market.relayer.forward(...(await signForward(wallet, change))));
	expect(await tell({ value: 1n })).toBe('Relayer_ValueNotSponsored');
	expect(await tell({ gas: 20_000_000n })).toBe('Relayer_GasTooHigh');
	expect(await tell({ to: market.deployment.contracts.timelock })).toBe('Relayer_TargetNotSponsored');
	expect(await tell({ to: terms().currency })).toBe('Relayer_TargetNotSponsored');
	expect(await tell({ nonce: 4n })).toBe('InvalidAccountNonce');
	expect(await tell({ deadline: 1 })).toBe('ERC2771ForwarderExpiredRequest');
	expect(await tell({ data: openShopCall(market, wallet.address, 'wallet-stall').data })).toBe('Shop_SlugTaken');
	const [request] = await signForward(wallet);
	const [, strangers] = await signForward(testWallet());
	expect(await codeOf(market.relayer.forward(request, strangers))).toBe('ERC2771ForwarderInvalidSigner');
});

test('behavior: the faucet serves an account once a day', async () => {
	const wallet = testWallet();
	await market.relayer.faucet(wallet.address);
	const refusal = await market.relayer.faucet(wallet.address).catch((error: unknown) => error);
	expect(refusal).toBeInstanceOf(Refusal);
	expect(refusal).toMatchObject({ code: 'Faucet_TooSoon', kind: 'tooMany' });
});

test('error: too many valid intents of one account, while another account goes on', async () => {
	const hasty = market.openRelayer({ rate: { burst: 2, perSecond: 0.001 } });
	const [wallet, other] = [await fundedWallet(market), await fundedWallet(market)];
	const place = async (buyer: PrivateKeyAccount) => {
		const order = testOrder(offer, terms(), buyer.address);
		return hasty.order(order, await signOrder(market, buyer, order));
	};
	// Forged orders in somebody's name do not count against them.
	for (let i = 0; i < 4; i++) {
		const order = testOrder(offer, terms(), wallet.address);
		expect(await codeOf(hasty.order(order, await signOrder(market, other, order)))).toBe('OrderBook_InvalidSignature');
	}
	await place(wallet);
	await place(wallet);
	expect(await codeOf(place(wallet))).toBe('Relayer_TooMany');
	await place(other);
});

test('error: a contract that signs by burning gas burns little of it', async () => {
	// JUMPDEST PUSH0 JUMP, for ever.
	const { contractAddress } = await market.operator.send({ data: '0x625b5f565f526003601df3' });
	const asked = vi.spyOn(market.chain, 'request');
	const order = testOrder(offer, terms(), contractAddress ?? zeroAddress);
	expect(await codeOf(market.relayer.order(order, '0x1234'))).toBe('OrderBook_InvalidSignature');
	const gases = asked.mock.calls.flatMap(([method, params]) => (method === 'eth_call' ? [BigInt((params?.[0] as { gas: Hex } | undefined)?.gas ?? 0)] : []));
	asked.mockRestore();
	expect(gases).toHaveLength(1);
	expect(gases[0]).toBeLessThan(2_000_000n);
});

test('behavior: a contract that signs travels alone, and no transaction may burn more than its intents', async () => {
	// Answers anybody with ERC-1271's magic value.
	const { contractAddress } = await market.operator.send({ data: '0x6d631626ba7e60e01b5f5260205ff35f52600e6012f3' });
	const contract = contractAddress ?? zeroAddress;
	const wallets = await Promise.all(Array.from({ length: 3 }, () => fundedWallet(market)));
	const [patron] = wallets;
	const deposit = encodeFunctionData({ abi: orderBookAbi, functionName: 'deposit', args: [contract, terms().currency, 1_000_000n] });
	const fees = { gas: 200_000n, maxFeePerGas: 2_000_000_000n, maxPriorityFeePerGas: 0n };
	const raw = await patron?.signTransaction({
		type: 'eip1559',
		chainId: market.chain.chainId,
		nonce: 1,
		...fees,
		to: market.deployment.contracts.orderBook,
		data: deposit,
	});
	await market.chain.submit(raw ?? '0x');
	const place = async (buyer: PrivateKeyAccount) => {
		const order = testOrder(offer, terms(), buyer.address);
		return market.relayer.order(order, await signOrder(market, buyer, order));
	};
	const [foreign, ...own] = await Promise.all([market.relayer.order(testOrder(offer, terms(), contract), '0x1234'), ...wallets.map(place)]);
	expect(own.map((landed) => landed.transactionHash)).not.toContain(foreign?.transactionHash);
	for (const { transactionHash } of [foreign as Relayed, ...own]) {
		const sent = await market.chain.request<{ gas: Hex }>('eth_getTransactionByHash', [transactionHash]);
		expect(BigInt(sent.gas)).toBeLessThanOrEqual(2_000_000n);
	}
});
