import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { signInChallenge } from '@kaishi/protocol/account';
import { accountAbi } from '@kaishi/protocol/generated/account';
import { type Address, encodeFunctionData, type Hex } from 'viem';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openShopCall, TestPasskey, testWallet } from '../platform/relayer/test-market.ts';
import { forgetExpired, readViewer } from './public.ts';
import { type Browser, ORIGIN, openTestAccounts, operationBody, type TestAccounts } from './test-accounts.ts';

let accounts: TestAccounts;
beforeAll(async () => {
	accounts = await openTestAccounts();
});
afterAll(() => accounts.close());

const newPasskey = () => TestPasskey.create(accounts.market);

test('default: a registered passkey signs in; the session is a cookie that only its bearer has, and ends', async () => {
	const passkey = await newPasskey();
	const browser = accounts.browser();
	const registered = await browser.register(passkey);
	expect(registered).toMatchObject({ status: 201, body: { address: passkey.address, signer: passkey.signer.toLowerCase(), deployed: false } });
	expect(await browser.viewer()).toBeNull();

	const signedIn = await browser.send('POST', '/api/session/passkey', await browser.assertion(passkey));
	const viewer = { address: passkey.address, kind: 'passkey', credentialId: passkey.authenticator.credentialId };
	expect(signedIn).toMatchObject({ status: 200, body: viewer });
	expect(browser.setCookie).toMatch(/^kaishi_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=2592000$/);
	expect(await browser.viewer()).toEqual(viewer);
	const { rows } = await accounts.db.query<{ token_hash: string }>('select token_hash from account.session');
	expect(rows.some((row) => browser.cookie?.includes(row.token_hash))).toBe(false);

	const stolen = browser.cookie;
	expect((await browser.send('DELETE', '/api/session')).status).toBe(204);
	expect(browser.cookie).toBeNull();
	expect(await readViewer(accounts.db, stolen)).toBeNull();
});

test('behavior: registering again grants nothing and changes nothing', async () => {
	const [passkey, thief] = [await newPasskey(), await newPasskey()];
	const browser = accounts.browser();
	await browser.register(passkey);
	expect((await browser.register(passkey)).body.address).toBe(passkey.address);
	// The thief claims the credential for a key of their own.
	const claim = { credentialId: passkey.authenticator.credentialId, publicKey: thief.authenticator.publicKey, label: 'Mine' };
	expect(await accounts.browser().code('POST', '/api/passkeys', claim)).toBe('Passkey_AlreadyKnown');
	// And names the key, which the chain shows to all, under a credential of their own.
	const nuisance = { ...claim, credentialId: 'bnVpc2FuY2U', publicKey: passkey.authenticator.publicKey };
	expect(await accounts.browser().code('POST', '/api/passkeys', nuisance)).toBe('status 201');
	const forged = { ...(await browser.assertion(thief)), credentialId: nuisance.credentialId };
	expect(await accounts.browser().code('POST', '/api/session/passkey', forged)).toBe('Session_InvalidAssertion');
	expect(browser.cookie).toBeNull();
	expect((await browser.send('POST', '/api/session/passkey', await browser.assertion(passkey))).status).toBe(200);
	const { passkeys } = (await browser.send('GET', `/api/accounts/${passkey.address}`)).body;
	expect(passkeys.map((one: { label: string }) => one.label)).toEqual(['Phone']);
});

test('error: a wish to enter another account counts only when it was signed, and only where the chain agrees', async () => {
	const [passkey, host] = [await newPasskey(), await newPasskey()];
	const browser = accounts.browser();
	await browser.register(passkey);
	await host.execute([{ to: host.address, data: encodeFunctionData({ abi: accountAbi, functionName: 'addSigners', args: [[passkey.signer]] }) }]);
	// The host lets the key in, and somebody on the way adds the wish to what the person signed without it.
	const forged = { ...(await browser.assertion(passkey)), account: host.address };
	expect(await browser.code('POST', '/api/session/passkey', forged)).toBe('Session_InvalidAssertion');
	expect((await browser.send('POST', '/api/session/passkey', await browser.assertion(passkey))).body.address).toBe(passkey.address);
	const stranger = (await newPasskey()).address;
	expect((await enter(browser, passkey, stranger)).body.error.code).toBe('Session_SignerRemoved');
	expect((await enter(browser, passkey, host.address)).body.address).toBe(host.address);
	expect((await browser.send('POST', '/api/session/passkey', await browser.assertion(passkey))).body.address, 'chosen from now on').toBe(host.address);
});

async function enter(browser: Browser, passkey: TestPasskey, account: Address) {
	const challenge = await browser.challenge();
	const { authenticatorData, clientDataJSON, der } = passkey.authenticator.assert(signInChallenge(ORIGIN, challenge, account));
	const { credentialId } = passkey.authenticator;
	return browser.send('POST', '/api/session/passkey', { account, challenge, credentialId, authenticatorData, clientDataJSON, signature: der });
}

test('behavior: a stranger who names a key first does not keep its owner out', async () => {
	const passkey = await newPasskey();
	const { publicKey } = passkey.authenticator;
	await accounts.browser().send('POST', '/api/passkeys', { credentialId: 'c3F1YXR0ZXI', publicKey, label: 'Squatter' });
	const browser = accounts.browser();
	expect((await browser.register(passkey)).status).toBe(201);
	expect((await browser.send('POST', '/api/session/passkey', await browser.assertion(passkey))).status).toBe(200);
	const { passkeys } = (await browser.send('GET', `/api/accounts/${passkey.address}`)).body;
	expect(passkeys.map((one: { label: string }) => one.label)).toEqual(['Phone']);
});

test('behavior: a thousand names for one key cost the chain one question', async () => {
	const passkey = await newPasskey();
	const { publicKey } = passkey.authenticator;
	const stranger = accounts.browser();
	for (let i = 0; i < 200; i++) await stranger.send('POST', '/api/passkeys', { credentialId: `c3F1YXR-${i}`, publicKey, label: 'Squatter' });
	await passkey.execute([openShopCall(accounts.market, passkey.address, 'many-names')]);
	const asked = vi.spyOn(accounts.market.chain, 'request');
	const { status } = await stranger.send('GET', `/api/accounts/${passkey.address}`);
	expect(status).toBe(200);
	expect(asked.mock.calls.length).toBeLessThan(20);
	asked.mockRestore();
	const owner = accounts.browser();
	await owner.register(passkey);
	await owner.send('POST', '/api/session/passkey', await owner.assertion(passkey));
	const { passkeys } = (await owner.send('GET', `/api/accounts/${passkey.address}`)).body;
	expect(passkeys.map((one: { label: string }) => one.label)).toEqual(['Phone']);
});

test('error: passkeys that are none', async () => {
	const browser = accounts.browser();
	const key = { x: `0x${'11'.repeat(32)}`, y: `0x${'22'.repeat(32)}` };
	expect(await browser.code('POST', '/api/passkeys', { credentialId: 'abc', publicKey: key, label: 'x' })).toBe('Passkey_InvalidKey');
	const { publicKey } = (await newPasskey()).authenticator;
	for (const body of [
		{},
		{ credentialId: "a'b", publicKey, label: 'x' },
		{ credentialId: 'abc', publicKey, label: '' },
		{ credentialId: 'abc', publicKey, label: 'x\u202Ey' },
		{ credentialId: 'abc', publicKey, label: 'x', address: '0x' },
	]) {
		expect(await browser.code('POST', '/api/passkeys', body)).toBe('Request_Invalid');
	}
});

test('error: assertions that prove nothing', async () => {
	const [passkey, thief] = [await newPasskey(), await newPasskey()];
	const browser = accounts.browser();
	await browser.register(passkey);
	const tell = async (change: (good: Awaited<ReturnType<typeof browser.assertion>>) => object) =>
		browser.code('POST', '/api/session/passkey', change(await browser.assertion(passkey)));

	const good = await browser.assertion(passkey);
	expect((await accounts.browser().send('POST', '/api/session/passkey', good)).status).toBe(200);
	expect(await browser.code('POST', '/api/session/passkey', good)).toBe('Session_ChallengeExpired');
	expect(await browser.code('POST', '/api/session/passkey', await browser.assertion(passkey, `0x${'77'.repeat(32)}`))).toBe('Session_ChallengeExpired');

	expect(await tell((a) => ({ ...a, credentialId: thief.authenticator.credentialId }))).toBe('Session_UnknownPasskey');
	expect(await tell((a) => ({ ...a, signature: thief.authenticator.assert(signInChallenge(ORIGIN, a.challenge)).der }))).toBe('Session_InvalidAssertion');
	expect(await tell((a) => ({ ...a, signature: '0x' }))).toBe('Session_InvalidAssertion');
	expect(await tell((a) => ({ ...a, signature: '0x3006020101020101' }))).toBe('Session_InvalidAssertion');
	expect(await tell((a) => ({ ...a, clientDataJSON: a.clientDataJSON.replace('webauthn.get', 'webauthn.create') }))).toBe('Session_InvalidAssertion');
	expect(await tell((a) => ({ ...a, clientDataJSON: a.clientDataJSON.replace('localhost:4000', 'evil.example') }))).toBe('Session_WrongOrigin');
	expect(await tell((a) => ({ ...a, clientDataJSON: a.clientDataJSON.replace('"crossOrigin":false', '"crossOrigin":true') }))).toBe('Session_WrongOrigin');
	expect(await tell((a) => ({ ...a, clientDataJSON: 'null' }))).toBe('Session_InvalidAssertion');
	expect(await tell((a) => ({ ...a, authenticatorData: `0x${'00'.repeat(37)}` }))).toBe('Session_WrongOrigin');
	// An assertion over another challenge, attached to a fresh one.
	const other = await browser.assertion(passkey);
	expect(await tell((a) => ({ ...other, challenge: a.challenge }))).toBe('Session_InvalidAssertion');
	expect(browser.cookie).toBeNull();
});

test('error: assertions over the bare challenge, or for another origin, as a lying server might ask for', async () => {
	const passkey = await newPasskey();
	const browser = accounts.browser();
	await browser.register(passkey);
	for (const told of [(challenge: Hex) => challenge, (challenge: Hex) => signInChallenge('https://evil.example', challenge)]) {
		const challenge = await browser.challenge();
		const { authenticatorData, clientDataJSON, der } = passkey.authenticator.assert(told(challenge));
		const assertion = { challenge, credentialId: passkey.authenticator.credentialId, authenticatorData, clientDataJSON, signature: der };
		expect(await browser.code('POST', '/api/session/passkey', assertion)).toBe('Session_InvalidAssertion');
	}
	expect(browser.cookie).toBeNull();
});

test('error: an authenticator that did not verify its user', async () => {
	const passkey = await newPasskey();
	const browser = accounts.browser();
	const { privateKey, body } = softKey();
	await browser.send('POST', '/api/passkeys', body);
	const assertion = { ...(await browser.assertion(passkey)), credentialId: body.credentialId };
	for (const [flags, code] of [
		['01', 'Session_InvalidAssertion'],
		['04', 'Session_InvalidAssertion'],
		['05', 'status 200'],
	] as const) {
		const challenge = await browser.challenge();
		const { clientDataJSON } = passkey.authenticator.assert(signInChallenge(ORIGIN, challenge));
		const authenticatorData = `${assertion.authenticatorData.slice(0, 66)}${flags}00000000` as Hex;
		const signed = Buffer.concat([Buffer.from(authenticatorData.slice(2), 'hex'), createHash('sha256').update(clientDataJSON).digest()]);
		const signature = `0x${sign('sha256', signed, { key: privateKey, dsaEncoding: 'der' }).toString('hex')}`;
		expect(await browser.code('POST', '/api/session/passkey', { ...assertion, challenge, clientDataJSON, authenticatorData, signature })).toBe(code);
	}
});

test('error: forged, truncated and expired cookies are nobody', async () => {
	const passkey = await newPasskey();
	const browser = accounts.browser();
	await browser.register(passkey);
	await browser.send('POST', '/api/session/passkey', await browser.assertion(passkey));
	const cookie = browser.cookie ?? '';
	const hash = createHash('sha256')
		.update(cookie.split('=')[1] ?? '')
		.digest('hex');
	for (const forged of [
		null,
		'',
		'kaishi_session=',
		`kaishi_session=${'A'.repeat(43)}`,
		`kaishi_session=${hash}`,
		cookie.slice(0, -1),
		`${cookie}A`,
		"kaishi_session=' or true --",
	]) {
		expect(await readViewer(accounts.db, forged)).toBeNull();
	}
	expect(await readViewer(accounts.db, `theme=dark; ${cookie}; lang=en`)).not.toBeNull();
	await accounts.db.query("update account.session set expires_at = now() - interval '1 second' where token_hash = $1", [hash]);
	expect(await readViewer(accounts.db, cookie)).toBeNull();
});

test('behavior: sessions and challenges that have run out are forgotten, others are not', async () => {
	const passkey = await newPasskey();
	const [browser, other] = [accounts.browser(), accounts.browser()];
	await browser.register(passkey);
	for (const one of [browser, other]) await one.send('POST', '/api/session/passkey', await one.assertion(passkey));
	const challenge = await browser.challenge();
	const hash = createHash('sha256')
		.update(other.cookie?.split('=')[1] ?? '')
		.digest('hex');
	await accounts.db.query("update account.session set expires_at = now() - interval '1 second' where token_hash = $1", [hash]);
	await accounts.db.query("insert into account.challenge (challenge, nonce, expires_at) values ('old', 'old', now() - interval '1 second')");
	await forgetExpired(accounts.db);
	const left = async (table: string, column: string, value: string) =>
		(await accounts.db.query(`select 1 from account.${table} where ${column} = $1`, [value])).rowCount;
	expect(await left('session', 'token_hash', hash)).toBe(0);
	expect(await left('challenge', 'challenge', 'old')).toBe(0);
	expect(await left('challenge', 'challenge', challenge)).toBe(1);
	expect(await browser.viewer()).not.toBeNull();
});

test('behavior: one click ends the sessions of every device, and of nobody else', async () => {
	const [passkey, neighbour] = [await newPasskey(), await newPasskey()];
	const [phone, laptop, other] = [accounts.browser(), accounts.browser(), accounts.browser()];
	for (const [browser, key] of [
		[phone, passkey],
		[laptop, passkey],
		[other, neighbour],
	] as const) {
		await browser.register(key);
		await browser.send('POST', '/api/session/passkey', await browser.assertion(key));
	}
	await phone.send('DELETE', '/api/sessions');
	expect(await laptop.viewer()).toBeNull();
	expect(await other.viewer()).not.toBeNull();
	await accounts.browser().send('DELETE', '/api/sessions');
	expect(await other.viewer()).not.toBeNull();
});

test('behavior: an operation signs its sender in, once; whoever copies it from the chain stays a stranger', async () => {
	const passkey = await newPasskey();
	const [browser, copycat] = [accounts.browser(), accounts.browser()];
	await browser.register(passkey);
	const body = operationBody(passkey.operation([openShopCall(accounts.market, passkey.address, 'signed-in')]));
	const relayed = await browser.send('POST', '/api/relay/user-operation', body);
	expect(relayed).toMatchObject({ status: 200, body: { created: { shopIds: [expect.any(String)] } } });
	expect(await browser.viewer()).toEqual({ address: passkey.address, kind: 'passkey', credentialId: passkey.authenticator.credentialId });
	expect(await copycat.send('POST', '/api/relay/user-operation', body)).toEqual(relayed);
	expect(copycat.cookie).toBeNull();
	const failing = operationBody((await newPasskey()).operation([openShopCall(accounts.market, passkey.address, 'signed-in')]));
	expect((await copycat.send('POST', '/api/relay/user-operation', failing)).status).toBeGreaterThanOrEqual(400);
	expect(copycat.cookie).toBeNull();
});

test('behavior: a second device signs for the account once the chain agrees, and no longer when it was removed', async () => {
	const [first, second] = [await newPasskey(), await newPasskey()];
	const [phone, laptop] = [accounts.browser(), accounts.browser()];
	await phone.register(first, 'Phone');
	const self = (functionName: 'addSigners' | 'removeSigners') => [
		{ to: first.address, data: encodeFunctionData({ abi: accountAbi, functionName, args: [[second.signer]] }) },
	];
	await phone.send('POST', '/api/session/passkey', await phone.assertion(first));
	await phone.register(second, 'Laptop');
	const signIn = async () => (await laptop.send('POST', '/api/session/passkey', await laptop.assertion(second))).body.address;
	expect(await signIn()).toBe(second.address);

	await phone.send('POST', '/api/relay/user-operation', operationBody(first.operation(self('addSigners'))));
	first.deployed = true;
	expect(await signIn()).toBe(first.address);
	const own = (await laptop.send('GET', `/api/accounts/${first.address}`)).body;
	expect(own.passkeys.map((passkey: { label: string }) => passkey.label)).toEqual(['Phone', 'Laptop']);

	await phone.send('POST', '/api/relay/user-operation', operationBody(first.operation(self('removeSigners'))));
	expect(await laptop.viewer()).toBeNull();
	expect(await signIn()).toBe(second.address);
});

test('behavior: accounts tell what they hold to anyone, and their devices to their owner only', async () => {
	const passkey = await newPasskey();
	const browser = accounts.browser();
	await browser.register(passkey, 'My phone');
	await browser.send('POST', '/api/faucet', { account: passkey.address });
	const path = `/api/accounts/${passkey.address.toLowerCase()}`;
	const seen = (await accounts.browser().send('GET', path)).body;
	expect(seen).toMatchObject({ address: passkey.address, deployed: false, forwarderNonce: '0', passkeys: [] });
	// What the faucet gives of each test currency.
	expect(seen.held.map((held: { amount: string }) => held.amount)).toEqual([
		'500000000',
		'3500000000',
		'450000000000000000000',
		'1000000',
		'250000000',
		'100000000000000000',
	]);
	await browser.send('POST', '/api/session/passkey', await browser.assertion(passkey));
	expect((await browser.send('GET', path)).body.passkeys).toMatchObject([
		{ credentialId: passkey.authenticator.credentialId, signer: passkey.signer.toLowerCase(), label: 'My phone' },
	]);
	expect(await browser.code('GET', '/api/accounts/0x12')).toBe('Request_Invalid');
});

test('error: a stranger who asks for test money again and again', async () => {
	const from = { 'x-forwarded-for': '203.0.113.7' };
	const ask = () => accounts.browser().code('POST', '/api/faucet', { account: testWallet().address }, from);
	expect([await ask(), await ask(), await ask(), await ask()]).toEqual(['status 200', 'status 200', 'status 200', 'Request_TooMany']);
	expect(await accounts.browser().code('POST', '/api/faucet', { account: testWallet().address }, { 'x-forwarded-for': '203.0.113.8' })).toBe('status 200');
});

function softKey() {
	const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
	const hex = (text: string) => `0x${Buffer.from(text, 'base64url').toString('hex')}`;
	return { privateKey, body: { credentialId: 'c29mdA', publicKey: { x: hex(x), y: hex(y) }, label: 'Soft' } };
}
