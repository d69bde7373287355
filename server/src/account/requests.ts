import { MAX_CART_LINES, type Order, orderActions, orderWire } from '@kaishi/protocol/order';
import * as v from 'valibot';
import { getAddress, type Hex } from 'viem';
import { addressText, bytes32Text } from '../platform/http/parse.ts';

/** Whole bytes in hexadecimal, at most `max` of them. */
export const bytes = (max: number) =>
	v.pipe(
		v.string(),
		v.maxLength(2 + 2 * max),
		v.regex(/^0x([0-9a-fA-F]{2})*$/),
		v.transform((text) => text.toLowerCase() as Hex),
	);
export const uint = (bits: number) =>
	v.pipe(
		v.string(),
		v.regex(/^\d{1,78}$/),
		v.transform((text) => BigInt(text)),
		v.check((value) => value < 1n << BigInt(bits), `uint${bits}`),
	);
const signature = bytes(16 * 1024);
const credentialId = v.pipe(v.string(), v.regex(/^[\w-]{1,1366}$/));

/** An order, its addresses in the spelling that hashing and comparing expect. */
export const order = v.pipe(orderWire, v.transform(withChecksums));

export const userOperationRequest = v.strictObject({
	operation: v.strictObject({
		sender: addressText,
		nonce: uint(256),
		initCode: bytes(16 * 1024),
		callData: bytes(64 * 1024),
		accountGasLimits: bytes32Text,
		preVerificationGas: uint(256),
		gasFees: bytes32Text,
		paymasterAndData: bytes(1024),
		signature,
	}),
});

export const forwardRequest = v.strictObject({
	request: v.strictObject({
		from: addressText,
		to: addressText,
		value: uint(256),
		gas: uint(256),
		nonce: uint(256),
		deadline: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 48 - 1)),
		data: bytes(64 * 1024),
	}),
	signature,
});

export const orderRequest = v.strictObject({ order, signature });

export const cartRequest = v.strictObject({
	orders: v.pipe(
		v.array(v.strictObject({ order, signature, authorization: v.nullable(v.strictObject({ validAfter: uint(256), validBefore: uint(256) })) })),
		v.minLength(1),
		v.maxLength(MAX_CART_LINES),
	),
});

export const authorizedOrderRequest = v.strictObject({ order, validAfter: uint(256), validBefore: uint(256), signature });

export const actionRequest = v.strictObject({
	order,
	action: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(orderActions.length - 1)),
	bps: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(10_000)),
	actor: addressText,
	data: bytes32Text,
	step: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffffffff)),
	validBefore: uint(64),
	signature,
});

const signers = v.pipe(v.array(bytes(320)), v.minLength(1), v.maxLength(16));

export const recoveryRequest = v.strictObject({ account: addressText, signers, threshold: uint(64) });

export const recoveryApprovalRequest = v.strictObject({
	account: addressText,
	signers,
	threshold: uint(64),
	guardian: addressText,
	validBefore: uint(64),
	signature,
});

export const recoveryVetoRequest = v.strictObject({ account: addressText, guardian: addressText, validBefore: uint(64), signature });

/** As `openDeviceRequest` makes them. */
export const deviceRequestId = v.pipe(v.string(), v.regex(/^[\w-]{22}$/));

export const passkeyRequest = v.strictObject({
	account: v.optional(addressText),
	credentialId,
	publicKey: v.strictObject({ x: bytes32Text, y: bytes32Text }),
	label: v.pipe(
		v.string(),
		v.trim(),
		v.minLength(1),
		v.maxLength(80),
		v.check((text) => !/\p{Cc}|[\u202A-\u202E\u2066-\u2069]/u.test(text), 'control characters'),
	),
});

export const passkeySignInRequest = v.strictObject({
	account: v.optional(addressText),
	challenge: bytes32Text,
	credentialId,
	authenticatorData: bytes(4096),
	clientDataJSON: v.pipe(v.string(), v.maxLength(8192)),
	signature: bytes(128),
});

export const walletSignInRequest = v.strictObject({ message: v.pipe(v.string(), v.maxLength(4096)), signature });

export const faucetRequest = v.strictObject({ account: addressText });

function withChecksums(parsed: v.InferOutput<typeof orderWire>): Order {
	return {
		...parsed,
		terms: {
			...parsed.terms,
			currency: getAddress(parsed.terms.currency),
			arbitrator: getAddress(parsed.terms.arbitrator),
			splits: parsed.terms.splits.map((split) => ({ ...split, recipient: getAddress(split.recipient) })),
		},
		buyer: getAddress(parsed.buyer),
		affiliate: getAddress(parsed.affiliate),
	};
}
