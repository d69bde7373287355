import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { rateTableDomain, rateTableMessage, rateTableTypes } from '@kaishi/protocol/platform/rate-signing';
import type { RateTable, SignedRateTable } from '@kaishi/protocol/platform/rates';
import * as v from 'valibot';
import { type Address, getAddress, type Hex, isAddressEqual, recoverTypedDataAddress } from 'viem';
import type { PrivateKeyAccount } from 'viem/accounts';

const seconds = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER));

const rateTable = v.strictObject({
	version: v.pipe(v.number(), v.integer(), v.minValue(1)),
	asOf: seconds,
	source: v.pipe(v.string(), v.minLength(1), v.maxLength(80)),
	rates: v.pipe(
		v.array(v.strictObject({ code: v.pipe(v.string(), v.regex(/^[A-Z]{2,8}$/)), value: v.pipe(v.string(), v.regex(/^[1-9]\d{0,29}$/)) })),
		v.minLength(1),
		v.maxLength(60),
		v.check((rates) => new Set(rates.map((rate) => rate.code)).size === rates.length, 'names a code twice'),
	),
});

const signedTable = v.strictObject({
	table: rateTable,
	signer: v.pipe(
		v.string(),
		v.regex(/^0x[0-9a-fA-F]{40}$/),
		v.transform((text): Address => getAddress(text)),
	),
	signature: v.custom<Hex>((x) => typeof x === 'string' && /^0x[0-9a-f]{130}$/i.test(x), 'signature'),
});

/** Thrown when the file is not a table that the operator signed for this chain. */
export class RateFileError extends Error {
	override name = 'RateFileError';
}

export const ratesPath = (dataDir: string): string => join(dataDir, 'rates.json');

export async function signRates(table: RateTable, chainId: number, account: PrivateKeyAccount): Promise<SignedRateTable> {
	const parsed = v.safeParse(rateTable, table);
	if (!parsed.success) throw new RateFileError(`${v.getDotPath(parsed.issues[0]) ?? 'table'} ${parsed.issues[0].message}`);
	const signature = await account.signTypedData({
		domain: rateTableDomain(chainId),
		types: rateTableTypes,
		primaryType: 'RateTable',
		message: rateTableMessage(table),
	});
	return { table, signer: account.address, signature };
}

/** Null when there is no file. Throws `RateFileError` when it does not hold what `operator` signed for this chain. */
export async function readRates(dataDir: string, chainId: number, operator: Address): Promise<SignedRateTable | null> {
	let json: unknown;
	try {
		json = JSON.parse(readFileSync(ratesPath(dataDir), 'utf8'));
	} catch (cause) {
		if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return null;
		throw new RateFileError('rates.json cannot be read as JSON', { cause });
	}
	const parsed = v.safeParse(signedTable, json);
	if (!parsed.success) throw new RateFileError(`rates.json: ${v.getDotPath(parsed.issues[0]) ?? ''} ${parsed.issues[0].message}`);
	const { table, signature } = parsed.output;
	const signer = await recoverTypedDataAddress({
		domain: rateTableDomain(chainId),
		types: rateTableTypes,
		primaryType: 'RateTable',
		message: rateTableMessage(table),
		signature,
	});
	if (!isAddressEqual(signer, operator)) throw new RateFileError('rates.json is not signed by the operator of this market');
	return parsed.output;
}

/** Never leaves half a file behind. */
export function writeRates(dataDir: string, signed: SignedRateTable): void {
	const draft = `${ratesPath(dataDir)}.${process.pid}.new`;
	const fd = openSync(draft, 'w', 0o644);
	try {
		writeSync(fd, `${JSON.stringify(signed, null, '\t')}\n`);
		fsyncSync(fd);
	} finally {
		closeSync(fd);
	}
	renameSync(draft, ratesPath(dataDir));
}
