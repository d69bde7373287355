import { Refusal } from '@kaishi/protocol/platform/errors';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Chain } from '../platform/chain/chain.ts';
import { testWallet } from '../platform/relayer/test-market.ts';
import { openTestAccounts, type TestAccounts } from './test-accounts.ts';
import { signInWithWallet } from './wallet-sign-in.ts';

let accounts: TestAccounts;
beforeAll(async () => {
	accounts = await openTestAccounts();
});
afterAll(() => accounts.close());

test('default: a wallet signs in with its own message', async () => {
	const wallet = testWallet();
	const browser = accounts.browser();
	const signIn = await browser.walletSignIn(accounts.market, wallet, { statement: 'Welcome to the market.' });
	const viewer = { address: wallet.address, kind: 'wallet', credentialId: null };
	expect(await browser.send('POST', '/api/session/wallet', signIn)).toMatchObject({ status: 200, body: viewer });
	expect(await browser.viewer()).toEqual(viewer);
	expect(await accounts.browser().code('POST', '/api/session/wallet', signIn)).toBe('Session_ChallengeExpired');
});

test('error: messages for another site, chain or time, and signatures of somebody else', async () => {
	const wallet = testWallet();
	const browser = accounts.browser();
	const now = () => accounts.market.chain.now() * 1000;
	const tell = async (change: Parameters<typeof browser.walletSignIn>[2]) =>
		browser.code('POST', '/api/session/wallet', await browser.walletSignIn(accounts.market, wallet, change));
	expect(await tell({ domain: 'evil.example' })).toBe('Session_WrongOrigin');
	expect(await tell({ uri: 'http://evil.example' })).toBe('Session_WrongOrigin');
	expect(await tell({ uri: 'https://localhost:4000' })).toBe('Session_WrongOrigin');
	expect(await tell({ scheme: 'https' })).toBe('Session_WrongOrigin');
	expect(await tell({ chainId: 1 })).toBe('Session_WrongChain');
	expect(await tell({ issuedAt: new Date(now() - 7_200_000) })).toBe('Session_WrongTime');
	expect(await tell({ expirationTime: new Date(now() - 1000) })).toBe('Session_WrongTime');
	expect(await tell({ notBefore: new Date(now() + 600_000) })).toBe('Session_WrongTime');
	expect(await tell({ nonce: 'deadbeefdeadbeef' })).toBe('Session_ChallengeExpired');
	const mine = await browser.walletSignIn(accounts.market, wallet);
	const theirs = await testWallet().signMessage({ message: mine.message });
	expect(await browser.code('POST', '/api/session/wallet', { ...mine, signature: theirs })).toBe('Session_InvalidSignature');
	expect(await browser.code('POST', '/api/session/wallet', { message: 'hello', signature: '0x' })).toBe('Session_InvalidMessage');
	expect(await browser.code('POST', '/api/session/wallet', { ...(await browser.walletSignIn(accounts.market, wallet)), signature: '0x' })).toBe(
		'Session_InvalidSignature',
	);
	expect(browser.cookie).toBeNull();
});

test('behavior: a contract wallet signs in when the contract says so (ERC-1271)', async () => {
	const contract = testWallet();
	const browser = accounts.browser();
	const { market, db } = accounts;
	const signInOn = async (answer: string | Error) => {
		// The chain of the market, with a contract at the wallet's address that answers as told.
		const chain = new Proxy(market.chain, {
			get(target, name: keyof Chain) {
				if (name === 'request') {
					return async (method: string) => {
						if (method === 'eth_getCode') return '0x00';
						if (answer instanceof Error) throw answer;
						return answer;
					};
				}
				const member = target[name];
				return typeof member === 'function' ? member.bind(target) : member;
			},
		});
		const signIn = await browser.walletSignIn(market, contract);
		return signInWithWallet({ db, chain, deployment: market.deployment, publicUrl: 'http://localhost:4000' }, { ...signIn, signature: `0x${'12'.repeat(80)}` });
	};
	expect(await signInOn(`0x1626ba7e${'00'.repeat(28)}`)).toMatchObject({ address: contract.address, kind: 'wallet' });
	await expect(signInOn(`0xffffffff${'00'.repeat(28)}`)).rejects.toMatchObject({ code: 'Session_InvalidSignature' });
	await expect(signInOn('0x')).rejects.toMatchObject({ code: 'Session_InvalidSignature' });
	await expect(signInOn(new Refusal('Chain_Unreachable', 'unavailable'))).rejects.toMatchObject({ code: 'Chain_Unreachable' });
});
