import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path/posix';
import { levels } from '../../.dependency-cruiser.mjs';

/** A rule about words in sources, for what import graphs cannot tell. Paths are relative to the house, with forward slashes. */
export interface SourceRule {
	name: string;
	/** Files it looks at. */
	covers: (path: string) => boolean;
	/** What must not stand there. */
	forbids: RegExp;
	why: string;
}

export interface Finding {
	rule: string;
	path: string;
	line: number;
	text: string;
}

const isTest = (path: string) => /\.(test|spec)\.ts$|\/test-[^/]+\.ts$/.test(path);
const isSource = (path: string) => /\.(ts|svelte|js|mjs)$/.test(path) && !isTest(path);
const inProduct = (path: string) => isSource(path) && /^(protocol|server|web)\/src\//.test(path);

export const sourceRules: readonly SourceRule[] = [
	{
		name: 'only-config-reads-the-environment',
		covers: (path) => inProduct(path) && !path.startsWith('server/src/platform/config/'),
		forbids: /\bprocess\.env\b|\bimport\.meta\.env\.(?!DEV\b|SSR\b)|\$env\//,
		why: 'The environment is parsed once, in platform/config.',
	},
	{
		name: 'only-chain-opens-rpc',
		covers: (path) => inProduct(path) && path.startsWith('server/') && !path.startsWith('server/src/platform/chain/'),
		forbids: /\bcreate(Public|Wallet|Test)?Client\(|\beth_sendRawTransaction\b|\bjsonRpcProvider\b/i,
		why: 'One place talks to the chain.',
	},
	{
		name: 'only-relayer-holds-keys',
		covers: (path) => inProduct(path) && path.startsWith('server/') && !/^server\/src\/(platform\/(relayer|config|chain)|main)\//.test(path),
		forbids: /\bprivateKeyToAccount\(|\bgeneratePrivateKey\(/,
		why: 'Keys that submit live with the relayer.',
	},
	{
		name: 'protocol-is-pure',
		covers: (path) => inProduct(path) && path.startsWith('protocol/') && !path.startsWith('protocol/src/generated/'),
		forbids:
			/\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bfetch\(|\bcrypto\.(getRandomValues|randomUUID|subtle)\b(?!\.digest[^(]*,)|\b(window|document|localStorage|navigator)\.|\bperformance\.now\(|\bset(Timeout|Interval)\(/,
		why: 'No clock, randomness, network or page in the protocol: time is an argument.',
	},
	{ name: 'no-guessable-randomness', covers: inProduct, forbids: /\bMath\.random\(/, why: 'Product code uses the cryptographic generator.' },
	{
		name: 'no-raw-html',
		covers: (path) => path.startsWith('web/src/') && path.endsWith('.svelte'),
		forbids: /\{@html\b/,
		why: 'Strangers write our texts: everything is escaped.',
	},
	{
		name: 'nothing-left-behind',
		covers: (path) => (isSource(path) && !path.startsWith('scripts/checks/')) || path.endsWith('.sol') || path.endsWith('.css'),
		forbids: /\b(TODO|FIXME|XXX|HACK)\b|\bdebugger;/,
		why: 'What is not finished is not merged.',
	},
];

/** Comment lines may name what code may not do. */
const isComment = (line: string) => /^\s*(\/\/|\*|\/\*)/.test(line);

export function findForbidden(files: Iterable<{ path: string; text: string }>, rules: readonly SourceRule[] = sourceRules): Finding[] {
	const findings: Finding[] = [];
	for (const { path, text } of files) {
		const applying = rules.filter((rule) => rule.covers(path));
		if (applying.length === 0) continue;
		for (const [index, line] of text.split('\n').entries()) {
			for (const rule of applying) {
				if (rule.name !== 'nothing-left-behind' && isComment(line)) continue;
				if (rule.forbids.test(line)) findings.push({ rule: rule.name, path, line: index + 1, text: line.trim().slice(0, 120) });
			}
		}
	}
	return findings;
}

/** The imports of Svelte components as repository paths, aliases of web/package.json resolved. */
export function componentImports(path: string, text: string): { target: string; line: number }[] {
	const found: { target: string; line: number }[] = [];
	for (const [index, line] of text.split('\n').entries()) {
		const specifier = /\bfrom\s+['"]([^'"]+)['"]|\bimport\(?\s*['"]([^'"]+)['"]/.exec(line);
		const name = specifier?.[1] ?? specifier?.[2];
		if (name) found.push({ target: resolveInWeb(path, name), line: index + 1 });
	}
	return found;
}

function resolveInWeb(from: string, name: string): string {
	if (name.startsWith('.')) return normalize(join(dirname(from), name));
	if (name.startsWith('#platform/')) return `web/src/platform/${name.slice('#platform/'.length)}`;
	if (name.startsWith('#domain/')) return `web/src/${name.slice('#domain/'.length)}`;
	if (name.startsWith('@kaishi/')) return name.slice('@kaishi/'.length);
	return `node_modules/${name}`;
}

const roomOf = (path: string) => /^web\/src\/([^/]+)\//.exec(path)?.[1] ?? null;

/** The module rules of .dependency-cruiser.mjs for components, which that tool cannot read. */
export function findComponentTrespass(files: Iterable<{ path: string; text: string }>): Finding[] {
	const findings: Finding[] = [];
	for (const { path, text } of files) {
		if (!path.startsWith('web/src/') || !path.endsWith('.svelte')) continue;
		for (const { target, line } of componentImports(path, text)) {
			const rule = trespass(path, target);
			if (rule) findings.push({ rule, path, line, text: target });
		}
	}
	return findings;
}

function trespass(from: string, target: string): string | null {
	if (/^(server|testkit|e2e|bench|contracts|scripts)(\/|$)/.test(target)) return 'web-never-imports-server';
	const [own, other] = [roomOf(from), roomOf(target)];
	if (own === 'routes' || other === null || own === other || other === 'platform') return null;
	if (own === 'platform') return 'platform-knows-no-domain';
	if (other === 'routes') return 'nobody-imports-main';
	if (levels.indexOf(other) > levels.indexOf(own ?? '')) return `level-of-${own}`;
	return /\/(public|index)\.ts$/.test(target) ? null : 'enter-by-the-door';
}

/** Rooms that no plan of the house shows: a new domain gets its level in .dependency-cruiser.mjs first. */
export function findUnknownRooms(paths: Iterable<string>): string[] {
	const known = new Set([...levels, 'platform', 'generated', 'main', 'routes', 'service-worker', 'params']);
	const rooms = new Set<string>();
	for (const path of paths) {
		const [, house, room] = /^(protocol|server|web)\/src\/([^/]+)\//.exec(path) ?? [];
		if (room && !known.has(room)) rooms.add(`${house}/src/${room}`);
	}
	return [...rooms];
}

/** Reads files named relative to `root`. */
export function readSources(root: string, paths: string[]): { path: string; text: string }[] {
	return paths.map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}
