import { defineConfig } from '@playwright/test';
import { chromiumFlags, findChromium } from './src/find-chromium.ts';

const executablePath = await findChromium();

/** Each journey on a phone in Chinese and on a desktop in English; a worker brings a market of its own. */
export default defineConfig({
	testDir: './journeys',
	testMatch: '*.spec.ts',
	outputDir: '../test-results/journeys',
	timeout: 90_000,
	expect: { timeout: 10_000 },
	// one leaves two cores idle for more than half of the time; more than two would wait for each other
	workers: 2,
	retries: 0,
	forbidOnly: Boolean(process.env.CI),
	reporter: [['list']],
	use: {
		timezoneId: 'Asia/Shanghai',
		launchOptions: { executablePath, args: chromiumFlags },
		actionTimeout: 15_000,
		screenshot: 'only-on-failure',
		trace: 'retain-on-failure',
		// the page's own worker would answer requests that tests want to see
		serviceWorkers: 'block',
	},
	projects: [
		{ name: 'phone', use: { locale: 'zh-CN', viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true } },
		{ name: 'desktop', use: { locale: 'en-GB', viewport: { width: 1280, height: 800 } } },
	],
});
