import { encodeCalls, type ForwardRequest, type PackedUserOperation } from '@kaishi/protocol/account';
import { accountAbi } from '@kaishi/protocol/generated/account';
import { Refusal } from '@kaishi/protocol/platform/errors';
import { type Abi, type Address, decodeAbiParameters, decodeFunctionData, type Hex, hexToBigInt, isAddressEqual, size, slice } from 'viem';
import type { Deployment } from '../chain/deployment.ts';
import type { Lane } from './relayer.ts';

/**
 * What one intent may cost the operator at most; what pages ask for, and no more: the embedded EVM records every step,
 * so that a million gas burnt on purpose is a second and more than a hundred megabytes.
 */
const MAX_CALL_GAS = 6_000_000n;
const MAX_VERIFICATION_GAS = 2_000_000n;
const MAX_CALLS = 64;
/** Bytes of an intent; a bundle's calldata has to stay below what nodes accept as one transaction. */
const MAX_BYTES = 64 * 1024;

/** Whose gas the operator pays: calls to the market's own contracts and the tokens it lists. */
export interface Policy {
	/** Checks shape, cost and targets; returns the lane. Refuses with `Relayer_*`. */
	laneOfUserOperation(op: PackedUserOperation): Lane;
	laneOfForward(request: ForwardRequest): Lane;
}

export function createPolicy(deployment: Deployment): Policy {
	const { shop, tabs, operators, auctions, catalog, orderBook, reviews, recovery, accountFactory, deadline, court, jury } = deployment.contracts;
	const lanes = new Map<string, Lane>();
	for (const token of deployment.currencies) lanes.set(token.address.toLowerCase(), 'money');
	// Native coin moves inside calls to the market only; a bare transfer to address zero would burn it.
	lanes.delete('0x0000000000000000000000000000000000000000');
	lanes.set(orderBook.toLowerCase(), 'money').set(catalog.toLowerCase(), 'catalogue').set(shop.toLowerCase(), 'catalogue').set(reviews.toLowerCase(), 'social');
	lanes.set(recovery.toLowerCase(), 'money').set(court.toLowerCase(), 'money').set(jury.toLowerCase(), 'money');
	lanes.set(tabs.toLowerCase(), 'money').set(operators.toLowerCase(), 'money').set(auctions.toLowerCase(), 'money');
	lanes.set(accountFactory.toLowerCase(), 'social').set(deadline.toLowerCase(), 'social');
	// Not the faucet: it has a door of its own, which counts by address; here one person could take the day's ration.
	const forwardable = new Set(
		[shop, tabs, operators, auctions, catalog, orderBook, reviews, accountFactory, court, jury].map((address) => address.toLowerCase()),
	);

	return {
		laneOfUserOperation(op) {
			requireAffordable(op);
			if (op.initCode !== '0x' && (size(op.initCode) < 20 || !isAddressEqual(slice(op.initCode, 0, 20), accountFactory)))
				throw new Refusal('Account_InvalidInitCode', 'invalid');
			let lane: Lane = 'social';
			const calls = callsOf(op.callData);
			// Nothing to do is something only where it makes the account: one that is to sign must exist first.
			if (calls.length === 0 && op.initCode === '0x') throw new Refusal('Relayer_UnsupportedOperation', 'invalid', { field: 'callData' });
			for (const { target, data } of calls) {
				// An account may always change its own signers, but not hide other calls in one to itself.
				const own = isAddressEqual(target, op.sender);
				const next = own ? laneOfOwnCall(data) : lanes.get(target.toLowerCase());
				if (next === undefined) throw new Refusal('Relayer_TargetNotSponsored', 'forbidden', { target });
				lane = earlier(lane, next);
			}
			return lane;
		},
		laneOfForward(request) {
			if (request.value !== 0n) throw new Refusal('Relayer_ValueNotSponsored', 'forbidden', { value: request.value.toString() });
			if (request.gas > MAX_CALL_GAS) throw new Refusal('Relayer_GasTooHigh', 'invalid', { gas: request.gas.toString(), cap: MAX_CALL_GAS.toString() });
			if (size(request.data) > MAX_BYTES) throw new Refusal('Relayer_TooLarge', 'invalid', { bytes: String(size(request.data)), cap: String(MAX_BYTES) });
			const lane = forwardable.has(request.to.toLowerCase()) ? lanes.get(request.to.toLowerCase()) : undefined;
			if (lane === undefined) throw new Refusal('Relayer_TargetNotSponsored', 'forbidden', { target: request.to });
			return lane;
		},
	};
}

/** Gas the operation asks for. */
export function gasLimitsOf(op: PackedUserOperation): { verification: bigint; call: bigint } {
	return { verification: hexToBigInt(slice(op.accountGasLimits, 0, 16)), call: hexToBigInt(slice(op.accountGasLimits, 16, 32)) };
}

function requireAffordable(op: PackedUserOperation) {
	const { verification, call } = gasLimitsOf(op);
	if (call > MAX_CALL_GAS) throw new Refusal('Relayer_GasTooHigh', 'invalid', { gas: call.toString(), cap: MAX_CALL_GAS.toString() });
	if (verification > MAX_VERIFICATION_GAS)
		throw new Refusal('Relayer_GasTooHigh', 'invalid', { gas: verification.toString(), cap: MAX_VERIFICATION_GAS.toString() });
	if (op.preVerificationGas !== 0n || hexToBigInt(op.gasFees) !== 0n || op.paymasterAndData !== '0x')
		throw new Refusal('Relayer_UnsupportedOperation', 'invalid', { field: 'fees' });
	const bytes = size(op.callData) + size(op.initCode) + size(op.signature);
	if (bytes > MAX_BYTES) throw new Refusal('Relayer_TooLarge', 'invalid', { bytes: String(bytes), cap: String(MAX_BYTES) });
}

const SIGNER_FUNCTIONS = new Set(['addSigners', 'removeSigners', 'setThreshold']);

function laneOfOwnCall(data: Hex): Lane | undefined {
	try {
		return SIGNER_FUNCTIONS.has(decodeFunctionData({ abi: accountAbi as Abi, data }).functionName) ? 'social' : undefined;
	} catch {
		return undefined;
	}
}

/** Calls of an ERC-7821 batch. Anything encoded in another way than `encodeCalls` does is not understood, hence not paid for. */
export function callsOf(callData: Hex): { target: Address; data: Hex }[] {
	try {
		const { functionName, args } = decodeFunctionData({ abi: accountAbi, data: callData });
		if (functionName !== 'execute') throw new TypeError(functionName);
		const [calls] = decodeAbiParameters([{ type: 'tuple[]', components: [{ type: 'address' }, { type: 'uint256' }, { type: 'bytes' }] }], args[1]);
		if (calls.length > MAX_CALLS) throw new RangeError(`${calls.length} calls`);
		// Encoding it again shows that what was read is all there is: no second meaning behind tricky offsets.
		if (encodeCalls(calls.map(([to, value, data]) => ({ to, value, data }))) !== callData.toLowerCase()) throw new TypeError('not canonical');
		return calls.map(([target, , data]) => ({ target, data }));
	} catch (cause) {
		throw new Refusal('Relayer_UnsupportedOperation', 'invalid', { field: 'callData' }, { cause });
	}
}

const ORDER: Lane[] = ['money', 'catalogue', 'social'];

function earlier(a: Lane, b: Lane): Lane {
	return ORDER.indexOf(a) < ORDER.indexOf(b) ? a : b;
}
