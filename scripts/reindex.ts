// `npm run reindex`: forgets every derived table, folds the chain again from its first block, and says whether the tables came out equal.
import { parseArgs } from 'node:util';
import { openMarket } from '../server/src/main/index.ts';
import { readConfig } from '../server/src/platform/config/read-config.ts';

const { values } = parseArgs({ options: { data: { type: 'string' } } });
const config = readConfig({ ...process.env, ...(values.data === undefined ? {} : { KAISHI_DATA: values.data }) });
const market = await openMarket({ config }).catch((error: Error) => {
	console.error(error.name === 'DataLockedError' ? `${error.message}\nStop the running market first: reindexing needs the chain for itself.` : error.stack);
	process.exit(1);
});
try {
	await market.processAll();
	const before = await market.fingerprints();
	const started = performance.now();
	await market.reindex();
	const after = await market.fingerprints();
	const different = Object.keys(before).filter((table) => before[table] !== after[table]);
	for (const [table, print] of Object.entries(after)) {
		const [rows = '', hash = ''] = print.split(':');
		console.log(`${different.includes(table) ? '≠' : '='} ${table.padEnd(32)} ${rows.padStart(9)} rows  ${hash}`);
	}
	const { number } = await market.chain.head();
	const seconds = ((performance.now() - started) / 1000).toFixed(1);
	console.log(
		different.length === 0 ? `\n${number} blocks folded again in ${seconds} s: every table is byte-equal.` : `\nDiffering tables: ${different.join(', ')}`,
	);
	process.exitCode = different.length === 0 ? 0 : 1;
} finally {
	await market.close();
}
