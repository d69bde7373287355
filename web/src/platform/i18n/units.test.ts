import { expect, test, vi } from 'vitest';

vi.mock('./paraglide/runtime.js', () => ({ getLocale: () => 'en' }));
const { formatSize, formatWeight, unitsOf } = await import('./units.ts');

test.each([
	['en-US,en;q=0.9', 'imperial'],
	['en-GB', 'metric'],
	['zh-Hans-CN,en-US;q=0.5', 'metric'],
	['en', 'metric'],
	[null, 'metric'],
])('%s reads %s', (asked, units) => expect(unitsOf(asked)).toBe(units));

test('default: small and large, in both measures', () => {
	expect([formatWeight(420, 'metric'), formatWeight(1250, 'metric')]).toEqual(
		['420g', '1.25kg'].map((text) => expect.stringMatching(text.replace(/(\d)([a-z])/, '$1\\s?$2')) as unknown),
	);
	expect([formatWeight(420, 'imperial'), formatWeight(1250, 'imperial')]).toEqual([
		expect.stringMatching(/^14\.8\s?oz$/),
		expect.stringMatching(/^2\.76\s?lb$/),
	]);
	expect(formatSize([100, 65, 60], 'metric')).toMatch(/^10\s?cm × 6\.5\s?cm × 6\s?cm$/);
	expect(formatSize([254], 'imperial')).toMatch(/^10\s?(in|″)$/);
});
