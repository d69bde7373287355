import type { Page } from '@playwright/test';

/** Collects what a page complains about: script errors, console errors, violated content policy. */
export function watchPage(page: Page, tolerated: readonly RegExp[] = []): string[] {
	const complaints: string[] = [];
	const note = (text: string) => {
		if (!tolerated.some((pattern) => pattern.test(text))) complaints.push(text);
	};
	page.on('pageerror', (error) => note(`script error: ${error.message}`));
	page.on('console', (message) => {
		if (message.type() === 'error') note(`console: ${message.text()} (${message.location().url})`);
	});
	page.on('response', (response) => {
		if (response.status() >= 500) note(`${response.status()} from ${response.url()}`);
	});
	return complaints;
}
