/**
 * Breaks the money code in small ways, one at a time, and expects tests to notice: `mutants.json` says what is broken and which tests know.
 * `node contracts/scripts/mutants.ts [--only=words]`. Fails when a mutant survives, does not compile, or its text is no longer there exactly once.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { contractsRoot } from './production.ts';

interface Mutant {
	file: string;
	/** What it would mean. */
	breaks: string;
	replace: string;
	with: string;
	tests: string[];
}

const only = process.argv.find((argument) => argument.startsWith('--only='))?.slice('--only='.length);
const all: Mutant[] = JSON.parse(readFileSync(join(contractsRoot, 'mutants.json'), 'utf8'));
const chosen = all.filter(({ file, breaks }) => !only || `${file} ${breaks}`.includes(only));
const hardhat = fileURLToPath(new URL('cli.js', import.meta.resolve('hardhat')));
// Inside the package, so that the compiler's and the libraries' packages are found.
const scratch = join(contractsRoot, 'build', 'mutants');

function prepare(): void {
	rmSync(scratch, { recursive: true, force: true });
	mkdirSync(scratch, { recursive: true });
	for (const name of ['src', 'test', 'package.json', 'hardhat.config.ts']) cpSync(join(contractsRoot, name), join(scratch, name), { recursive: true });
}

function run(tests: string[]): { passed: boolean; output: string } {
	const files = tests.map((test) => join('test', test));
	const { status, stdout, stderr } = spawnSync(process.execPath, [hardhat, 'test', 'solidity', ...files], { cwd: scratch, encoding: 'utf8' });
	return { passed: status === 0, output: `${stdout}\n${stderr}` };
}

/** Whether the tests noticed; an error says why nothing can be said. */
function kill({ file, replace, with: replacement, tests }: Mutant): 'killed' | 'survived' | Error {
	const path = join(scratch, file);
	const source = readFileSync(path, 'utf8');
	if (source.split(replace).length !== 2) return new Error('its text is not there exactly once');
	writeFileSync(
		path,
		source.replace(replace, () => replacement),
	);
	try {
		const { passed, output } = run(tests);
		if (passed) return 'survived';
		return /^\s*\d+ failing/m.test(output) ? 'killed' : new Error(`it does not compile:\n${output.slice(-2000)}`);
	} finally {
		writeFileSync(path, source);
	}
}

prepare();
const sound = run([...new Set(chosen.flatMap(({ tests }) => tests))]);
if (!sound.passed) throw new Error(`the tests fail without any mutant:\n${sound.output.slice(-3000)}`);
let survivors = 0;
for (const [index, mutant] of chosen.entries()) {
	const verdict = kill(mutant);
	if (verdict !== 'killed') survivors++;
	const mark = verdict === 'killed' ? '✓' : '✗';
	console.log(`${mark} ${index + 1}/${chosen.length} ${mutant.file}: ${mutant.breaks}: ${verdict instanceof Error ? verdict.message : verdict}`);
}
rmSync(scratch, { recursive: true, force: true });
console.log(`\n${chosen.length - survivors} of ${chosen.length} mutants killed`);
process.exitCode = survivors === 0 && chosen.length > 0 ? 0 : 1;
