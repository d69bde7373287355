import { globSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const web = join(import.meta.dirname, '../../..');
const keysOf = (locale: string, file: string) =>
	Object.keys(JSON.parse(readFileSync(join(web, 'messages', locale, file), 'utf8')) as object).filter((key) => !key.startsWith('$'));
const files = readdirSync(join(web, 'messages/en'));
const said = new Set(
	globSync('src/**/*.{ts,svelte}', { cwd: web, exclude: (name) => /paraglide|\.test\.ts$/.test(String(name)) }).flatMap(
		(path) => readFileSync(join(web, path), 'utf8').match(/\bm\.\w+/g) ?? [],
	),
);

describe.each(files)('%s', (file) => {
	test('both languages say the same things', () => {
		expect(keysOf('zh-CN', file).toSorted()).toEqual(keysOf('en', file).toSorted());
	});

	test('some page says every message', () => {
		expect(keysOf('en', file).filter((key) => !said.has(`m.${key}`))).toEqual([]);
	});
});
