import { expect, test } from 'vitest';
import { countCrashDrill, countHardhat, countPlaywright, countVitest } from './counts.ts';

test('vitest: tests and files that did not load', () => {
	const report = {
		numPassedTests: 7,
		numFailedTests: 1,
		testResults: [
			{ status: 'passed', assertionResults: [{}] },
			{ status: 'failed', assertionResults: [] },
		],
	};
	expect(countVitest(report)).toEqual({ passed: 7, failed: 2 });
});

test('playwright: flaky is failed', () => {
	expect(countPlaywright({ stats: { expected: 3, unexpected: 1, flaky: 1, skipped: 2 }, errors: [] })).toEqual({ passed: 3, failed: 2 });
});

test('hardhat: sums both runners, colours or not', () => {
	expect(countHardhat('  \u001b[32m12 passing\u001b[0m\n ok 400 passing glances\n  3 passing (1s)\n  2 failing\n')).toEqual({ passed: 15, failed: 2 });
});

test('crash drill: the last JSON line', () => {
	expect(countCrashDrill('round 1\n{"rounds":3,"survived":2}\n')).toEqual({ passed: 2, failed: 1 });
	expect(countCrashDrill('nothing')).toEqual({ passed: 0, failed: 0 });
});
