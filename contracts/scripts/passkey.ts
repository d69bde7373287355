import { createHash } from 'node:crypto';
import { p256 } from '@noble/curves/nist.js';
import { type Address, bytesToHex, concat, encodeAbiParameters, encodeFunctionData, type Hex, hexToBytes, keccak256, pad, toHex } from 'viem';
import { getUserOperationHash, toPackedUserOperation, type UserOperation } from 'viem/account-abstraction';
import type { PrivateKeyAccount } from 'viem/accounts';
import { accountAbi, accountFactoryAbi } from '../../protocol/src/generated/index.ts';
import type { Contract } from './chain.ts';
import { keyOf, type Market } from './market.ts';
import { packed } from './orders.ts';

/** One ERC-7913 signer: its bytes, and how it signs a hash. */
export interface Signer {
	bytes: Hex;
	sign(hash: Hex): Promise<Hex>;
}

/** What an authenticator would answer, with user verification. */
export function passkey(verifier: Address, name: string): Signer {
	const secret = hexToBytes(keyOf(name));
	const publicKey = p256.getPublicKey(secret, false).slice(1);
	return {
		bytes: concat([verifier, bytesToHex(publicKey)]),
		async sign(hash) {
			const challenge = Buffer.from(hexToBytes(hash)).toString('base64url');
			const clientData = `{"type":"webauthn.get","challenge":"${challenge}","origin":"https://kaishi.example","crossOrigin":false}`;
			const authenticatorData = Buffer.concat([sha256('kaishi.example'), Buffer.from([0x05, 0, 0, 0, 1])]);
			const digest = sha256(Buffer.concat([authenticatorData, sha256(clientData)]));
			const signature = bytesToHex(p256.sign(digest, secret, { prehash: false, lowS: true }));
			return encodeAbiParameters(
				[{ type: 'bytes32' }, { type: 'bytes32' }, { type: 'uint256' }, { type: 'uint256' }, { type: 'bytes' }, { type: 'string' }],
				[`0x${signature.slice(2, 66)}`, `0x${signature.slice(66)}`, 23n, 1n, bytesToHex(authenticatorData), clientData],
			);
		},
	};
}

export function walletSigner(wallet: PrivateKeyAccount): Signer {
	return { bytes: wallet.address, sign: (hash) => wallet.sign({ hash }) };
}

function sha256(data: string | Uint8Array): Buffer {
	return createHash('sha256').update(data).digest();
}

export interface Call {
	to: Address;
	value?: bigint;
	data: Hex;
}

/** A call of a contract, as an account executes it. */
export function call(contract: Contract, functionName: string, args: readonly unknown[], value = 0n): Call {
	return { to: contract.address, value, data: encodeFunctionData({ abi: contract.abi, functionName, args: packed(args) as readonly unknown[] }) };
}

const BATCH_MODE = pad('0x01', { dir: 'right', size: 32 });
const calls = [{ type: 'tuple[]', components: [{ type: 'address' }, { type: 'uint256' }, { type: 'bytes' }] }] as const;

/** A smart account on the market's chain, existing or not yet. */
export class SmartAccount {
	readonly market: Market;
	readonly address: Address;
	readonly signers: Signer[];
	private readonly factoryData: Hex;

	private constructor(market: Market, address: Address, signers: Signer[], factoryData: Hex) {
		this.market = market;
		this.address = address;
		this.signers = signers;
		this.factoryData = factoryData;
	}

	static async at(market: Market, signers: Signer[], threshold = 1n): Promise<SmartAccount> {
		const args = [signers.map((s) => s.bytes), threshold, toHex(0, { size: 32 })] as const;
		const address = (await market.chain.read(market.factory, 'predict', args)) as Address;
		return new SmartAccount(market, address, signers, encodeFunctionData({ abi: accountFactoryAbi, functionName: 'create', args }));
	}

	/** Signs with `by`, by default with the first signer alone. */
	async sign(hash: Hex, by: Signer[] = this.signers.slice(0, 1)): Promise<Hex> {
		const sorted = [...by].sort((a, b) => (keccak256(a.bytes) < keccak256(b.bytes) ? -1 : 1));
		const signatures = await Promise.all(sorted.map((signer) => signer.sign(hash)));
		return encodeAbiParameters([{ type: 'bytes[]' }, { type: 'bytes[]' }], [sorted.map((s) => s.bytes), signatures]);
	}

	/** A user operation without fee that executes `batch`; it deploys the account first if need be. */
	async operation(batch: Call[], by?: Signer[]) {
		const { chain, entryPoint, factory } = this.market;
		const nonce = (await chain.read(entryPoint, 'getNonce', [this.address, 0n])) as bigint;
		const exists = Boolean(await chain.client.getCode({ address: this.address }));
		const execution = encodeAbiParameters(calls, [batch.map((c) => [c.to, c.value ?? 0n, c.data] as const)] as never);
		const operation = {
			sender: this.address,
			nonce,
			...(exists ? {} : { factory: factory.address, factoryData: this.factoryData }),
			callData: encodeFunctionData({ abi: accountAbi, functionName: 'execute', args: [BATCH_MODE, execution] }),
			callGasLimit: 600_000n,
			verificationGasLimit: exists ? 250_000n : 1_200_000n,
			preVerificationGas: 0n,
			maxFeePerGas: 0n,
			maxPriorityFeePerGas: 0n,
			signature: '0x' as Hex,
		} satisfies UserOperation<'0.8'>;
		const hash = getUserOperationHash({
			chainId: 31337,
			entryPointAddress: entryPoint.address,
			entryPointVersion: '0.8',
			userOperation: operation,
		});
		return toPackedUserOperation({ ...operation, signature: await this.sign(hash, by) });
	}

	async run(batch: Call[], by?: Signer[]) {
		return handleOps(this.market, [await this.operation(batch, by)]);
	}
}

/** As the EntryPoint takes it. */
export type Operation = Awaited<ReturnType<SmartAccount['operation']>>;

export async function handleOps(market: Market, operations: Operation[]) {
	return market.chain.write(market.operator, market.entryPoint, 'handleOps', [operations as never, market.operator]);
}
