/**
 * Covered lines of `src`, and covered branches: both arms of every `if`. Fails below the floor.
 * `node contracts/scripts/coverage.ts [--report]`: with `--report` the tests are not run again.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { armsOf } from './branches.ts';
import { contractsRoot } from './production.ts';

const FLOOR = 98;
const coverage = join(contractsRoot, 'coverage');

/** Parts of a whole, and where the others are. */
interface Share {
	hit: number;
	all: number;
	missed: string[];
}

const shareOf = (parts: { taken: boolean; name: string }[]): Share => ({
	hit: parts.filter(({ taken }) => taken).length,
	all: parts.length,
	missed: parts.filter(({ taken }) => !taken).map(({ name }) => name),
});
const percent = ({ hit, all }: Pick<Share, 'hit' | 'all'>) => (all === 0 ? 100 : (hit / all) * 100);
const sum = (shares: Share[]) => ({ hit: shares.reduce((n, { hit }) => n + hit, 0), all: shares.reduce((n, { all }) => n + all, 0) });

function executions(): Map<string, number> {
	const counts = new Map<string, number>();
	const folder = join(coverage, 'data', 'solidity');
	for (const file of readdirSync(folder)) {
		const one: Record<string, number> = JSON.parse(readFileSync(join(folder, file), 'utf8'));
		for (const [tag, count] of Object.entries(one)) counts.set(tag, (counts.get(tag) ?? 0) + count);
	}
	return counts;
}

/** Lines as Hardhat reports them, by file. */
function linesOf(lcov: string): Map<string, Share> {
	return new Map(
		lcov.split('end_of_record').flatMap((record) => {
			const file = /^SF:(src\/.+)$/m.exec(record)?.[1];
			if (file === undefined) return [];
			const lines = [...record.matchAll(/^DA:(\d+),(\d+)/gm)].map(([, line = '', hits]) => ({ name: line, taken: hits !== '0' }));
			return [[file, shareOf(lines)] as const];
		}),
	);
}

if (!process.argv.includes('--report')) {
	const hardhat = fileURLToPath(new URL('cli.js', import.meta.resolve('hardhat')));
	const run = spawnSync(process.execPath, [hardhat, 'test', 'solidity', '--coverage'], { cwd: contractsRoot, stdio: ['ignore', 'ignore', 'inherit'] });
	if (run.status !== 0) process.exit(run.status ?? 1);
}
const counts = executions();
const files = [...linesOf(readFileSync(join(coverage, 'lcov.info'), 'utf8'))].map(([file, lines]) => {
	const arms = armsOf(readFileSync(join(contractsRoot, file), 'utf8'), `project/${file}`, counts);
	return { file, lines, branches: shareOf(arms.map(({ line, kind, taken }) => ({ taken, name: `${line} ${kind}` }))) };
});
for (const { file, lines, branches } of files) {
	const missed = [...lines.missed.map((line) => `line ${line}`), ...branches.missed].join(', ');
	console.log(`${file.padEnd(34)} lines ${percent(lines).toFixed(1).padStart(5)} %  branches ${percent(branches).toFixed(1).padStart(5)} %  ${missed}`);
}
const [lines, branches] = [sum(files.map((one) => one.lines)), sum(files.map((one) => one.branches))];
console.log(`\nlines ${lines.hit}/${lines.all} = ${percent(lines).toFixed(2)} %, branches ${branches.hit}/${branches.all} = ${percent(branches).toFixed(2)} %`);
// Without branches there is nothing to be above a floor.
process.exitCode = branches.all > 0 && percent(lines) >= FLOOR && percent(branches) >= FLOOR ? 0 : 1;
