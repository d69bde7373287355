// `node scripts/write-lifecycle.ts [--check]`: the lifecycle table in `protocol/vectors` and its diagrams in `docs/architecture.md`, both from the
// pure model in `protocol/src/order/lifecycle.ts`. With `--check` nothing is written and a stale file fails.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { lifecycleDiagrams, withDiagrams } from './lifecycle/diagram.ts';
import { buildTable, writeTable } from './lifecycle/table.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const tablePath = join(root, 'protocol/vectors/order-lifecycle.json');
const pagePath = join(root, 'docs/architecture.md');

const table = writeTable(buildTable());
const page = readFileSync(pagePath, 'utf8');
const files = [
	{ path: tablePath, before: readFileSync(tablePath, 'utf8'), after: table },
	{ path: pagePath, before: page, after: withDiagrams(page, lifecycleDiagrams(JSON.parse(table))) },
];
const stale = files.filter(({ before, after }) => before !== after);
if (process.argv.includes('--check')) {
	for (const { path } of stale) console.error(`stale: ${path.slice(root.length + 1)} (node scripts/write-lifecycle.ts)`);
	process.exitCode = stale.length === 0 ? 0 : 1;
} else {
	for (const { path, after } of stale) writeFileSync(path, after);
	console.log(`${stale.length} written`);
}
