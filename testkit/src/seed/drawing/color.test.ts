import { expect, test } from 'vitest';
import { darker, lighter, mix } from './color.ts';

test('default: mixing goes from one colour to the other', () => {
	expect(mix('#d93a26', '#1f7a5c', 0)).toBe('#d93a26');
	expect(mix('#d93a26', '#1f7a5c', 1)).toBe('#1f7a5c');
	expect(mix('#000000', '#ffffff', 0.5)).toBe('#636363');
	expect([lighter('#808080', 1), darker('#808080', 1)]).toEqual(['#fff9ee', '#171a2b']);
});
