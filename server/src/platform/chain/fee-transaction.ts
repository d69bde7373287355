import { bytesToHex, type Hex, type TransactionSerializableEIP1559 } from 'viem';
import { keccak } from '../crypto/keccak.ts';
import { signDigest } from '../crypto/secp256k1.ts';
import { readList, readNumber, writeBytes, writeListHead, writeNumber } from './rlp.ts';

// EIP-1559 transactions as viem writes and reads them, some twenty times faster: a bundle of orders has 90 kB.

const TYPE = 2;
/** chain id, nonce, tip, fee, gas, to, value, data, access list; then the signature's parity, r and s. */
const [FIELDS, SIGNATURE] = [9, 3];
const NO_ACCESS_LIST = Buffer.of(0xc0);

export interface FeeTransaction {
	type: 'eip1559';
	chainId: number;
	nonce: number;
	gas: bigint;
	maxFeePerGas: bigint;
	value: bigint;
	/** What was signed, and by what. */
	digest: Hex;
	signature: Hex;
}

export const isFeeTransaction = (raw: Hex): boolean => /^0x02/i.test(raw);

/** Throws on anything but the one canonical spelling of a signed transaction. */
export function readFeeTransaction(raw: Hex): FeeTransaction {
	const bytes = Buffer.from(raw.slice(2), 'hex');
	const items = readList(bytes, 1);
	if (items.length !== FIELDS + SIGNATURE) throw new RangeError(`${items.length} fields`);
	const [chainId, nonce, tip, fee, gas, to, value, data, accessList, parity, r, s] = items;
	const number = (item: typeof chainId) => readNumber(bytes, item);
	const recipient = to ? to.end - to.start : 0;
	if (to?.isList || (recipient !== 0 && recipient !== 20) || data?.isList || !accessList?.isList) throw new TypeError('a field of another kind');
	if (number(tip) > number(fee) || number(parity) > 1n || number(nonce) > BigInt(Number.MAX_SAFE_INTEGER)) throw new RangeError('a number out of range');
	const body = bytes.subarray(chainId?.at, parity?.at);
	return {
		type: 'eip1559',
		chainId: Number(number(chainId)),
		nonce: Number(number(nonce)),
		gas: number(gas),
		maxFeePerGas: number(fee),
		value: number(value),
		digest: bytesToHex(keccak(Buffer.concat([Buffer.of(TYPE), writeListHead(body.length), body]))),
		signature: `0x${word(number(r))}${word(number(s))}${number(parity) === 0n ? '1b' : '1c'}`,
	};
}

/** Signed and written out. Throws for an access list. */
export function signFeeTransaction(transaction: TransactionSerializableEIP1559, privateKey: Uint8Array): Hex {
	const { chainId, nonce = 0, maxPriorityFeePerGas = 0n, maxFeePerGas = 0n, gas = 0n, to, value = 0n, data, accessList } = transaction;
	if (accessList && accessList.length > 0) throw new TypeError('with an access list');
	const numbers = [chainId, nonce, maxPriorityFeePerGas, maxFeePerGas, gas].map(writeNumber);
	const body = Buffer.concat([...numbers, writeBytes(bytesOf(to)), writeNumber(value), writeBytes(bytesOf(data)), NO_ACCESS_LIST]);
	const signature = signDigest(privateKey, bytesToHex(keccak(Buffer.concat([Buffer.of(TYPE), writeListHead(body.length), body]))));
	const parts = [signature.endsWith('1c') ? 1n : 0n, BigInt(signature.slice(0, 66)), BigInt(`0x${signature.slice(66, 130)}`)].map(writeNumber);
	const whole = Buffer.concat([body, ...parts]);
	return `0x${Buffer.concat([Buffer.of(TYPE), writeListHead(whole.length), whole]).toString('hex')}`;
}

const bytesOf = (hex: Hex | null | undefined) => Buffer.from((hex ?? '0x').slice(2), 'hex');
const word = (value: bigint) => value.toString(16).padStart(64, '0');
