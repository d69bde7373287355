import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findComponentTrespass, findForbidden, findUnknownRooms, readSources, sourceRules } from './source-rules.ts';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const list = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
	cwd: root,
	encoding: 'utf8',
	maxBuffer: 64 * 1024 * 1024,
});
const paths = list.split('\0').filter((path) => /\.(ts|mjs|js|svelte|sol|css)$/.test(path) && existsSync(join(root, path)));
const sources = readSources(root, paths);
const findings = [...findForbidden(sources), ...findComponentTrespass(sources)];
for (const { rule, path, line, text } of findings) {
	console.error(`${path}:${line} ${rule}: ${text}\n  ${sourceRules.find((known) => known.name === rule)?.why ?? 'See the module rules.'}`);
}
const strangeRooms = findUnknownRooms(paths);
for (const room of strangeRooms) console.error(`${room} unknown-room: a domain gets its level in .dependency-cruiser.mjs first.`);
const broken = findings.length + strangeRooms.length;
console.log(`${sources.length} sources, ${broken} against the rules`);
process.exitCode = broken > 0 ? 1 : 0;
