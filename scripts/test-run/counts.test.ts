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

test('playwright: a journey that needed a second try is named; more than two of them have failed', () => {
	const journey = (title: string, status: string) => ({ title, tests: [{ projectName: 'phone', status }] });
	const reportOf = (...second: string[]) => ({
		stats: { expected: 3, unexpected: 1, flaky: second.length, skipped: 2 },
		errors: [],
		suites: [
			{
				title: 'cart.spec.ts',
				specs: [journey('pays', 'expected'), journey('fails', 'unexpected')],
				suites: [{ title: 'sold out', specs: second.map((title) => journey(title, 'flaky')) }],
			},
		],
	});
	const named = (title: string) => `phone › cart.spec.ts › sold out › ${title}`;
	expect(countPlaywright(reportOf())).toEqual({ passed: 3, failed: 1, secondTries: [] });
	expect(countPlaywright(reportOf('a', 'b'))).toEqual({ passed: 5, failed: 1, secondTries: ['a', 'b'].map(named) });
	expect(countPlaywright(reportOf('a', 'b', 'c'))).toEqual({ passed: 3, failed: 4, secondTries: ['a', 'b', 'c'].map(named) });
});

test('playwright: what fails outside of its tests counts', () => {
	expect(countPlaywright({ stats: { expected: 3, unexpected: 0 }, errors: [{}], suites: [] })).toEqual({ passed: 3, failed: 1, secondTries: [] });
});

test('hardhat: sums both runners, colours or not', () => {
	expect(countHardhat('  \u001b[32m12 passing\u001b[0m\n ok 400 passing glances\n  3 passing (1s)\n  2 failing\n')).toEqual({ passed: 15, failed: 2 });
});

test('crash drill: the last JSON line', () => {
	expect(countCrashDrill('round 1\n{"rounds":3,"survived":2}\n')).toEqual({ passed: 2, failed: 1 });
	expect(countCrashDrill('nothing')).toEqual({ passed: 0, failed: 0 });
});
