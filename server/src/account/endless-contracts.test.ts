import { signInChallenge } from '@kaishi/protocol/account';
import { type Address, isAddressEqual } from 'viem';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { TRANSACTION_GAS_CAP } from '../platform/chain/executor.ts';
import { isPersonalSignature } from '../platform/chain/personal-signature.ts';
import { TestPasskey, testWallet } from '../platform/relayer/test-market.ts';
import { ORIGIN, openTestAccounts, type TestAccounts } from './test-accounts.ts';

let accounts: TestAccounts;
let endless: Address;
beforeAll(async () => {
	accounts = await openTestAccounts();
	// JUMPDEST PUSH0 JUMP: runs until its gas is gone, whatever it is asked.
	const { contractAddress } = await accounts.market.operator.send({ data: '0x625b5f565f526003601df3' });
	endless = contractAddress as Address;
});
afterAll(() => accounts.close());

test('error: a contract that never answers costs the market a bounded moment, whoever names it', async () => {
	const { market } = accounts;
	const browser = accounts.browser();
	const asked = vi.spyOn(market.chain, 'request');
	const wallet = { ...testWallet(), address: endless } as ReturnType<typeof testWallet>;
	const signIn = { ...(await browser.walletSignIn(market, wallet)), signature: `0x${'12'.repeat(80)}` };
	expect(await browser.code('POST', '/api/session/wallet', signIn)).toBe('Session_InvalidSignature');
	expect(await browser.send('GET', `/api/accounts/${endless}`)).toMatchObject({ status: 200, body: { signers: [] } });
	const passkey = await TestPasskey.create(market);
	await browser.register(passkey);
	const challenge = await browser.challenge();
	const { authenticatorData, clientDataJSON, der } = passkey.authenticator.assert(signInChallenge(ORIGIN, challenge, endless));
	const { credentialId } = passkey.authenticator;
	const wish = { challenge, credentialId, account: endless, authenticatorData, clientDataJSON, signature: der };
	expect(await browser.code('POST', '/api/session/passkey', wish)).toBe('Session_SignerRemoved');
	expect(await isPersonalSignature(market.chain, endless, 'words', '0x12')).toBe(false);

	const calls = asked.mock.calls.filter(([method]) => method === 'eth_call').map(([, params]) => params?.[0] as { to: Address; gas?: string });
	expect(calls.filter(({ to }) => isAddressEqual(to, endless)).length).toBeGreaterThanOrEqual(4);
	for (const { gas } of calls) expect(BigInt(gas ?? 2n ** 64n)).toBeLessThan(TRANSACTION_GAS_CAP / 4n);
});
