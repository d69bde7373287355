import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { countCrashDrill, countHardhat, countPlaywright, countVitest } from './counts.ts';
import type { Step } from './step.ts';

const bin = {
	biome: 'node_modules/@biomejs/biome/bin/biome',
	depcruise: 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs',
	oxlint: 'node_modules/oxlint/bin/oxlint',
	playwright: 'node_modules/@playwright/test/cli.js',
	svelteCheck: 'node_modules/svelte-check/bin/svelte-check',
	tsc: 'node_modules/@typescript/native/bin/tsc',
	vitest: 'node_modules/vitest/vitest.mjs',
} as const;

/** Workspaces that the plain compiler checks; components are svelte-check's. */
const typed = ['contracts', 'protocol', 'server', 'testkit', 'e2e', 'bench', 'scripts'];

const WEB_BUILD = 'static: web build';

/** Everything that must hold, cheapest first. `npm` is the path of npm's own script. */
export function stepsOf(root: string, npm: string): Step[] {
	const reports = join(root, 'test-results');
	mkdirSync(reports, { recursive: true });
	const vitestReport = join(reports, 'vitest.json');
	const journeysReport = join(reports, 'journeys.json');
	return [
		{ name: 'static: generated', node: ['contracts/scripts/generate.ts', '--check'], minutes: 5 },
		// Mostly one thread, and so are the checks: together they take little longer than either. After the first, which compiles into the same cache.
		{ name: 'contracts', node: [npm, 'test', '-w', '@kaishi/contracts'], counts: { from: 'output', read: countHardhat }, minutes: 15, beside: true },
		{ name: 'static: lifecycle', node: ['scripts/write-lifecycle.ts', '--check'], minutes: 1 },
		{ name: 'static: biome', node: [bin.biome, 'ci', '--colors=off'], minutes: 2 },
		// compiles messages and route types on the way, which the checks of components need
		{ name: WEB_BUILD, node: ['scripts/web/build-web.ts'], minutes: 5 },
		{ name: 'static: oxlint', node: [bin.oxlint, '--type-aware'], minutes: 3 },
		{
			name: 'static: modules',
			node: [bin.depcruise, '--config', '.dependency-cruiser.mjs', 'contracts', 'protocol', 'server', 'web', 'testkit', 'e2e', 'bench', 'scripts'],
			minutes: 2,
		},
		{ name: 'static: sources', node: ['scripts/checks/check-sources.ts'], minutes: 1 },
		...typed.map((workspace) => ({ name: `static: types ${workspace}`, node: [bin.tsc, '-p', workspace], minutes: 3 })),
		{ name: 'static: types web', node: [join(root, bin.svelteCheck), '--tsconfig', './tsconfig.json'], cwd: join(root, 'web'), minutes: 5 },
		{
			name: 'vitest',
			node: [bin.vitest, 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${vitestReport}`],
			counts: { from: 'report', file: vitestReport, read: countVitest },
			minutes: 12,
		},
		{ name: 'crash', node: ['scripts/crash.ts', '--rounds=3'], counts: { from: 'output', read: countCrashDrill }, minutes: 6 },
		{
			name: 'journeys',
			node: [join(root, bin.playwright), 'test', '--reporter=list,json'],
			cwd: join(root, 'e2e'),
			env: { PLAYWRIGHT_JSON_OUTPUT_NAME: journeysReport },
			counts: { from: 'report', file: journeysReport, read: countPlaywright },
			minutes: 25,
		},
	];
}

/** `--only=vitest,static`: steps whose name is, or whose group is, one of these. */
export function selectSteps(steps: Step[], only: string | null): Step[] {
	if (!only) return steps;
	const wanted = only.split(',').map((name) => name.trim());
	// Journeys visit what was built.
	const built = wanted.includes('journeys');
	const chosen = steps.filter(
		(step) =>
			(built && step.name === WEB_BUILD) ||
			wanted.some(
				(name) => step.name === name || step.name.startsWith(`${name}:`) || step.name === `static: ${name}` || step.name.startsWith(`static: ${name} `),
			),
	);
	if (chosen.length === 0) throw new Error(`--only=${only} names no step. Steps: ${steps.map((step) => step.name).join(', ')}`);
	return chosen;
}
