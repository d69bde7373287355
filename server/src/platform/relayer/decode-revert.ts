import * as generated from '@kaishi/protocol/generated/index';
import { Refusal, type RefusalKind } from '@kaishi/protocol/platform/errors';
import { type Abi, type DecodeErrorResultReturnType, decodeErrorResult, type Hex } from 'viem';

/** Every error any of the contracts can answer with, each once. */
const errors: Abi = [
	...new Map(
		Object.values(generated).flatMap((abi) => (abi as Abi).filter((item) => item.type === 'error').map((item) => [JSON.stringify(item), item])),
	).values(),
];

/** First match decides; what is not listed is the caller's mistake (`invalid`). */
const kinds: [RegExp, RefusalKind][] = [
	[/TooSoon|DailyCap/, 'tooMany'],
	[/Unauthorized|_Not(Buyer|Seller|Arbitrator|Party|OrderBook|Minter|Guardian)$|InvalidSign|InvalidSigner/, 'forbidden'],
	[/_Unknown|Nonexistent/, 'notFound'],
	[
		/SoldOut|Already|Pending|WrongState|TooEarly|TooLate|Mismatch|Taken|WrongFee|NotEnded|NothingToReply|Expired|Insufficient|UsedAuthorization|Nonce/,
		'conflict',
	],
];

/** EntryPoint's own words ("AA24 signature error") as codes. Source: ERC-4337 reference implementation, v0.8. */
const entryPointReasons: Record<string, [code: string, kind: RefusalKind]> = {
	AA10: ['Account_AlreadyDeployed', 'conflict'],
	AA13: ['Account_InvalidInitCode', 'invalid'],
	AA14: ['Account_InvalidInitCode', 'invalid'],
	AA15: ['Account_InvalidInitCode', 'invalid'],
	AA20: ['Account_NotDeployed', 'conflict'],
	AA21: ['Account_GasNotSponsored', 'invalid'],
	AA22: ['Account_Expired', 'conflict'],
	AA23: ['Account_InvalidSignature', 'forbidden'],
	AA24: ['Account_InvalidSignature', 'forbidden'],
	AA25: ['Account_InvalidNonce', 'conflict'],
	AA26: ['Relayer_GasTooLow', 'invalid'],
	AA95: ['Relayer_GasTooLow', 'invalid'],
};

/** Revert data as a refusal with the Solidity error's name and its arguments by name, as strings. */
export function refusalOfRevert(data: Hex | null): Refusal {
	const decoded = tryDecode(data);
	if (decoded === null) return new Refusal('Relayer_Reverted', 'conflict', data === null || data === '0x' ? {} : { data: data.slice(0, 74) });
	const { errorName, details } = decoded;
	if (errorName === 'FailedOp' || errorName === 'FailedOpWithRevert') return refusalOfEntryPoint(details.reason ?? '');
	if (errorName === 'Batch_CallFailed') {
		const inner = refusalOfRevert(details.reason as Hex);
		return new Refusal(inner.code, inner.kind, { ...inner.details, item: details.index ?? '' });
	}
	if (errorName === 'Error' || errorName === 'Panic') return new Refusal('Relayer_Reverted', 'conflict', { reason: Object.values(details).join(' ') });
	return new Refusal(errorName, kinds.find(([pattern]) => pattern.test(errorName))?.[1] ?? 'invalid', details);
}

/** Which operation of a bundle the EntryPoint rejected; null when it did not say. */
export function failedOperationIn(data: Hex | null): { index: number; outOfGas: boolean } | null {
	const decoded = tryDecode(data);
	if (decoded === null || !decoded.errorName.startsWith('FailedOp')) return null;
	return { index: Number(decoded.details.opIndex), outOfGas: decoded.details.reason?.startsWith('AA95') ?? false };
}

function refusalOfEntryPoint(reason: string): Refusal {
	const [code, kind] = entryPointReasons[reason.slice(0, 4)] ?? ['Account_Refused', 'invalid'];
	return new Refusal(code, kind, { reason });
}

function tryDecode(data: Hex | null): { errorName: string; details: Record<string, string> } | null {
	if (data === null || data.length < 10) return null;
	let error: DecodeErrorResultReturnType;
	try {
		error = decodeErrorResult({ abi: errors, data });
	} catch {
		// An error of a contract that is not ours.
		return null;
	}
	const inputs = error.abiItem.type === 'error' ? error.abiItem.inputs : [];
	return { errorName: error.errorName, details: Object.fromEntries((error.args ?? []).map((arg, i) => [inputs[i]?.name || String(i), String(arg)])) };
}
