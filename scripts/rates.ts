// `npm run rates`: shows the rates that pages turn prices with, or signs a new table with the operator's key. A running market takes it up at once.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { formatAmount, parseAmount } from '@kaishi/protocol/platform/money';
import { ageOf, RATE_DECIMALS, type Rate, SAMPLE_SOURCE } from '@kaishi/protocol/platform/rates';
import { MarketClient } from '@kaishi/testkit';
import { loadKeys } from '../server/src/platform/chain/keys.ts';
import { readConfig } from '../server/src/platform/config/read-config.ts';
import { RateFileError, readRates, signRates, writeRates } from '../server/src/platform/rates/rate-file.ts';

const usage = `npm run rates                                            shows the table in force
npm run rates -- CNY=0.1389 BTC=64000 --source "ECB"      sets what one unit is worth in US dollars, keeps the others, and signs
   --drop XRP,INR    takes codes out of the table
   --source <text>   where the figures come from; shown to readers
   --url <address>   the running market, for its clock (default: PUBLIC_URL, else http://localhost:PORT)
   --data <folder>   where its keys are (default: KAISHI_DATA, else .kaishi)
Readers see prices in their own currency by these rates; what is paid never depends on them. A table is marked as old after a day and not used after a week.`;

class Trouble extends Error {}

async function rates(): Promise<void> {
	const { values, positionals } = parseArgs({
		allowPositionals: true,
		options: {
			url: { type: 'string' },
			data: { type: 'string' },
			source: { type: 'string' },
			drop: { type: 'string' },
			help: { type: 'boolean', default: false },
		},
	});
	if (values.help) return console.log(usage);
	const config = readConfig({ ...process.env, ...(values.data === undefined ? {} : { KAISHI_DATA: values.data }) });
	const chainId = readChainId(config.dataDir);
	const { account } = loadKeys(config.dataDir, config.operatorKey).operator;
	const before = await readRates(config.dataDir, chainId, account.address);
	const now = await new MarketClient(values.url ?? config.publicUrl).now().catch(() => Math.floor(Date.now() / 1000));
	if (positionals.length === 0 && values.drop === undefined) return show(before, now);
	const source = values.source ?? before?.table.source;
	if (!source || source === SAMPLE_SOURCE) throw new Trouble('Say with --source where these figures come from.');
	const table = {
		version: (before?.table.version ?? 0) + 1,
		asOf: now,
		source,
		rates: change(before?.table.rates ?? [], positionals, values.drop?.split(',') ?? []),
	};
	const signed = await signRates(table, chainId, account);
	writeRates(config.dataDir, signed);
	show(signed, now);
}

function readChainId(dataDir: string): number {
	try {
		return (JSON.parse(readFileSync(join(dataDir, 'deployment.json'), 'utf8')) as { chainId: number }).chainId;
	} catch {
		throw new Trouble(`No market in ${dataDir}: start it first, or say with --data where its data is.`);
	}
}

function change(before: readonly Rate[], wishes: readonly string[], dropped: readonly string[]): Rate[] {
	const table = new Map(before.map(({ code, value }) => [code, value]));
	table.set('USD', parseAmount('1', RATE_DECIMALS).toString());
	for (const wish of wishes) {
		const [, code, figure] = /^([A-Z]{2,8})=([\d.]+)$/.exec(wish) ?? [];
		if (code === undefined || figure === undefined) throw new Trouble(`${wish} is not a rate.\n\n${usage}`);
		table.set(code, parseAmount(figure, RATE_DECIMALS).toString());
	}
	for (const code of dropped) table.delete(code);
	return [...table].map(([code, value]) => ({ code, value }));
}

function show(signed: Awaited<ReturnType<typeof readRates>>, now: number): void {
	if (signed === null) {
		console.log(`No rates: prices are shown in their own coin only. · 尚无汇率。\n\n${usage}`);
		return;
	}
	const { version, asOf, source, rates: entries } = signed.table;
	console.log(`Table ${version} of ${new Date(asOf * 1000).toISOString()}, from ${source}, signed by ${signed.signer}: ${ageOf(signed.table, now)}`);
	for (const { code, value } of entries) console.log(`   ${code.padEnd(5)} ${formatAmount(BigInt(value), RATE_DECIMALS)} USD`);
}

rates().catch((error: unknown) => {
	if (error instanceof Trouble || error instanceof RateFileError || error instanceof RangeError) console.error(error.message);
	else console.error(error);
	process.exit(1);
});
