import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { lifecycleTable } from '../../protocol/src/order/test-lifecycle-table.ts';
import { lifecycleDiagrams, withDiagrams } from '../lifecycle/diagram.ts';

const root = dirname(dirname(import.meta.dirname));
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const json = <T>(path: string) => JSON.parse(read(path)) as T;
const tracked = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' }).split('\0').filter(Boolean);
const documents = tracked.filter((path) => path.endsWith('.md') && existsSync(join(root, path)));

interface Package {
	workspaces?: string[];
	scripts?: Record<string, string>;
	dependencies?: Record<string, string>;
	optionalDependencies?: Record<string, string>;
}
const home = json<Package>('package.json');

test('the lifecycle diagrams show what the table holds, no more and no less', () => {
	const page = read('docs/architecture.md');
	expect(withDiagrams(page, lifecycleDiagrams(lifecycleTable))).toBe(page);
	expect(() => withDiagrams('a page without marks', lifecycleDiagrams(lifecycleTable))).toThrow('lacks the marks');
});

test.each(['README.md', 'README.zh-CN.md'])('%s names every variable that the server reads', (path) => {
	const config = read('server/src/platform/config/read-config.ts');
	const known = [...config.slice(config.indexOf('const environment')).matchAll(/^\t([A-Z_]+): v\./gm)].map(([, name = '']) => name);
	expect(known.length).toBeGreaterThan(8);
	const told = [...read(path).matchAll(/^\| (`[A-Z_]+`(?:(?:, |、)`[A-Z_]+`)*) \|/gm)].flatMap(([, names = '']) => names.match(/[A-Z_]+/g) ?? []);
	// NODE_ENV is npm start's to set.
	expect(told.toSorted()).toEqual(known.filter((name) => name !== 'NODE_ENV').toSorted());
});

test.each(['README.md', 'README.zh-CN.md', 'scripts/README.md'])('%s names every command', (path) => {
	const told = new Set([...read(path).matchAll(/npm (?:run )?([a-z]+(?:[:-][a-z]+)*)/g)].map(([, name]) => name));
	expect(Object.keys(home.scripts ?? {}).filter((name) => !told.has(name))).toEqual([]);
});

test.each(documents)('%s: its commands and links lead somewhere', (path) => {
	const own = join(dirname(path), 'package.json');
	const near = existsSync(join(root, own)) ? json<Package>(own).scripts : {};
	const commands = [...read(path).matchAll(/npm run ([a-z]+(?:[:-][a-z]+)*)(?: -w ([a-z]+))?/g)].filter(([, name = '', workspace]) => {
		const scripts = workspace ? json<Package>(`${workspace}/package.json`).scripts : { ...home.scripts, ...near };
		return scripts?.[name] === undefined;
	});
	expect(commands.map(([command]) => command)).toEqual([]);
	const links = [...read(path).matchAll(/\]\(([^)#\s]+)[^)]*\)|\bsrc="([^"]+)"/g)].map(([, link, source]) => link ?? source ?? '');
	expect(links.filter((link) => !/^https?:/.test(link) && !existsSync(join(root, dirname(path), link)))).toEqual([]);
});

test('each package says what it is on one screen', () => {
	for (const workspace of [...(home.workspaces ?? []), 'scripts']) {
		const lines = read(`${workspace}/README.md`).split('\n').length;
		expect(lines, workspace).toBeLessThan(60);
	}
});

test('the list of decisions is complete', () => {
	const listed = [...read('docs/adr/README.md').matchAll(/\]\((\d{4}-[^)]+)\)/g)].map(([, file]) => file);
	expect(listed).toEqual(
		readdirSync(join(root, 'docs/adr'))
			.filter((file) => /^\d{4}-/.test(file))
			.sort(),
	);
});

test('every package that runs is listed with the version that runs', () => {
	const listed = new Map([...read('docs/dependencies.md').matchAll(/^\| `([^`]+)` \| (\S+) \|/gm)].map(([, name = '', version = '']) => [name, version]));
	const used = ['contracts', 'protocol', 'server', 'web', 'testkit'].flatMap((workspace) => {
		const { dependencies, optionalDependencies } = json<Package>(`${workspace}/package.json`);
		return Object.entries({ ...dependencies, ...optionalDependencies }).filter(([name]) => !name.startsWith('@kaishi/'));
	});
	const wrong = used.filter(([name, version]) => (listed.get(name) ?? listed.get(name.replace(/\/.*/, '/*'))) !== version);
	expect(wrong).toEqual([]);
	const names = new Set(used.flatMap(([name]) => [name, name.replace(/\/.*/, '/*')]));
	expect([...listed.keys()].filter((name) => !names.has(name))).toEqual([]);
});

test.each(['package-lock.json', 'toolchain/package-lock.json'])('%s names packages and hashes, no mirror', (path) => {
	expect(read(path)).not.toMatch(/"resolved": "[a-z+]+:/);
});

test('glossary: sorted, each term once, in both languages', () => {
	const terms = [...read('docs/glossary.md').matchAll(/^\| ([^|]+) \| ([^|]+) \| [^|]+ \|$/gm)].slice(1);
	const names = terms.map(([, name = '']) => name.trim().toLowerCase());
	expect(names.length).toBeGreaterThan(50);
	expect(names).toEqual([...new Set(names)].toSorted((a, b) => (a < b ? -1 : 1)));
	expect(terms.filter(([, , word = '']) => !/\p{Script=Han}|CID/u.test(word)).map(([, name]) => name)).toEqual([]);
});
