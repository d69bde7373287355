/**
 * Measures gas and writes `contracts/snapshots/gas.json` and `bench/gas.md`.
 * `node contracts/scripts/gas.ts [--check]`: with `--check` nothing is written and any change fails; the figures are exact.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { measure } from './gas-cases.ts';
import { gasReport } from './gas-report.ts';
import { contractsRoot } from './production.ts';

const snapshotPath = join(contractsRoot, 'snapshots', 'gas.json');
const reportPath = join(contractsRoot, '..', 'bench', 'gas.md');

function read(path: string): string {
	try {
		return readFileSync(path, 'utf8');
	} catch {
		return '';
	}
}

type Figures = Record<string, Record<string, number>>;

function changes(before: Figures, after: Figures): string[] {
	const flat = (snapshot: Figures) =>
		new Map(Object.entries(snapshot).flatMap(([group, figures]) => Object.entries(figures).map(([name, gas]) => [`${group}.${name}`, gas])));
	const [old, now] = [flat(before), flat(after)];
	return [...new Set([...old.keys(), ...now.keys()])]
		.filter((name) => old.get(name) !== now.get(name))
		.map((name) => `${name}: ${old.get(name) ?? 'absent'} → ${now.get(name) ?? 'absent'}`);
}

const snapshot = await measure();
const report = gasReport(snapshot);
if (process.argv.includes('--check')) {
	const changed = changes(JSON.parse(read(snapshotPath) || '{}'), snapshot);
	if (read(reportPath) !== report) changed.push('bench/gas.md is stale');
	for (const change of changed) console.error(change);
	process.exitCode = changed.length === 0 ? 0 : 1;
} else {
	writeFileSync(snapshotPath, `${JSON.stringify(snapshot, null, 2)}\n`);
	writeFileSync(reportPath, report);
	console.log(report);
}
