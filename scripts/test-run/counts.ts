/** How many tests a runner reports. */
export interface Counts {
	passed: number;
	failed: number;
	/** Tests that passed when they were run once more. */
	secondTries?: string[];
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

/** So many may need a second try: a machine has a bad moment. More are a defect of the market or of its tests. */
const MOST_SECOND_TRIES = 2;

interface PlaywrightSuite {
	title: string;
	suites?: PlaywrightSuite[];
	specs: { title: string; tests: { projectName: string; status: string }[] }[];
}

/** Playwright's JSON report. A test that passed at its second try passed and is named; all of them failed when they are more than two. */
export function countPlaywright(report: unknown): Counts {
	const { stats, errors, suites } = report as { stats: { expected: number; unexpected: number }; errors: unknown[]; suites: PlaywrightSuite[] };
	const secondTries = suites.flatMap((suite) => flakyOf(suite, []));
	const forgiven = secondTries.length <= MOST_SECOND_TRIES ? secondTries.length : 0;
	return { passed: stats.expected + forgiven, failed: stats.unexpected + secondTries.length - forgiven + errors.length, secondTries };
}

function flakyOf(suite: PlaywrightSuite, above: string[]): string[] {
	const path = [...above, suite.title];
	const own = suite.specs.flatMap(({ title, tests }) =>
		tests.filter(({ status }) => status === 'flaky').map(({ projectName }) => [projectName, ...path, title].join(' › ')),
	);
	return [...own, ...(suite.suites ?? []).flatMap((inner) => flakyOf(inner, path))];
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
