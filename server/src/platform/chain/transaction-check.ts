import { Refusal } from '@kaishi/protocol/platform/errors';
import { type Address, concat, getAddress, type Hex, pad, parseTransaction, serializeTransaction, type TransactionSerializable } from 'viem';
import { keccakHex } from '../crypto/keccak.ts';
import { recoverSigner } from '../crypto/secp256k1.ts';
import { TRANSACTION_GAS_CAP } from './executor.ts';
import { isFeeTransaction, readFeeTransaction } from './fee-transaction.ts';

/** What must be known about a signed transaction before a block can promise to execute it. */
export interface CheckedTransaction {
	raw: Hex;
	hash: Hex;
	from: Address;
	nonce: number;
	gas: bigint;
	maxFeePerGas: bigint;
	/** The most it can cost its sender. */
	maxCost: bigint;
}

/**
 * The one transaction without replay protection that is welcome: it puts the deterministic deployment proxy at the
 * same address on every chain, which is why it cannot name a chain. Source: Arachnid/deterministic-deployment-proxy.
 */
export const PROXY_DEPLOYMENT =
	'0xf8a58085174876e800830186a08080b853604580600e600039806000f350fe7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe03601600081602082378035828234f58015156039578182fd5b8082525050506014600cf31ba02222222222222222222222222222222222222222222222222222222222222222a02222222222222222222222222222222222222222222222222222222222222222';

const MAX_BYTES = 128 * 1024;

/** Parses and checks what does not depend on the state. Refuses with `Chain_*`. */
export function checkTransaction(raw: Hex, chainId: number): CheckedTransaction {
	if (!/^0x([0-9a-f]{2})+$/i.test(raw) || raw.length > 2 + 2 * MAX_BYTES) throw new Refusal('Chain_MalformedTransaction', 'invalid');
	const transaction = read(() => (isFeeTransaction(raw) ? readFeeTransaction(raw) : parseTransaction(raw)));
	if (transaction.type !== 'legacy' && transaction.type !== 'eip2930' && transaction.type !== 'eip1559') {
		// Blobs need a beacon chain; delegated accounts could lose balance in ways that the block builder cannot foresee.
		throw new Refusal('Chain_UnsupportedTransaction', 'invalid', { type: String(transaction.type) });
	}
	const from = read(() => ('digest' in transaction ? signerOf(transaction) : senderOf(transaction)));
	if (transaction.chainId !== chainId && raw !== PROXY_DEPLOYMENT)
		throw new Refusal('Chain_WrongChain', 'invalid', { given: String(transaction.chainId ?? ''), wanted: String(chainId) });
	const gas = transaction.gas ?? 0n;
	if (gas > TRANSACTION_GAS_CAP) throw new Refusal('Chain_GasTooHigh', 'invalid', { gas: gas.toString(), cap: TRANSACTION_GAS_CAP.toString() });
	const maxFeePerGas = ('maxFeePerGas' in transaction ? transaction.maxFeePerGas : transaction.gasPrice) ?? 0n;
	return { raw, hash: keccakHex(raw), from, nonce: transaction.nonce ?? 0, gas, maxFeePerGas, maxCost: gas * maxFeePerGas + (transaction.value ?? 0n) };
}

function read<T>(work: () => T): T {
	try {
		return work();
	} catch (cause) {
		throw new Refusal('Chain_MalformedTransaction', 'invalid', {}, { cause });
	}
}

/** As viem's `recoverTransactionAddress`, at once. */
function senderOf({ r, s, v, yParity, ...unsigned }: ReturnType<typeof parseTransaction>): Address {
	if (r === undefined || s === undefined) throw new TypeError('not signed');
	const isOdd = yParity === undefined ? v === 28n : yParity === 1;
	const digest = keccakHex(serializeTransaction(unsigned as TransactionSerializable));
	return signerOf({ digest, signature: concat([pad(r), pad(s), isOdd ? '0x1c' : '0x1b']) });
}

function signerOf({ digest, signature }: { digest: Hex; signature: Hex }): Address {
	const signer = recoverSigner(digest, signature);
	if (signer === null) throw new TypeError('signed by nobody');
	return getAddress(signer);
}

/** Base fee of the block after `head` by EIP-1559. */
export function nextBaseFee(head: { baseFeePerGas: bigint; gasUsed: bigint }, gasLimit: bigint): bigint {
	const target = gasLimit / 2n;
	const { baseFeePerGas: fee, gasUsed } = head;
	if (gasUsed === target) return fee;
	if (gasUsed > target) {
		const rise = (fee * (gasUsed - target)) / target / 8n;
		return fee + (rise > 0n ? rise : 1n);
	}
	return fee - (fee * (target - gasUsed)) / target / 8n;
}
