import { type Call, type RoundView, roundOperation, type TreasuryView } from '@kaishi/protocol/account';
import { accountAbi } from '@kaishi/protocol/generated/account';
import { orderBookAbi } from '@kaishi/protocol/generated/order-book';
import { shopAbi } from '@kaishi/protocol/generated/shop';
import { type Address, encodeFunctionData, erc20Abi, zeroAddress } from 'viem';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
	createTreasury,
	draftRound,
	fillTill,
	openShop,
	openTestMarket,
	type PasskeyUser,
	proposeRound,
	signRound,
	type TestMarket,
	type WalletUser,
} from '../../../testkit/src/index.ts';
import { readContract } from '../platform/chain/read-contract.ts';

const DAYS = 86_400;
let market: TestMarket;
let ada: PasskeyUser;
let bo: PasskeyUser;
let cy: WalletUser;
let stranger: PasskeyUser;
let treasury: Address;
let token: Address;
let shopId: bigint;

beforeAll(async () => {
	market = await openTestMarket();
	[ada, bo, cy, stranger] = await Promise.all([market.passkeyUser(), market.passkeyUser(), market.walletUser(), market.passkeyUser()]);
	await Promise.all([ada.signIn(), bo.signIn(), cy.signIn(), stranger.signIn()]);
	token = (await market.info()).currencies[0]?.address ?? zeroAddress;
	treasury = await createTreasury([ada, bo, cy], 2);
	shopId = await openShop(ada, { slug: 'two-of-three' });
	await fillTill(ada, shopId, { token, amount: 10_000_000n });
	const { shop } = market.deployment.contracts;
	await ada.execute([{ to: shop, data: encodeFunctionData({ abi: shopAbi, functionName: 'safeTransferFrom', args: [ada.address, treasury, shopId] }) }]);
});
afterAll(() => market?.close());

const withdraw = (amount: bigint): Call => ({
	to: market.deployment.contracts.orderBook,
	data: encodeFunctionData({ abi: orderBookAbi, functionName: 'withdrawShop', args: [shopId, token, amount] }),
});
const held = () => readContract(market.chain, { address: token, abi: erc20Abi, functionName: 'balanceOf', args: [treasury] });
const own = (functionName: 'addSigners' | 'removeSigners', signers: `0x${string}`[]): Call => ({
	to: treasury,
	data: encodeFunctionData({ abi: accountAbi, functionName, args: [signers] }),
});

test('default: two of three, a passkey and a wallet, withdraw together; one alone does not', async () => {
	const round = await proposeRound(ada, treasury, [withdraw(1_000_000n)]);
	expect(round).toMatchObject({ state: 'open', signed: [ada.signer], failure: null });
	// The same person again counts once.
	expect((await signRound(ada, round)).state).toBe('open');
	expect(await held()).toBe(0n);
	const done = await signRound(cy, round);
	expect(done).toMatchObject({ state: 'done', signed: [ada.signer, cy.address.toLowerCase()] });
	expect(done.transactionHash).toMatch(/^0x[0-9a-f]{64}$/);
	expect(await held()).toBe(1_000_000n);
	await expect(signRound(bo, round)).rejects.toMatchObject({ code: 'Round_NotOpen' });
	expect(await bo.client.get<RoundView[]>(`/api/treasuries/${treasury}/rounds`)).toMatchObject([{ id: round.id, state: 'done' }]);
});

test('behavior: everybody who signs sees who else does, and finds the treasury', async () => {
	const seen = await cy.client.get<TreasuryView>(`/api/treasuries/${treasury}`);
	expect(seen.threshold).toBe(2);
	expect(seen.signers).toEqual(
		expect.arrayContaining([
			{ signer: ada.signer, kind: 'passkey', person: ada.address, own: false },
			{ signer: cy.address.toLowerCase(), kind: 'wallet', person: cy.address, own: true },
		]),
	);
	expect((await bo.client.get<TreasuryView[]>('/api/treasuries')).map(({ address }) => address)).toEqual([treasury]);
	expect(await stranger.client.get('/api/treasuries')).toEqual([]);
});

test('error: nobody else sees, proposes, signs or ends a round', async () => {
	const round = await proposeRound(bo, treasury, [withdraw(1n)]);
	const refused = { code: 'Round_NotSigner', kind: 'forbidden' };
	await expect(stranger.client.get(`/api/treasuries/${treasury}`)).rejects.toMatchObject(refused);
	await expect(stranger.client.get(`/api/treasuries/${treasury}/rounds`)).rejects.toMatchObject(refused);
	await expect(proposeRound(stranger, treasury, [withdraw(1n)])).rejects.toMatchObject(refused);
	await expect(signRound(stranger, round)).rejects.toMatchObject(refused);
	const drop = await stranger.client.fetch(`/api/rounds/${round.id}`, { method: 'DELETE' });
	expect(drop.status).toBe(403);
	await expect(market.client().get(`/api/treasuries/${treasury}/rounds`)).rejects.toMatchObject({ code: 'Session_Required' });
	const dropped = await ada.client.fetch(`/api/rounds/${round.id}`, { method: 'DELETE' });
	expect(await dropped.json()).toMatchObject({ state: 'dropped', signed: [] });
	await expect(signRound(ada, round)).rejects.toMatchObject({ code: 'Round_NotOpen' });
});

test('error: a signature of somebody else, or of something else, is not taken', async () => {
	const { deadline } = market.deployment.contracts;
	const operation = await draftRound(ada, [withdraw(2n)]);
	const other = await bo.cosign(roundOperation(treasury, operation, deadline));
	const post = (body: unknown) => ada.client.post(`/api/treasuries/${treasury}/rounds`, body);
	// Bo's, brought by Ada: nobody signs in another's name, not even with their signature.
	await expect(post({ operation, ...other })).rejects.toMatchObject({ code: 'Round_NotSigner' });
	await expect(post({ operation, signer: ada.signer, signature: other.signature })).rejects.toMatchObject({ code: 'Round_InvalidSignature' });
	const signed = await ada.cosign(roundOperation(treasury, operation, deadline));
	await expect(post({ operation: { ...operation, calls: (await draftRound(ada, [withdraw(3n)])).calls }, ...signed })).rejects.toMatchObject({
		code: 'Round_InvalidSignature',
	});
	const foreign = await draftRound(ada, [{ to: stranger.address, data: '0x' }]);
	await expect(post({ operation: foreign, ...(await ada.cosign(roundOperation(treasury, foreign, deadline))) })).rejects.toMatchObject({
		code: 'Relayer_TargetNotSponsored',
	});
	for (const validUntil of [market.now() - 1, market.now() + 15 * DAYS]) {
		const late = await draftRound(ada, [withdraw(2n)], validUntil);
		await expect(post({ operation: late, ...(await ada.cosign(roundOperation(treasury, late, deadline))) })).rejects.toMatchObject({ code: 'Round_TooLong' });
	}
});

test('behavior: a round ends by itself, on the chain too', async () => {
	const round = await proposeRound(ada, treasury, [withdraw(4n)]);
	const operation = roundOperation(treasury, round.operation, market.deployment.contracts.deadline);
	const kept = [await ada.cosign(operation), await bo.cosign(operation)];
	await market.advance(8 * DAYS);
	await Promise.all([ada.signIn(), bo.signIn(), cy.signIn()]);
	await expect(signRound(bo, round)).rejects.toMatchObject({ code: 'Round_NotOpen' });
	expect((await ada.client.get<RoundView[]>(`/api/treasuries/${treasury}/rounds`))[0]).toMatchObject({ id: round.id, state: 'expired' });
	const { encodeMultiSignature } = await import('@kaishi/protocol/account');
	await expect(market.relayer.userOperation({ ...operation, signature: encodeMultiSignature(kept) })).rejects.toMatchObject({ code: 'Deadline_Passed' });
});

test('behavior: what the chain refuses stays open with its reason and can be tried again', async () => {
	const round = await proposeRound(ada, treasury, [withdraw(10_000_000n)]);
	expect(await signRound(bo, round)).toMatchObject({ state: 'open', failure: 'Vault_InsufficientBalance' });
	await fillTill(stranger, shopId, { token, amount: 1_000_000n });
	expect(await ada.client.post(`/api/rounds/${round.id}/send`)).toMatchObject({ state: 'done', failure: null });
});

test('behavior: a signer who was let go counts no more, even with a signature given before', async () => {
	const round = await proposeRound(cy, treasury, [withdraw(1n)]);
	const change = await proposeRound(ada, treasury, [own('addSigners', [stranger.signer]), own('removeSigners', [cy.address])]);
	expect((await signRound(bo, change)).state).toBe('done');
	await fillTill(stranger, shopId, { token, amount: 5n });
	expect(await signRound(bo, round)).toMatchObject({ state: 'open' });
	await expect(cy.client.get(`/api/treasuries/${treasury}/rounds`)).rejects.toMatchObject({ code: 'Round_NotSigner' });
	expect((await stranger.client.get<TreasuryView[]>('/api/treasuries')).map(({ address }) => address)).toEqual([treasury]);
	expect((await signRound(stranger, round)).state).toBe('done');
});
