import { type Call, encodeMultiSignature } from '@kaishi/protocol/account';
import { orderBookAbi } from '@kaishi/protocol/generated/order-book';
import { shopAbi } from '@kaishi/protocol/generated/shop';
import { encodePlaceOrder, orderToAbi } from '@kaishi/protocol/order';
import { closeTabCall, openTabCalls, releaseTabCall } from '@kaishi/protocol/tab';
import { type Address, concat, encodeFunctionData, erc20Abi, zeroAddress } from 'viem';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createForeignCode } from './foreign-code.ts';
import { openShopCall, openTestMarket, type TestMarket, TestPasskey, testOrder, testTerms } from './test-market.ts';

let market: TestMarket;
let passkey: TestPasskey;
beforeAll(async () => {
	market = await openTestMarket();
	passkey = await TestPasskey.create(market);
});
afterAll(() => market.close());

const STRANGER: Address = '0x00000000000000000000000000000000000000aa';
const runsIn = (...calls: Call[]) => createForeignCode(market.deployment).runsIn(passkey.operation(calls));
const book = (data: Call['data']): Call => ({ to: market.deployment.contracts.orderBook, data });
const token = () => market.deployment.currencies[0]?.address ?? zeroAddress;
const withdraw = (currency: Address, to: Address) => book(encodeFunctionData({ abi: orderBookAbi, functionName: 'withdraw', args: [currency, 1n, to] }));
const withdrawShop = (currency: Address) => book(encodeFunctionData({ abi: orderBookAbi, functionName: 'withdrawShop', args: [1n, currency, 1n] }));

test('default: buying, selling and taking out tokens run no code of strangers', () => {
	const approve = encodeFunctionData({ abi: erc20Abi, functionName: 'approve', args: [market.deployment.contracts.orderBook, 1n] });
	const place = encodePlaceOrder(testOrder(1n, testTerms(market), passkey.address));
	expect(runsIn({ to: token(), data: approve }, book(place))).toBe(false);
	expect(runsIn(openShopCall(market, passkey.address, 'quiet'))).toBe(false);
	expect(runsIn(withdraw(token(), STRANGER), withdrawShop(token()), withdraw(zeroAddress, passkey.address))).toBe(false);
});

test('behavior: native coin to others, handing a shop to a contract, signatures of others in a call, and other signers than passkeys', () => {
	const quiet = openShopCall(market, passkey.address, 'quiet');
	const order = testOrder(1n, testTerms(market), passkey.address);
	const offer = { by: STRANGER, buyerBps: 1, step: 1, validBefore: 1n, signature: '0x' } as const;
	const hand = encodeFunctionData({ abi: shopAbi, functionName: 'safeTransferFrom', args: [passkey.address, STRANGER, 1n] });
	for (const call of [
		withdraw(zeroAddress, STRANGER),
		withdrawShop(zeroAddress),
		{ to: market.deployment.contracts.shop, data: hand },
		book(encodeFunctionData({ abi: orderBookAbi, functionName: 'placeOrders', args: [[], []] })),
		book(encodeFunctionData({ abi: orderBookAbi, functionName: 'act', args: [[]] })),
		book(encodeFunctionData({ abi: orderBookAbi, functionName: 'settle', args: [orderToAbi(order), offer] })),
		book('0x12345678'),
	]) {
		expect(runsIn(quiet, call)).toBe(true);
	}
	const { webAuthnVerifier } = market.deployment.contracts;
	for (const signer of [STRANGER, webAuthnVerifier, concat([STRANGER, `0x${'11'.repeat(64)}`])]) {
		const signature = encodeMultiSignature([
			{ signer: passkey.signer, signature: '0x' },
			{ signer, signature: '0x' },
		]);
		expect(createForeignCode(market.deployment).runsIn({ ...passkey.operation([quiet]), signature })).toBe(true);
	}
	expect(createForeignCode(market.deployment).runsIn({ ...passkey.operation([quiet]), signature: '0x12' })).toBe(true);
});

test('behavior: money of a token that the market does not list is code of strangers', () => {
	const deposit = (currency: Address) => book(encodeFunctionData({ abi: orderBookAbi, functionName: 'deposit', args: [passkey.address, currency, 1n] }));
	expect(runsIn(deposit(token()))).toBe(false);
	for (const call of [deposit(STRANGER), withdraw(STRANGER, passkey.address), withdrawShop(STRANGER)]) expect(runsIn(call)).toBe(true);
});

test('behavior: setting money aside and asking for it back run none; paying a stranger who is called does', () => {
	const { contracts } = market.deployment;
	const tab = { account: passkey.address, key: STRANGER, currency: token(), amount: 5n, shopId: null, validUntil: 1, operatorId: 1, balance: 2n };
	expect(runsIn(...openTabCalls(contracts, tab), closeTabCall(contracts, STRANGER, token()), releaseTabCall(contracts, STRANGER, STRANGER, token()))).toBe(
		false,
	);
	expect(runsIn(...openTabCalls({ ...contracts, tabs: STRANGER }, tab))).toBe(true);
});
