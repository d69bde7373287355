import { type AccountView, RECOVERY_DELAY, type RecoveryProposal, recoveryKeyOf } from '@kaishi/protocol/account';
import { accountAbi } from '@kaishi/protocol/generated/account';
import { encodeFunctionData, type Hex } from 'viem';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { approveRecovery, approveWithKey, newRecoveryCode, openShop, PasskeyUser, protect, vetoRecovery, vetoWithKey } from '../actors/index.ts';
import { openTestMarket, type TestMarket } from '../open-test-market.ts';

let market: TestMarket;
beforeAll(async () => {
	market = await openTestMarket();
}, 120_000);
afterAll(() => market.close());

const newPhone = () => PasskeyUser.register(market.client(), { label: 'New phone' });
const viewOf = (user: PasskeyUser) => user.client.get<AccountView>(`/api/accounts/${user.address}`);
const pendingOf = (user: PasskeyUser): Promise<RecoveryProposal[]> => market.reads.account.pendingRecoveries(user.address);
const codeOf = (promise: Promise<unknown>) =>
	promise.then(
		() => 'fine',
		(error: { code?: string }) => error.code ?? String(error),
	);
const addSigner = (user: PasskeyUser, signer: Hex) => ({
	to: user.address,
	data: encodeFunctionData({ abi: accountAbi, functionName: 'addSigners', args: [[signer]] }),
});

test('default: a recovery code gives a lost account a new passkey, and ends every session of the old one', async () => {
	const owner = await market.passkeyUser();
	await openShop(owner, { slug: 'lost-phone' });
	const code = newRecoveryCode();
	const { guardians } = await protect(owner, { code });
	await owner.signIn();
	expect((await viewOf(owner)).protection).toMatchObject({ guardians, threshold: 1, delay: RECOVERY_DELAY.usual, proposals: [] });

	const phone = await newPhone();
	await approveWithKey(phone.client, recoveryKeyOf(code), owner.address, [phone.signer]);
	const [pending] = await pendingOf(owner);
	expect(pending).toMatchObject({ account: owner.address, state: 'pending', signers: [phone.signer], approvals: guardians.map((g) => g.guardian) });
	expect(pending?.executableAt).toBeGreaterThanOrEqual(market.now() + RECOVERY_DELAY.usual - 5);
	const target = { account: owner.address, signers: [phone.signer], threshold: '1' };
	expect(await codeOf(phone.client.relay('recovery', target))).toBe('Recovery_TooEarly');
	expect(await codeOf(phone.signIn(owner.address))).toBe('Session_SignerRemoved');

	await market.advance(RECOVERY_DELAY.usual + 1);
	expect(await owner.client.get('/api/session')).toMatchObject({ address: owner.address });
	await phone.client.relay('recovery', target);
	expect(await owner.client.get('/api/session'), 'signed out everywhere').toBeNull();
	expect(await codeOf(owner.signIn())).toBe('Session_SignerRemoved');
	expect(await codeOf(owner.execute([addSigner(owner, owner.signer)]))).toBe('Account_InvalidSignature');
	await phone.signIn(owner.address);
	await phone.signIn();
	expect(await phone.client.get('/api/session'), 'the choice lasts').toMatchObject({ address: owner.address });
	await openShop(phone.actingFor(owner.address), { slug: 'found-again' });
	expect(await pendingOf(owner)).toEqual([]);
	expect((await viewOf(phone.actingFor(owner.address))).passkeys.map((one) => one.label)).toEqual(['New phone']);
});

test('behavior: friends approve, one by one; the account that is still there vetoes', async () => {
	const [owner, ann, bo] = [await market.passkeyUser(), await market.passkeyUser(), await market.walletUser()];
	await protect(owner, { friends: [ann.address, bo.address] });
	const phone = await newPhone();
	await approveRecovery(ann, owner.address, [phone.signer]);
	expect((await viewOf(owner)).protection.proposals).toMatchObject([{ state: 'gathering', approvals: [ann.address], executableAt: null }]);
	expect(await codeOf(approveRecovery(ann, owner.address, [phone.signer]))).toBe('Recovery_AlreadyApproved');
	await approveWithKey(bo.client, bo.privateKey, owner.address, [phone.signer]);
	expect(await pendingOf(owner)).toMatchObject([{ approvals: [ann.address, bo.address] }]);
	expect(await pendingOf(ann), 'guardians see it, too').toMatchObject([{ account: owner.address }]);
	expect(await codeOf(protect(owner, { friends: [ann.address] }))).toBe('Recovery_Pending');
	await vetoRecovery(owner, owner.address);
	expect(await pendingOf(owner)).toEqual([]);
	await market.advance(RECOVERY_DELAY.usual);
	expect(await codeOf(phone.client.relay('recovery', { account: owner.address, signers: [phone.signer], threshold: '1' }))).toBe('Recovery_NotPending');
});

test('behavior: guardians veto a stolen code, which then opens nothing any more', async () => {
	const [owner, ann, bo] = [await market.passkeyUser(), await market.passkeyUser(), await market.walletUser()];
	const code = newRecoveryCode();
	await protect(owner, { friends: [ann.address, bo.address], code });
	const thief = await newPhone();
	const steal = () => approveWithKey(thief.client, recoveryKeyOf(code), owner.address, [thief.signer]);
	await steal();
	await vetoRecovery(ann, owner.address);
	expect(await pendingOf(owner)).toMatchObject([{ opposed: [ann.address] }]);
	await vetoWithKey(bo.client, bo.privateKey, owner.address);
	expect(await pendingOf(owner)).toEqual([]);
	expect(await codeOf(steal())).toBe('Recovery_NotGuardian');
	expect((await viewOf(owner)).protection.guardians.map((one) => one.guardian)).toEqual([ann.address, bo.address]);
});

test('error: naming a passkey, an account or a meeting place lets nobody in', async () => {
	const [owner, mallory] = [await market.passkeyUser(), await market.passkeyUser()];
	await openShop(owner, { slug: 'not-mallorys' });
	// Mallory asks to enter the owner's account, and forges the wish into an assertion without it.
	expect(await codeOf(mallory.signIn(owner.address))).toBe('Session_SignerRemoved');
	// Mallory makes the owner's public key a signer of an account full of traps: the owner still lands in their own.
	await mallory.execute([addSigner(mallory, owner.signer)]);
	await owner.signIn();
	expect(await owner.client.get('/api/session')).toMatchObject({ address: owner.address });
	// A meeting place answers whoever is signed in, but not who may sign.
	const device = await newPhone();
	const { id } = await device.client.post<{ id: string }>('/api/devices');
	expect(await codeOf(device.client.put(`/api/devices/${id}`, {}))).toBe('Session_Required');
	await mallory.signIn();
	await mallory.client.put(`/api/devices/${id}`, {});
	await owner.client.put(`/api/devices/${id}`, {});
	expect(await device.client.get(`/api/devices/${id}`), 'the first answer stands').toEqual({ account: mallory.address });
	expect(await codeOf(device.signIn(mallory.address)), 'but it is only a word').toBe('Session_SignerRemoved');
	expect(await device.client.get(`/api/devices/${'x'.repeat(22)}`)).toEqual({ account: null });
});

test('behavior: a second device is let in, signs in, is used, and is put out again', async () => {
	const owner = await market.passkeyUser();
	const tablet = await PasskeyUser.register(market.client(), { label: 'Tablet' });
	await owner.execute([addSigner(owner, tablet.signer)]);
	await tablet.signIn(owner.address);
	const acting = tablet.actingFor(owner.address);
	await openShop(acting, { slug: 'from-the-tablet' });
	const view = await viewOf(acting);
	expect(view.signers).toEqual([owner.signer, tablet.signer]);
	expect(view.passkeys.find((one) => one.label === 'Tablet')?.lastUsedAt).not.toBeNull();
	const remove = encodeFunctionData({ abi: accountAbi, functionName: 'removeSigners', args: [[tablet.signer]] });
	await owner.execute([{ to: owner.address, data: remove }]);
	expect(await tablet.client.get('/api/session')).toBeNull();
	expect(await codeOf(tablet.signIn(owner.address))).toBe('Session_SignerRemoved');
	const last = encodeFunctionData({ abi: accountAbi, functionName: 'removeSigners', args: [[owner.signer]] });
	expect(await codeOf(owner.execute([{ to: owner.address, data: last }]))).toBe('MultiSignerERC7913UnreachableThreshold');
});

test('behavior: the tables are rebuilt exactly, and sessions with them', async () => {
	const before = await market.fingerprints();
	const owner = await market.passkeyUser();
	await owner.signIn();
	await market.reindex();
	expect(await market.fingerprints()).toEqual(before);
	expect(await owner.client.get('/api/session')).toMatchObject({ address: owner.address });
});
