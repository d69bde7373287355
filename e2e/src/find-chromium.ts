import { accessSync, constants } from 'node:fs';
import { chromium } from '@playwright/test';

const systemBrowsers = [
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome',
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/**
 * The Chromium that journeys run in: `$CHROMIUM`, else Playwright's own, else the system's, else the one that npm carries
 * for bare Linux machines. Throws with advice when there is none.
 */
export async function findChromium(): Promise<string> {
	const found = [process.env.CHROMIUM, chromium.executablePath(), ...systemBrowsers].find(isExecutable) ?? (await packedChromium());
	if (!found) throw new Error('No Chromium: run `npx playwright install chromium`, or set CHROMIUM=/path/to/chromium');
	return found;
}

function isExecutable(path: string | undefined): path is string {
	if (!path) return false;
	try {
		accessSync(path, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}

async function packedChromium(): Promise<string | undefined> {
	// makes the package unpack the system libraries it needs beside the browser
	process.env.AWS_LAMBDA_JS_RUNTIME ??= 'nodejs24.x';
	try {
		const { default: packed } = await import('@sparticuz/chromium');
		return await packed.executablePath();
	} catch {
		return undefined;
	}
}

/** Without background networking Chromium stays quiet on machines without internet; root cannot use its sandbox. */
export const chromiumFlags = [
	...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
	'--disable-dev-shm-usage',
	// a green picture and a beep instead of a camera and a microphone, allowed without asking
	'--use-fake-device-for-media-stream',
	'--use-fake-ui-for-media-stream',
];
