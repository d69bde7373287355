import { expect, test } from 'vitest';
import { timeZoneOf } from './time-zone.ts';

test.each([
	['Europe/Berlin', 'Europe/Berlin'],
	['Asia/Shanghai', 'Asia/Shanghai'],
	[undefined, 'UTC'],
	['', 'UTC'],
	['Mars/Olympus', 'UTC'],
	['x'.repeat(100), 'UTC'],
	['<script>', 'UTC'],
])('%s → %s', (asked, zone) => {
	expect(timeZoneOf(asked)).toBe(zone);
});
