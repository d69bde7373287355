import { statSync } from 'node:fs';
import { ageOf, SAMPLE_SOURCE, type SignedRateTable } from '@kaishi/protocol/platform/rates';
import type { PrivateKeyAccount } from 'viem/accounts';
import { ratesPath, readRates, signRates, writeRates } from './rate-file.ts';
import type { RateSource } from './rate-source.ts';
import { sampleRates } from './sample-rates.ts';

export interface SignedRatesOptions {
	dataDir: string;
	chainId: number;
	operator: PrivateKeyAccount;
	/** Unix seconds, the market's clock. */
	now(): number;
	/** A market of play money has sample figures, renewed at each start and whenever they are old, until the operator signs own ones. */
	sample: boolean;
	onError(error: unknown): void;
}

/**
 * The table that the operator signed into the data directory. A newer file is taken up without a restart; one that is not
 * the operator's is reported once and the last good table stays.
 */
export async function openSignedRates(options: SignedRatesOptions): Promise<RateSource> {
	const { dataDir, chainId, operator, onError } = options;
	const read = () => readRates(dataDir, chainId, operator.address);
	let known = await read().catch((error: unknown) => {
		onError(error);
		return null;
	});
	const isSample = () => options.sample && (known === null || known.table.source === SAMPLE_SOURCE);
	if (isSample()) known = await signSample(options, known);
	let seen = changedAt(dataDir);
	let renewal: Promise<void> | null = null;
	/** Play money's clock may be set on by weeks, as when a world's past is told. */
	const renew = async () => {
		known = await signSample(options, known);
		seen = changedAt(dataDir);
	};
	return {
		async current() {
			const changed = changedAt(dataDir);
			if (changed !== seen) {
				seen = changed;
				try {
					known = (await read()) ?? known;
				} catch (error) {
					onError(error);
				}
			}
			if (known && isSample() && ageOf(known.table, options.now()) !== 'fresh') {
				renewal ??= renew().finally(() => (renewal = null));
				await renewal;
			}
			return known;
		},
	};
}

async function signSample({ dataDir, chainId, operator, now }: SignedRatesOptions, before: SignedRateTable | null): Promise<SignedRateTable> {
	const table = { version: (before?.table.version ?? 0) + 1, asOf: now(), source: SAMPLE_SOURCE, rates: sampleRates() };
	const signed = await signRates(table, chainId, operator);
	writeRates(dataDir, signed);
	return signed;
}

/** Another file under the same name, or the same one written anew. */
function changedAt(dataDir: string): string {
	const stat = statSync(ratesPath(dataDir), { throwIfNoEntry: false });
	return stat ? `${stat.mtimeMs}:${stat.ino}:${stat.size}` : '';
}
