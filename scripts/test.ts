// `npm test`: every check and test of the house, in order, with a summary that a machine can read off the last line.
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { runStep, type StepResult, stopRunning } from './test-run/step.ts';
import { selectSteps, stepsOf } from './test-run/steps.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { values } = parseArgs({ options: { only: { type: 'string' }, bail: { type: 'boolean', default: false } } });
const npm = process.env.npm_execpath ?? '';
if (!existsSync(npm)) throw new Error('run this through npm: npm test');

let interrupted = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
	process.on(signal, () => {
		interrupted = true;
		stopRunning();
	});
}

const started = performance.now();
const steps = selectSteps(stepsOf(root, npm), values.only ?? null);
const results: StepResult[] = [];
let beside: Promise<void>[] = [];
const take = (result: StepResult) => {
	results.push(result);
	if (!result.ok) console.log(`✗ ${result.name}: ${result.note ?? `${result.failed} failed`}`);
};
for (const [index, step] of steps.entries()) {
	// Tests of its own: nothing else runs meanwhile.
	if (step.counts && !step.beside) {
		await Promise.all(beside);
		beside = [];
	}
	console.log(`\n── ${index + 1}/${steps.length} ${step.name}`);
	if (step.beside) beside.push(runStep(step, root).then(take));
	else take(await runStep(step, root));
	if (interrupted || (values.bail && results.some((result) => !result.ok))) break;
}
await Promise.all(beside);

const minutes = (seconds: number) => `${Math.floor(seconds / 60)}:${(seconds % 60).toFixed(1).padStart(4, '0')}`;
const width = Math.max(...results.map((result) => result.name.length));
console.log('\n── Summary');
for (const { name, ok, passed, failed, seconds, note, secondTries } of results) {
	const tests = passed + failed > 0 ? `${passed} passed, ${failed} failed` : '';
	console.log(`${ok ? '✓' : '✗'} ${name.padEnd(width)} ${minutes(seconds).padStart(8)}  ${tests}${note ? `  (${note})` : ''}`);
	for (const test of secondTries) console.log(`  needed a second try: ${test}`);
}
console.log(`  ${'in all'.padEnd(width)} ${minutes((performance.now() - started) / 1000).padStart(8)}`);
const passed = results.reduce((sum, result) => sum + result.passed, 0);
const failed = results.reduce((sum, result) => sum + result.failed, 0) + (interrupted ? 1 : 0);
if (interrupted) console.log('interrupted');
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && results.length === steps.length ? 0 : 1;
