import { defineConfig } from '@playwright/test';
import { chromiumFlags, findChromium } from './src/find-chromium.ts';
import { sizes } from './src/sizes.ts';

const executablePath = await findChromium();

/** A worker brings a market of its own. */
export default defineConfig({
	testDir: './journeys',
	testMatch: '*.spec.ts',
	outputDir: '../test-results/journeys',
	// Long enough for a machine that has better things to do: what works waits for none of them.
	timeout: 180_000,
	expect: { timeout: 30_000 },
	// one leaves two cores idle for more than half of the time; more than two would wait for each other
	workers: 2,
	// In a market and a browser of its own. Whoever needed it is named, and more than two fail the run: see scripts/test-run/counts.ts
	retries: 1,
	forbidOnly: Boolean(process.env.CI),
	reporter: [['list']],
	use: {
		timezoneId: 'Asia/Shanghai',
		launchOptions: { executablePath, args: chromiumFlags },
		actionTimeout: 30_000,
		screenshot: 'only-on-failure',
		// recording every step costs a third of the time; to see a failure, run its journey with `--trace on`
		trace: 'off',
		// the page's own worker would answer requests that tests want to see
		serviceWorkers: 'block',
	},
	projects: [
		// A show has hosts and viewers of both sizes in one story, so it is told once. One at a time: encoding, sending and watching a
		// picture takes a core, and two shows at once would measure each other. First, since it is the longest row.
		{ name: 'live', testDir: './journeys/live', workers: 1, use: sizes.desktop },
		...(['phone', 'desktop'] as const).map((size) => ({ name: size, testIgnore: '**/live/**', use: sizes[size] })),
	],
});
