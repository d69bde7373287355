import { type Address, concat, encodeAbiParameters, encodeFunctionData, type Hex, hashTypedData, numberToHex, pad } from 'viem';
import { accountAbi } from '../generated/account.ts';
import { accountFactoryAbi } from '../generated/account-factory.ts';

/** One call an account makes; `value` in wei. */
export interface Call {
	to: Address;
	value?: bigint;
	data: Hex;
}

/** As EntryPoint v0.8 takes it. */
export interface PackedUserOperation {
	sender: Address;
	nonce: bigint;
	initCode: Hex;
	callData: Hex;
	accountGasLimits: Hex;
	preVerificationGas: bigint;
	gasFees: Hex;
	paymasterAndData: Hex;
	signature: Hex;
}

/** ERC-7821 batch mode, all or nothing. */
const BATCH_MODE = pad('0x01', { dir: 'right', size: 32 });

export function encodeCalls(calls: Call[]): Hex {
	const executionData = encodeAbiParameters(
		[{ type: 'tuple[]', components: [{ type: 'address' }, { type: 'uint256' }, { type: 'bytes' }] }],
		[calls.map((c) => [c.to, c.value ?? 0n, c.data] as const)],
	);
	return encodeFunctionData({ abi: accountAbi, functionName: 'execute', args: [BATCH_MODE, executionData] });
}

/** `initCode` that creates the account in its first operation. */
export function encodeInitCode(factory: Address, signers: Hex[], threshold: bigint, salt: Hex): Hex {
	return concat([factory, encodeFunctionData({ abi: accountFactoryAbi, functionName: 'create', args: [signers, threshold, salt] })]);
}

/**
 * An unsigned operation whose gas the relayer pays (both fees zero).
 * `nonce` carries a random 192-bit key in its upper bits, so operations of one account never block each other.
 */
export function buildUserOperation(args: { sender: Address; nonce: bigint; initCode?: Hex; calls: Call[]; callGas?: bigint }): PackedUserOperation {
	const verificationGas = args.initCode ? 1_500_000n : 400_000n;
	return {
		sender: args.sender,
		nonce: args.nonce,
		initCode: args.initCode ?? '0x',
		callData: encodeCalls(args.calls),
		accountGasLimits: concat([numberToHex(verificationGas, { size: 16 }), numberToHex(args.callGas ?? 6_000_000n, { size: 16 })]),
		preVerificationGas: 0n,
		gasFees: pad('0x', { size: 32 }),
		paymasterAndData: '0x',
		signature: '0x',
	};
}

export const userOperationTypes = {
	PackedUserOperation: [
		{ name: 'sender', type: 'address' },
		{ name: 'nonce', type: 'uint256' },
		{ name: 'initCode', type: 'bytes' },
		{ name: 'callData', type: 'bytes' },
		{ name: 'accountGasLimits', type: 'bytes32' },
		{ name: 'preVerificationGas', type: 'uint256' },
		{ name: 'gasFees', type: 'bytes32' },
		{ name: 'paymasterAndData', type: 'bytes' },
	],
} as const;

/** What wallets show as the place where an operation is signed. */
export function entryPointDomain(chainId: number, entryPoint: Address) {
	return { name: 'ERC4337', version: '1', chainId, verifyingContract: entryPoint } as const;
}

/** EIP-712 digest that EntryPoint v0.8 checks. */
export function userOperationHash(op: PackedUserOperation, chainId: number, entryPoint: Address): Hex {
	return hashTypedData({ domain: entryPointDomain(chainId, entryPoint), types: userOperationTypes, primaryType: 'PackedUserOperation', message: op });
}
