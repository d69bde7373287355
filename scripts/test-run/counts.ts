/** How many tests a runner reports. */
export interface Counts {
	passed: number;
	failed: number;
}

/** Vitest's JSON report. A test file that could not be loaded counts as one failure. */
export function countVitest(report: unknown): Counts {
	const { numPassedTests, numFailedTests, testResults } = report as {
		numPassedTests: number;
		numFailedTests: number;
		testResults: { status: string; assertionResults: unknown[] }[];
	};
	const broken = testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length;
	return { passed: numPassedTests, failed: numFailedTests + broken };
}

/** Playwright's JSON report; a test that passed only on a retry counts as failed: it is not to be trusted. */
export function countPlaywright(report: unknown): Counts {
	const { stats, errors } = report as { stats: { expected: number; unexpected: number; flaky: number }; errors: unknown[] };
	return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length };
}

/** Hardhat's lines "12 passing" and "1 failing", one pair per runner. */
export function countHardhat(output: string): Counts {
	const plain = output.replace(/\u001b\[[0-9;]*m/g, '');
	const sum = (word: string) => [...plain.matchAll(new RegExp(`^\\s*(\\d+) ${word}\\b`, 'gm'))].reduce((total, match) => total + Number(match[1]), 0);
	return { passed: sum('passing'), failed: sum('failing') };
}

/** The last line of a crash drill: JSON with `rounds` and `survived`. */
export function countCrashDrill(output: string): Counts {
	const line = output
		.trim()
		.split('\n')
		.findLast((text) => text.startsWith('{'));
	if (!line) return { passed: 0, failed: 0 };
	const { rounds, survived } = JSON.parse(line) as { rounds: number; survived: number };
	return { passed: survived, failed: rounds - survived };
}
