import { encodeCalls } from '@kaishi/protocol/account';
import { accountAbi } from '@kaishi/protocol/generated/account';
import { entryPointAbi } from '@kaishi/protocol/generated/entry-point';
import { testTokenAbi } from '@kaishi/protocol/generated/test-token';
import { encodePlaceOrder } from '@kaishi/protocol/order';
import { Refusal } from '@kaishi/protocol/platform/errors';
import { concat, encodeFunctionData, type Hex, numberToHex, pad, zeroAddress } from 'viem';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readContract } from '../chain/read-contract.ts';
import { openShopCall, openStall, openTestMarket, type TestMarket, TestPasskey, testOrder, testTerms } from './test-market.ts';

let market: TestMarket;
beforeAll(async () => {
	market = await openTestMarket();
});
afterAll(() => market.close());

const refused = (work: Promise<unknown>): Promise<Refusal> =>
	work.then(
		() => new Refusal('nothing was refused', 'invalid'),
		(refusal: Refusal) => refusal,
	);
const codeOf = async (work: Promise<unknown>) => (await refused(work)).code;

test('default: a first operation creates the account and does what it was signed for', async () => {
	const passkey = await TestPasskey.create(market);
	const relayed = await market.relayer.userOperation(passkey.operation([openShopCall(market, passkey.address, 'first-shop')]));
	expect(relayed.created.shopIds).toHaveLength(1);
	expect(await market.chain.request('eth_getCode', [passkey.address, 'latest'])).not.toBe('0x');
	const sent = await market.chain.request<{ gas: Hex }>('eth_getTransactionByHash', [relayed.transactionHash]);
	// What the operation asks for, and a little around it.
	expect(BigInt(sent.gas)).toBeLessThan(8_500_000n);
});

test('behavior: operations that arrive together share a transaction, each with its own answer', async () => {
	const people = await Promise.all(Array.from({ length: 12 }, () => TestPasskey.create(market)));
	const operations = people.map((person, i) => person.operation([openShopCall(market, person.address, `together-${i}`)]));
	const answers = await Promise.all(operations.map((operation) => market.relayer.userOperation(operation)));
	// How many depends on how busy the machine is; that they travel together does not.
	expect(new Set(answers.map((answer) => answer.transactionHash)).size).toBeLessThan(answers.length);
	expect(new Set(answers.flatMap((answer) => answer.created.shopIds)).size).toBe(12);
	expect(answers.every((answer) => answer.created.shopIds.length === 1)).toBe(true);
});

test('behavior: the same operation again has the same answer, also from a relayer that never saw it; only the first counts as first', async () => {
	const passkey = await TestPasskey.create(market);
	const operation = passkey.operation([openShopCall(market, passkey.address, 'once-only')]);
	let firsts = 0;
	const onFirst = () => {
		firsts++;
	};
	const [first, twin] = await Promise.all([market.relayer.userOperation(operation, onFirst), market.relayer.userOperation(operation, onFirst)]);
	expect(twin).toEqual(first);
	expect(await market.relayer.userOperation(operation, onFirst)).toEqual(first);
	expect(await market.openRelayer().userOperation(operation, onFirst)).toEqual(first);
	expect(firsts).toBe(1);
});

test('behavior: in a bundle, the one that went bad is refused by name and the others land', async () => {
	const people = await Promise.all(Array.from({ length: 5 }, () => TestPasskey.create(market)));
	// All want the same name: each is fine alone, only the first can have it.
	const operations = people.map((person) => person.operation([openShopCall(market, person.address, 'wanted-name')]));
	const good = await TestPasskey.create(market);
	const results = await Promise.allSettled(
		[...operations, good.operation([openShopCall(market, good.address, 'unwanted-name')])].map((operation) => market.relayer.userOperation(operation)),
	);
	expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(2);
	expect(results[5]?.status).toBe('fulfilled');
	const reasons = results.flatMap((result) => (result.status === 'rejected' ? [result.reason.code] : []));
	expect(reasons).toEqual(Array.from({ length: 4 }, () => 'Shop_SlugTaken'));
});

test('behavior: two operations of one nonce in a bundle, one lands and the other is refused', async () => {
	const passkey = await TestPasskey.create(market);
	await passkey.execute([openShopCall(market, passkey.address, 'same-nonce')]);
	const nonce = 12_345n << 64n;
	const results = await Promise.allSettled(
		['one', 'two'].map((slug) => market.relayer.userOperation(passkey.operation([openShopCall(market, passkey.address, `nonce-${slug}`)], { nonce }))),
	);
	expect(results.map((result) => (result.status === 'rejected' ? result.reason.code : 'landed')).sort()).toEqual(['Account_InvalidNonce', 'landed']);
});

test('error: what would fail inside the account is refused before it is sent, for new and old accounts alike', async () => {
	const owner = await TestPasskey.create(market);
	await owner.execute([openShopCall(market, owner.address, 'taken-slug')]);
	const stranger = await TestPasskey.create(market);
	const before = await market.chain.head();
	for (const person of [owner, stranger]) {
		const refusal = await refused(market.relayer.userOperation(person.operation([openShopCall(market, person.address, 'taken-slug')])));
		expect(refusal).toMatchObject({ code: 'Shop_SlugTaken', kind: 'conflict', details: { slug: 'taken-slug' } });
	}
	expect(await market.chain.head()).toEqual(before);
});

test('behavior: a new account may name a second signer and ask for both in its first operation', async () => {
	const person = await TestPasskey.create(market);
	const second = await TestPasskey.create(market);
	const self = (data: Hex) => ({ to: person.address, data });
	await market.relayer.userOperation(
		person.operation([
			self(encodeFunctionData({ abi: accountAbi, functionName: 'addSigners', args: [[second.signer]] })),
			self(encodeFunctionData({ abi: accountAbi, functionName: 'setThreshold', args: [2n] })),
		]),
	);
	expect(await readContract(market.chain, { address: person.address, abi: accountAbi, functionName: 'isSigner', args: [second.signer] })).toBe(true);
	// From now on one signature is not enough.
	person.deployed = true;
	expect(await codeOf(market.relayer.userOperation(person.operation([openShopCall(market, person.address, 'one-of-two')])))).toBe('Account_InvalidSignature');
});

test('error: forged, foreign, replayed and misdirected operations', async () => {
	const passkey = await TestPasskey.create(market);
	const thief = await TestPasskey.create(market);
	const call = openShopCall(market, passkey.address, 'honest');
	const good = passkey.operation([call]);
	const forged = { ...good, callData: encodeCalls([openShopCall(market, thief.address, 'stolen')]) };
	expect(await codeOf(market.relayer.userOperation(forged))).toBe('Account_InvalidSignature');
	expect(await codeOf(market.relayer.userOperation({ ...thief.operation([call]), sender: passkey.address }))).toBe('Account_InvalidInitCode');
	expect(await codeOf(market.relayer.userOperation({ ...good, signature: '0x' }))).toBe('Account_InvalidSignature');
	expect(await codeOf(market.relayer.userOperation({ ...good, signature: `0x${'ff'.repeat(200)}` }))).toBe('Account_InvalidSignature');
	await market.relayer.userOperation(good);
	expect(await codeOf(market.relayer.userOperation({ ...good, initCode: '0x' }))).toBe('Account_InvalidNonce');
	passkey.deployed = true;
	expect(await codeOf(market.relayer.userOperation({ ...passkey.operation([openShopCall(market, passkey.address, 'renonced')]), nonce: good.nonce }))).toMatch(
		/^Account_Invalid(Nonce|Signature)$/,
	);
});

test('error: the operator pays for the market only', async () => {
	const passkey = await TestPasskey.create(market);
	const elsewhere = [{ to: '0x00000000000000000000000000000000000000aa' as const, data: '0x' as const }];
	const shop = openShopCall(market, passkey.address, 'sponsored');
	const { entryPoint, timelock, accountFactory, faucet } = market.deployment.contracts;
	const tell = (operation: Parameters<typeof market.relayer.userOperation>[0]) => codeOf(market.relayer.userOperation(operation));
	for (const calls of [
		elsewhere,
		[shop, ...elsewhere],
		[{ to: zeroAddress, data: '0x' as const }],
		[{ to: entryPoint, data: '0x' as const }],
		[{ to: timelock, data: '0x' as const }],
		[{ to: faucet ?? zeroAddress, data: '0x' as const }],
		// Hidden in a call to oneself, which an account executes as it executes the EntryPoint's.
		[{ to: passkey.address, data: encodeCalls(elsewhere) }],
		[{ to: passkey.address, data: encodeCalls([shop]) }],
		[{ to: passkey.address, data: '0x' as const }],
	]) {
		expect(await tell(passkey.operation(calls))).toBe('Relayer_TargetNotSponsored');
	}
	const limits = (verification: bigint, call: bigint) => ({
		accountGasLimits: concat([numberToHex(verification, { size: 16 }), numberToHex(call, { size: 16 })]),
	});
	expect(await tell(passkey.operation([shop], limits(1_500_000n, 6_000_001n)))).toBe('Relayer_GasTooHigh');
	expect(await tell(passkey.operation([shop], limits(2_000_001n, 1_000_000n)))).toBe('Relayer_GasTooHigh');
	expect(await tell(passkey.operation([shop], { preVerificationGas: 1n }))).toBe('Relayer_UnsupportedOperation');
	expect(await tell(passkey.operation([shop], { gasFees: pad('0x01', { size: 32 }) }))).toBe('Relayer_UnsupportedOperation');
	expect(await tell(passkey.operation([shop], { paymasterAndData: `0x${'11'.repeat(52)}` }))).toBe('Relayer_UnsupportedOperation');
	expect(await tell(passkey.operation([shop], { initCode: concat([entryPoint, '0x01']) }))).toBe('Account_InvalidInitCode');
	expect(await tell(passkey.operation([shop], { callData: '0x' }))).toBe('Relayer_UnsupportedOperation');
	expect(await tell(passkey.operation([shop], { callData: encodeFunctionData({ abi: entryPointAbi, functionName: 'incrementNonce', args: [1n] }) }))).toBe(
		'Relayer_UnsupportedOperation',
	);
	expect(await tell(passkey.operation([{ ...shop, data: concat([shop.data, `0x${'00'.repeat(70_000)}`]) }]))).toBe('Relayer_TooLarge');
	expect(accountFactory).not.toBe(zeroAddress);
});

test('behavior: an operation without calls makes the account, and is nothing once there is one', async () => {
	const passkey = await TestPasskey.create(market);
	await market.relayer.userOperation(passkey.operation([]));
	expect(await market.chain.request('eth_getCode', [passkey.address, 'latest'])).not.toBe('0x');
	passkey.deployed = true;
	expect(await codeOf(market.relayer.userOperation(passkey.operation([])))).toBe('Relayer_UnsupportedOperation');
});

test('error: the operator pays for accounts of this market only, since code of others decides late whether it agrees', async () => {
	// Answers anybody with zero, which to the EntryPoint means: a valid signature.
	const { contractAddress } = await market.operator.send({ data: concat(['0x665f5f5260205ff35f5260076019f3']) });
	const passkey = await TestPasskey.create(market);
	const operation = passkey.operation([openShopCall(market, passkey.address, 'foreign-account')], { sender: contractAddress ?? zeroAddress, initCode: '0x' });
	expect(await refused(market.relayer.userOperation(operation))).toMatchObject({ code: 'Relayer_UnsupportedOperation', details: { field: 'sender' } });
});

test('behavior: a stock of three sells three times, the rest are told so', async () => {
	const seller = await TestPasskey.create(market);
	const terms = testTerms(market);
	const offer = await openStall(market, seller, 'scarce-goods', terms, 3);
	const buyers = await Promise.all(Array.from({ length: 8 }, () => TestPasskey.create(market)));
	await Promise.all(buyers.map((buyer) => market.relayer.faucet(buyer.address)));
	const { orderBook } = market.deployment.contracts;
	const buy = (buyer: TestPasskey) =>
		buyer.operation([
			{ to: terms.currency, data: encodeFunctionData({ abi: testTokenAbi, functionName: 'approve', args: [orderBook, terms.unitPrice] }) },
			{ to: orderBook, data: encodePlaceOrder(testOrder(offer, terms, buyer.address)) },
		]);
	const results = await Promise.allSettled(buyers.map((buyer) => market.relayer.userOperation(buy(buyer))));
	const sold = results.flatMap((result) => (result.status === 'fulfilled' ? result.value.created.orderIds : []));
	expect(new Set(sold).size).toBe(3);
	const told = results.flatMap((result) => (result.status === 'rejected' ? [result.reason.code] : []));
	expect(told).toEqual(Array.from({ length: 5 }, () => 'Catalog_SoldOut'));
});
