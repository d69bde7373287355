import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { type Address, type Hex, isAddressEqual } from 'viem';
import type { PrivateKeyAccount } from 'viem/accounts';
import { accountAbi, entryPointAbi } from '../../../protocol/src/generated/index.ts';
import { eventsOf, Refusal } from '../../scripts/chain.ts';
import { DAY, Market } from '../../scripts/market.ts';
import { totalOf } from '../../scripts/orders.ts';
import { call, handleOps, passkey, SmartAccount } from '../../scripts/passkey.ts';

const DELAY = 2 * DAY;
const refusedWith = (name: string) => (error: unknown) => error instanceof Refusal && error.errorName === name;

describe('recovery of a passkey account, on the bytecode that is deployed', () => {
	let market: Market;
	let code: PrivateKeyAccount;
	before(async () => {
		market = await Market.open();
		code = await market.wallet('recovery code');
	});

	const newPasskey = (name: string) => passkey(market.verifier.address, name);
	const accountOf = (name: string) => SmartAccount.at(market, [newPasskey(name)]);
	const planOf = async (account: Address) => {
		const [guardians, threshold, delay, round, , executableAt] = (await market.chain.read(market.recovery, 'planOf', [account])) as [
			unknown[],
			number,
			number,
			bigint,
			Hex,
			number,
		];
		return { guardians, threshold, delay, round, executableAt };
	};
	const protect = async (account: SmartAccount, guardians: { guardian: Address; weight: number }[], threshold: number) => {
		const receipt = await account.run([call(market.recovery, 'setGuardians', [guardians, threshold, DELAY])]);
		assert.deepEqual(
			eventsOf(receipt, entryPointAbi, 'UserOperationEvent').map((e) => e.args.success),
			[true],
		);
	};

	async function approvalBy(wallet: PrivateKeyAccount, account: Address, signers: Hex[]) {
		const validBefore = 2n ** 40n;
		const { round } = await planOf(account);
		const signature = await wallet.signTypedData({
			domain: { name: 'Kaishi Recovery', version: '1', chainId: 31337, verifyingContract: market.recovery.address },
			primaryType: 'RecoveryApproval',
			types: {
				RecoveryApproval: [
					{ name: 'account', type: 'address' },
					{ name: 'signers', type: 'bytes[]' },
					{ name: 'threshold', type: 'uint64' },
					{ name: 'round', type: 'uint64' },
					{ name: 'validBefore', type: 'uint64' },
				],
			},
			message: { account, signers, threshold: 1n, round, validBefore },
		});
		return [account, signers, 1n, wallet.address, validBefore, signature] as const;
	}

	it('behavior: by recovery code: after the delay the new passkey sells on, the lost one does not', async () => {
		const { chain, operator, recovery, shop } = market;
		const account = await accountOf('lost phone');
		await account.run([call(shop, 'open', ['lost-and-found', account.address, '0x7b7d'])]);
		await protect(account, [{ guardian: code.address, weight: 255 }], 1);
		const fresh = newPasskey('new phone');
		const approval = await approvalBy(code, account.address, [fresh.bytes]);
		await chain.write(operator, recovery, 'approveBySignature', approval);
		await assert.rejects(chain.write(operator, recovery, 'execute', [account.address, [fresh.bytes], 1n]), refusedWith('Recovery_TooEarly'));
		await chain.at((await planOf(account.address)).executableAt);
		await chain.write(operator, recovery, 'execute', [account.address, [fresh.bytes], 1n]);

		const profile = call(shop, 'setProfile', [2n, '0x7b227831227d']);
		await assert.rejects(handleOps(market, [await account.operation([profile])]), (e) => e instanceof Refusal && e.args.includes('AA24 signature error'));
		const receipt = await account.run([profile], [fresh]);
		assert.equal(eventsOf(receipt, market.shop.abi, 'ShopProfileChanged').length, 1);
		await assert.rejects(chain.write(operator, recovery, 'approveBySignature', approval), refusedWith('Recovery_InvalidSignature'));
	});

	it('behavior: by friends: two passkey accounts approve with operations of their own', async () => {
		const { chain, operator, recovery } = market;
		const [account, ann, bo] = [await accountOf('owner'), await accountOf('ann'), await accountOf('bo')];
		await protect(
			account,
			[ann, bo].map(({ address }) => ({ guardian: address, weight: 1 })),
			2,
		);
		const fresh = newPasskey('owner again');
		const approve = call(recovery, 'approve', [account.address, [fresh.bytes], 1n]);
		await ann.run([approve]);
		assert.equal((await planOf(account.address)).executableAt, 0);
		await bo.run([approve]);
		await chain.at((await planOf(account.address)).executableAt + DAY);
		await chain.write(operator, recovery, 'execute', [account.address, [fresh.bytes], 1n]);
		const self = { address: account.address, abi: accountAbi };
		assert.equal(await chain.read(self, 'isSigner', [fresh.bytes]), true);
		assert.equal(await chain.read(self, 'getSignerCount', []), 1n);
	});

	it('behavior: a stolen code is vetoed by the passkey that is still there, and buys nothing', async () => {
		const { chain, operator, recovery } = market;
		const account = await accountOf('watchful');
		await protect(account, [{ guardian: code.address, weight: 255 }], 1);
		const thief = newPasskey('thief');
		await chain.write(operator, recovery, 'approveBySignature', await approvalBy(code, account.address, [thief.bytes]));
		await account.run([call(recovery, 'veto', [account.address])]);
		await chain.at((await chain.now()) + DELAY);
		await assert.rejects(chain.write(operator, recovery, 'execute', [account.address, [thief.bytes], 1n]), refusedWith('Recovery_NotPending'));
		const terms = market.terms();
		const order = market.order(await market.publish(terms), terms, account.address);
		await market.stake(account.address, totalOf(order));
		const bought = await account.operation([call(market.orderBook, 'placeOrder', [order])], [thief]);
		await assert.rejects(handleOps(market, [bought]), (e) => e instanceof Refusal && e.args.includes('AA24 signature error'));
	});

	it('error: guardians are named by the account alone, signers replaced by its recovery alone', async () => {
		const { chain, operator, recovery } = market;
		const account = await accountOf('alone');
		await account.run([]);
		const self = { address: account.address, abi: accountAbi };
		await assert.rejects(chain.write(operator, self, 'replaceSigners', [[operator], 1n]), refusedWith('AccountUnauthorized'));
		const receipt = await account.run([call(self, 'replaceSigners', [[operator], 1n])]);
		assert.deepEqual(
			eventsOf(receipt, entryPointAbi, 'UserOperationEvent').map((e) => e.args.success),
			[false],
		);
		await chain.write(operator, recovery, 'setGuardians', [[{ guardian: code.address, weight: 1 }], 1, DELAY]);
		assert.deepEqual((await planOf(account.address)).guardians, []);
		assert.ok(isAddressEqual((await chain.read(self, 'recovery', [])) as Address, recovery.address));
	});
});
