/**
 * Line and branch coverage of `src` by the Solidity tests; fails below the floor.
 * `node contracts/scripts/coverage.ts`
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { contractsRoot } from './production.ts';

const FLOOR = 98;

interface Covered {
	file: string;
	lines: [hit: number, all: number];
	branches: [hit: number, all: number];
	missed: number[];
}

/** One entry per file of an lcov report. */
function readReport(lcov: string): Covered[] {
	return lcov.split('end_of_record').flatMap((record) => {
		const file = /^SF:(.+)$/m.exec(record)?.[1];
		if (!file?.includes('src/')) return [];
		const lines = [...record.matchAll(/^DA:(\d+),(\d+)/gm)].map(([, line, hits]) => ({ line: Number(line), hit: hits !== '0' }));
		const branches = [...record.matchAll(/^BRDA:\d+,\d+,\d+,(\S+)/gm)].map(([, hits]) => hits !== '0' && hits !== '-');
		const count = (all: boolean[]): [number, number] => [all.filter(Boolean).length, all.length];
		return [{ file, lines: count(lines.map(({ hit }) => hit)), branches: count(branches), missed: lines.filter(({ hit }) => !hit).map(({ line }) => line) }];
	});
}

const hardhat = fileURLToPath(new URL('cli.js', import.meta.resolve('hardhat')));
const run = spawnSync(process.execPath, [hardhat, 'test', 'solidity', '--coverage'], { cwd: contractsRoot, stdio: ['ignore', 'ignore', 'inherit'] });
if (run.status !== 0) process.exit(run.status ?? 1);
const files = readReport(readFileSync(join(contractsRoot, 'coverage', 'lcov.info'), 'utf8'));
const percent = ([hit, all]: [number, number]) => (all === 0 ? 100 : (hit / all) * 100);
const sum = (kind: 'lines' | 'branches') => files.reduce<[number, number]>(([hit, all], one) => [hit + one[kind][0], all + one[kind][1]], [0, 0]);
for (const { file, lines, branches, missed } of files) {
	const note = missed.length === 0 ? '' : `  lines ${missed.join(', ')}`;
	console.log(`${file.padEnd(40)} lines ${percent(lines).toFixed(1)} %  branches ${percent(branches).toFixed(1)} %${note}`);
}
const [lines, branches] = [percent(sum('lines')), percent(sum('branches'))];
console.log(`\nlines ${lines.toFixed(2)} %, branches ${branches.toFixed(2)} % of src; the floor is ${FLOOR} %`);
process.exitCode = lines >= FLOOR && branches >= FLOOR ? 0 : 1;
