import { type Address, concat, encodeAbiParameters, keccak256, stringToHex, zeroHash } from 'viem';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import { expect, test } from 'vitest';
import { isTabSignature, payeesHash, type TabState, tabSignature, tabStateDigest } from './index.ts';

const [account, key, token, tabs] = ['11', '22', '33', '44'].map((byte) => `0x${byte.repeat(20)}` as Address) as [Address, Address, Address, Address];
const state: TabState = {
	account,
	key,
	token,
	epoch: 2,
	version: 7n,
	spent: 1_500_000n,
	payees: payeesHash([{ account, amount: 1_500_000n }]),
	purchases: zeroHash,
	closing: false,
};

test('default: the digest is the one of EIP-712, written out by hand', () => {
	const text = (value: string) => keccak256(stringToHex(value));
	const typeHash = text(
		'TabState(address account,address key,address token,uint24 epoch,uint64 version,uint128 spent,bytes32 payees,bytes32 purchases,bool closing)',
	);
	const domain = encodeAbiParameters(
		[{ type: 'bytes32' }, { type: 'bytes32' }, { type: 'bytes32' }, { type: 'uint256' }, { type: 'address' }],
		[text('EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)'), text('Kaishi Tabs'), text('1'), 31337n, tabs],
	);
	const struct = encodeAbiParameters(
		[
			...([{ type: 'bytes32' }, { type: 'address' }, { type: 'address' }, { type: 'address' }, { type: 'uint24' }, { type: 'uint64' }] as const),
			...([{ type: 'uint128' }, { type: 'bytes32' }, { type: 'bytes32' }, { type: 'bool' }] as const),
		],
		[typeHash, account, key, token, state.epoch, state.version, state.spent, state.payees, state.purchases, state.closing],
	);
	expect(tabStateDigest(state, 31337, tabs)).toBe(keccak256(concat(['0x1901', keccak256(domain), keccak256(struct)])));
});

test('behavior: every field, the chain and the contract are part of it', () => {
	const changes: Partial<TabState>[] = [
		...[{ account: tabs }, { key: tabs }, { token: tabs }, { epoch: 3 }, { version: 8n }],
		...[{ spent: 1n }, { payees: zeroHash }, { purchases: payeesHash([]) }, { closing: true }],
	];
	const digests = changes.map((change) => tabStateDigest({ ...state, ...change }, 31337, tabs));
	digests.push(tabStateDigest(state, 31337, tabs), tabStateDigest(state, 1, tabs), tabStateDigest(state, 31337, token));
	expect(new Set(digests).size).toBe(Object.keys(state).length + 3);
});

test('behavior: who is paid, how much and in which order make the hash', () => {
	const payees = [
		{ account, amount: 1n },
		{ account: key, amount: 2n },
	];
	expect(payeesHash([...payees].reverse())).not.toBe(payeesHash(payees));
	expect(payeesHash(payees.slice(0, 1))).not.toBe(payeesHash(payees));
});

test("behavior: a tab's signature is known by its length", async () => {
	const signer = privateKeyToAccount(generatePrivateKey());
	const signature = await signer.sign({ hash: zeroHash });
	expect(isTabSignature(tabSignature(signer.address, signature))).toBe(true);
	expect(isTabSignature(signature)).toBe(false);
});
