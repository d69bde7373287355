import { expect, test } from 'vitest';
import { isKept } from './kept-names.ts';

const kept = { shop: ['Lantern House', '灯笼屋'], people: ['Mei', '0xAbcd…1234'] };

test.each([
	'Lantern House',
	'LANTERN  house',
	'Ｌａｎｔｅｒｎ House',
	'Lаntеrn Hоusе',
	'Lántern-H0use',
	'Lantem House',
	'Lantern House ✓ official',
	'官方灯笼屋',
	'mei',
	'МЕІ',
	'M e i',
])('default: %s is the shop’s or its host’s name to the eye', (name) => expect(isKept(kept, name)).toBe(true));

test.each(['Lantern', 'House', 'Meimei', 'Guo', '灯笼', '屋里人', 'Omei'])('behavior: %s is a name of its own', (name) =>
	expect(isKept(kept, name)).toBe(false),
);
