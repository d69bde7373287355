import { encodeAbiParameters, encodeFunctionData, type Hex, hexToBytes, keccak256, numberToHex, type TransactionReceipt, toHex } from 'viem';
import type { PrivateKeyAccount } from 'viem/accounts';
import { nestTypedData } from '../../protocol/src/account/nested-signature.ts';
import { batchAbi } from '../../protocol/src/generated/index.ts';
import { encodeOpenTab, type Payee } from '../../protocol/src/tab/index.ts';
import { eventsOf, present } from './chain.ts';
import { DAY, HOUR, type Market } from './market.ts';
import { call, handleOps, passkey, SmartAccount } from './passkey.ts';
import { openTab, placeFromTab, signTabState, tabOpening, tabState } from './tabs.ts';

const RICH = 10n ** 15n;
const BOND = 10n ** 12n;
const LIMIT = 10n ** 9n;
const SMALL = 3_000_000n;
/** A word that was empty, and one signature recovered. */
const FRESH_SLOT = 22_100;
const SIGNATURE = 3000;

const gas = async (receipt: Promise<TransactionReceipt>) => Number((await receipt).gasUsed);
const calldataGas = (data: Hex) => hexToBytes(data).reduce((sum, byte) => sum + (byte === 0 ? 4 : 16), 0);

interface Scene {
	market: Market;
	/** Registered, with a bond. */
	operator: PrivateKeyAccount;
	offerId: bigint;
}

/**
 * Orders paid from tabs in an operator's batches, and what is bought on a tab, settled by both or by one alone. Balances of
 * payees, tabs and bonds are non-zero before and after, as in a market's daily run.
 */
export async function tabs(market: Market) {
	const operator = await market.wallet('operator of tabs');
	await market.chain.write(operator.address, market.operators, 'register', [operator.address]);
	const scene = { market, operator, offerId: await market.publish(market.terms(), 1_000_000) };
	for (const account of [operator.address, numberToHex(market.shopId, { size: 20 })] as const) await market.stake(account, RICH);
	const bonds = await postBond(scene);
	await openTab(market, operator.address, operator.address, LIMIT);
	const place = await crowd(scene);
	const ordersFromTabs = { ...(await batches(scene, place)), ...(await deals(scene, place)) };
	const alone = await settlements(scene);
	const tab = { ...alone, ...(await openedByPasskey(scene)), settleEachOfTenInBatch: await settlementsTogether(scene) };
	return { ordersFromTabs, tab, operator: { ...bonds, ...(await pledges(scene)), ...(await proofs(scene)) } };
}

async function postBond({ market, operator }: Scene) {
	const { chain, orderBook, operators, token } = market;
	const post = () =>
		chain.write(operator.address, orderBook, 'transferAndCall', [token.address, operators.address, BOND, encodeAbiParameters([{ type: 'uint24' }], [1])]);
	return { firstBond: await gas(post()), raiseBond: await gas(post()) };
}

type Place = (offerId: bigint, size: number) => Promise<{ gas: number; calldata: number }>;

/** A hundred buyers with tabs; the first so many buy one piece of the same offer in one batch. */
async function crowd({ market, operator }: Scene): Promise<Place> {
	const { chain, batch } = market;
	const people: { buyer: PrivateKeyAccount; key: PrivateKeyAccount }[] = [];
	for (let i = 0; i < 100; i++) {
		const [buyer, key] = [await market.wallet(`tab ${i}`), await market.wallet(`key of tab ${i}`)];
		await market.stake(buyer.address, RICH);
		await openTab(market, buyer.address, key.address, LIMIT);
		people.push({ buyer, key });
	}
	return async (offerId, size) => {
		const calls = await Promise.all(
			people.slice(0, size).map(({ buyer, key }) => placeFromTab(market, key, market.order(offerId, market.terms(), buyer.address))),
		);
		const receipt = await chain.write(operator.address, batch, 'runEach', [calls]);
		if (eventsOf(receipt, batchAbi, 'CallSkipped').length !== 0) throw new Error('an order of the batch was skipped');
		return { gas: Number(receipt.gasUsed), calldata: calldataGas(encodeFunctionData({ abi: batchAbi, functionName: 'runEach', args: [calls] })) };
	};
}

async function batches({ market, offerId }: Scene, place: Place) {
	const { chain, catalog, seller } = market;
	await chain.write(seller, catalog, 'pledge', [offerId, 1, (await chain.now()) + DAY]);
	const run = (size: number) => place(offerId, size);
	const [one, ten, most, less] = [await run(1), await run(10), await run(100), await run(90)];
	const calldata = Math.round((most.calldata - less.calldata) / 10);
	return {
		batchOf1: one.gas,
		batchOf10: Math.round(ten.gas / 10),
		batchOf100: Math.round(most.gas / 100),
		oneMoreInBatchOf100: Math.round((most.gas - less.gas) / 10),
		itsCalldata: calldata,
		itsFloor: FRESH_SLOT + SIGNATURE + calldata,
	};
}

/** Flash deals of the operator's, without a limit and with one per buyer, which is a word per buyer. */
async function deals({ market }: Scene, place: Place) {
	const { chain, catalog, seller } = market;
	const source = await market.publish(market.terms(), 10_000);
	const until = (await chain.now()) + DAY;
	const content = toHex('x'.repeat(600));
	const open = async (perBuyer: number) => {
		const deal = { shopId: market.shopId, content, terms: [market.terms()], stocks: [1000], from: [source], operatorId: 1, until, perBuyer };
		const receipt = await chain.write(seller, catalog, 'openDeal', [deal]);
		return { gas: Number(receipt.gasUsed), offerId: BigInt(present(receipt.logs[0]?.topics[1], 'listing id')) << 16n };
	};
	const marginal = async (offerId: bigint) => Math.round(((await place(offerId, 100)).gas - (await place(offerId, 90)).gas) / 10);
	const [free, limited] = [await open(0), await open(2)];
	const oneMoreOfDealInBatchOf100 = await marginal(free.offerId);
	const ofLimitedDealInBatchOf100 = Math.round((await place(limited.offerId, 100)).gas / 100);
	const snapshot = await chain.snapshot();
	await chain.at(until + 1);
	const endDeal = await gas(chain.write(market.operator, catalog, 'endDeal', [free.offerId]));
	await chain.restore(snapshot);
	return { oneMoreOfDealInBatchOf100, ofLimitedDealInBatchOf100, openDeal: free.gas, endDeal };
}

async function settlements(scene: Scene) {
	const { market } = scene;
	const { chain, tabs, token } = market;
	const buyer = await market.wallet('buys on tabs');
	await market.stake(buyer.address, RICH);
	const shop = { account: numberToHex(market.shopId, { size: 20 }), amount: 10n * SMALL };
	const others = [market.operator, market.feeRecipient].map((account) => ({ account, amount: SMALL }));
	for (const { account } of others) await market.stake(account, RICH);
	let opened = 0;
	const opening = async (name: string) => {
		const key = await market.wallet(name);
		opened = await gas(openTab(market, buyer.address, key.address, LIMIT));
		return key;
	};
	const together = async (key: PrivateKeyAccount, payees: Payee[], byOperator = true) => {
		const state = tabState(market, buyer.address, key.address, payees, { version: 11n, closing: true });
		const signatures = [await signTabState(market, key, state), byOperator ? '0x' : await signTabState(market, scene.operator, state)];
		return gas(chain.write(byOperator ? scene.operator.address : buyer.address, tabs, 'settle', [state, payees, ...signatures]));
	};
	const settleOne = await together(await opening('key settled with one'), [shop]);
	const settleOneByAccount = await together(await opening('key settled by its account'), [shop], false);
	const settleThree = await together(await opening('key settled with three'), [shop, ...others]);
	const relayedKey = (await market.wallet('key opened by signature')).address;
	const signed = await tabOpening(market, buyer.address, relayedKey, LIMIT);
	const openBySignature = await gas(chain.write(scene.operator.address, market.orderBook, 'openTab', [signed.message, await buyer.signTypedData(signed)]));
	const key = await opening('key claimed');
	const topUp = await gas(openTab(market, buyer.address, key.address, LIMIT));
	const state = tabState(market, buyer.address, key.address, [shop]);
	const claim = await gas(chain.write(scene.operator.address, tabs, 'claim', [state, true, await signTabState(market, key, state)]));
	const newer = { ...state, version: 2n };
	const challenge = await gas(chain.write(buyer.address, tabs, 'challenge', [newer, await signTabState(market, scene.operator, newer)]));
	const close = await gas(chain.write(buyer.address, tabs, 'close', [key.address, token.address]));
	const snapshot = await chain.snapshot();
	await chain.at((await chain.now()) + DAY);
	const finish = await gas(chain.write(market.operator, tabs, 'finish', [buyer.address, key.address, token.address, [shop]]));
	const release = await gas(chain.write(market.operator, tabs, 'release', [buyer.address, key.address, token.address]));
	await chain.restore(snapshot);
	return {
		open: opened,
		openBySignature,
		topUp,
		settleOne,
		settleOneByAccount,
		settleThree,
		claim,
		challenge,
		finish,
		close,
		release,
	};
}

/** By a passkey's account, in an operation of its own and in a bundle of ten. */
async function openedByPasskey({ market, operator }: Scene) {
	const accounts: SmartAccount[] = [];
	for (let i = 0; i < 10; i++) {
		const account = await SmartAccount.at(market, [passkey(market.verifier.address, `passkey of tab ${i}`)]);
		await market.stake(account.address, RICH);
		await openTab(market, operator.address, `0x${(4096 + i).toString(16).padStart(40, '0')}`, LIMIT);
		await account.run([call(market.orderBook, 'transfer', [market.token.address, operator.address, 1n])]);
		accounts.push(account);
	}
	const validUntil = (await market.chain.now()) + HOUR;
	let count = 8192;
	const operation = (account: SmartAccount) =>
		account.operation([
			call(market.orderBook, 'transferAndCall', [
				market.token.address,
				market.tabs.address,
				LIMIT,
				encodeOpenTab({ key: `0x${(count++).toString(16).padStart(40, '0')}`, shopId: null, validUntil, operatorId: 1 }),
			]),
		]);
	const bundle = async (many: SmartAccount[]) => Math.round(Number((await handleOps(market, await Promise.all(many.map(operation)))).gasUsed) / many.length);
	return {
		openByPasskey: await bundle(accounts.slice(0, 1)),
		openByPasskeyInBundleOfTen: await bundle(accounts),
		...(await openedBySignatureOfPasskey(market, operator, accounts)),
	};
}

/** As a passkey's account signs for the order book to check (ERC-1271), alone and ten in one batch. */
async function openedBySignatureOfPasskey(market: Market, operator: PrivateKeyAccount, accounts: SmartAccount[]) {
	const { chain, orderBook, batch } = market;
	const opening = async (account: SmartAccount, name: string) => {
		const statement = await tabOpening(market, account.address, (await market.wallet(name)).address, LIMIT);
		const { hash, wrap } = nestTypedData(account.address, 31337, statement);
		return [statement.message, wrap(await account.sign(hash))] as const;
	};
	const [first] = accounts as [SmartAccount];
	const alone = await gas(chain.write(operator.address, orderBook, 'openTab', await opening(first, 'key signed for by a passkey')));
	const calls: { target: Hex; data: Hex }[] = [];
	for (const [i, account] of accounts.entries()) {
		const { to, data } = call(orderBook, 'openTab', await opening(account, `key signed for by passkey ${i}`));
		calls.push({ target: to, data });
	}
	const together = await gas(chain.write(operator.address, batch, 'run', [calls]));
	return { openBySignatureOfPasskey: alone, openBySignatureOfPasskeyInBatchOfTen: Math.round(together / calls.length) };
}

/** An operator's way: ten tabs that end are settled in one batch. */
async function settlementsTogether({ market, operator }: Scene): Promise<number> {
	const { chain, batch } = market;
	const payees = [{ account: numberToHex(market.shopId, { size: 20 }), amount: 10n * SMALL }];
	const calls: { target: Hex; data: Hex }[] = [];
	for (let i = 0; i < 10; i++) {
		const [buyer, key] = [await market.wallet(`tab ${i}`), await market.wallet(`key settled together ${i}`)];
		await openTab(market, buyer.address, key.address, LIMIT);
		const state = tabState(market, buyer.address, key.address, payees, { version: 11n, closing: true });
		const signatures = [await signTabState(market, key, state), '0x'];
		const { to, data } = call(market.tabs, 'settle', [state, payees, ...signatures]);
		calls.push({ target: to, data });
	}
	const receipt = await chain.write(operator.address, batch, 'runEach', [calls]);
	if (eventsOf(receipt, batchAbi, 'CallSkipped').length !== 0) throw new Error('a settlement of the batch was skipped');
	return Math.round(Number(receipt.gasUsed) / calls.length);
}

async function pledges({ market, offerId }: Scene) {
	const { chain, catalog, seller } = market;
	const fresh = await market.publish(market.terms(), 100);
	const until = (await chain.now()) + 2 * DAY;
	return {
		pledge: await gas(chain.write(seller, catalog, 'pledge', [fresh, 1, until])),
		prolongPledge: await gas(chain.write(seller, catalog, 'pledge', [offerId, 1, until])),
		unpledge: await gas(chain.write(seller, catalog, 'unpledge', [fresh])),
	};
}

const receiptTypes = {
	Receipt: [
		{ name: 'orderId', type: 'bytes32' },
		{ name: 'buyer', type: 'address' },
		{ name: 'token', type: 'address' },
		{ name: 'total', type: 'uint128' },
		{ name: 'offerId', type: 'uint256' },
		{ name: 'piece', type: 'uint64' },
		{ name: 'quantity', type: 'uint64' },
		{ name: 'position', type: 'uint64' },
		{ name: 'byBlock', type: 'uint64' },
	],
} as const;

/** Broken promises: the buyers and the treasury have balances already. */
async function proofs({ market, operator, offerId }: Scene) {
	const { chain, operators, token } = market;
	const domain = { name: 'Kaishi Operators', version: '1', chainId: 31337, verifyingContract: operators.address } as const;
	const promised = async (name: string, position: bigint, piece: bigint) => {
		const buyer = await market.wallet(name);
		await market.stake(buyer.address, RICH);
		const message = {
			orderId: keccak256(buyer.address),
			buyer: buyer.address,
			token: token.address,
			total: SMALL,
			offerId,
			piece,
			quantity: 1n,
			position,
			byBlock: 1n,
		};
		return [message, await operator.signTypedData({ domain, types: receiptTypes, primaryType: 'Receipt', message })] as const;
	};
	const [dropped, first, second] = [await promised('dropped', 1n, 7n), await promised('promised', 2n, 8n), await promised('promised again', 3n, 8n)];
	return {
		claimDropped: await gas(chain.write(market.seller, operators, 'claimDropped', [1, ...dropped])),
		claimConflicting: await gas(chain.write(market.seller, operators, 'claimConflicting', [1, ...first, ...second])),
	};
}
