// The rules of the house that can be read off imports. scripts/checks/module-rules.test.ts proves that each of them can fail.

/** Earliest first: a domain imports only domains before it. */
export const levels = [
	'account',
	'shop',
	'order',
	'tab',
	'operator',
	'dispute',
	'provenance',
	'logistics',
	'review',
	'privacy',
	'live',
	'social',
	'promotion',
	'reward',
	'governance',
	'moderation',
	'discovery',
	'explorer',
];
const domains = levels.join('|');
const packages = 'contracts|protocol|server|web|testkit|e2e|bench|scripts';
const tests = '\\.(test|spec)\\.ts$|/test-[^/]+\\.ts$';

const others = (name) =>
	packages
		.split('|')
		.filter((p) => p !== name)
		.join('|');

const packageRules = [
	{
		name: 'protocol-stands-alone',
		comment: 'Server and web meet in the protocol; it knows neither.',
		severity: 'error',
		from: { path: '^protocol/' },
		to: { path: `^(${others('protocol')})/` },
	},
	{ name: 'server-never-imports-web', comment: 'API shapes live in the protocol.', severity: 'error', from: { path: '^server/' }, to: { path: '^web/' } },
	{ name: 'web-never-imports-server', comment: 'API shapes live in the protocol.', severity: 'error', from: { path: '^web/' }, to: { path: '^server/' } },
	{
		name: 'product-never-imports-tools',
		comment: 'Test kit, journeys, benchmarks and scripts look at the product, never the other way round.',
		severity: 'error',
		from: { path: '^(protocol|server|web)/', pathNot: tests },
		to: { path: '^(testkit|e2e|bench|scripts|contracts)/' },
	},
	{
		name: 'contracts-below-everything',
		comment: 'What contracts promise reaches others as generated code.',
		severity: 'error',
		from: { path: '^contracts/' },
		to: { path: '^(server|web|testkit|e2e|bench|scripts)/' },
	},
	{
		name: 'protocol-is-pure',
		comment: 'The protocol runs in browsers, servers and tests alike.',
		severity: 'error',
		from: { path: '^protocol/src/', pathNot: tests },
		to: { dependencyTypes: ['core'] },
	},
];

const roomRules = [
	{
		name: 'platform-knows-no-domain',
		comment: 'Platform is machinery; main (web: routes) composes.',
		severity: 'error',
		from: { path: '^(protocol|server|web)/src/platform/', pathNot: tests },
		to: { path: `^$1/src/(${domains}|main|routes)/` },
	},
	{
		name: 'enter-by-the-door',
		comment: 'Into another domain only through its public.ts or index.ts.',
		severity: 'error',
		from: { path: `^(protocol|server|web)/src/(${domains})/` },
		to: { path: `^$1/src/(${domains})/`, pathNot: '^$1/src/$2/|/(public|index)\\.ts$' },
	},
	{
		name: 'nobody-imports-main',
		comment: 'Main wires; nothing below needs it.',
		severity: 'error',
		from: { path: '^(server|web)/src/', pathNot: `^server/src/main/|^web/src/routes/|${tests}` },
		to: { path: '^server/src/main/|^web/src/routes/', dependencyTypesNot: ['type-only'] },
	},
	{
		name: 'only-chain-runs-the-chain',
		comment: 'One place opens the chain, embedded or by RPC.',
		severity: 'error',
		from: { path: '^server/src/', pathNot: `^server/src/platform/chain/|${tests}` },
		to: { path: 'node_modules/(hardhat|@nomicfoundation)/' },
	},
	{
		name: 'no-circles',
		comment: 'A circle of modules has no first page to read.',
		severity: 'error',
		from: { pathNot: '^web/' },
		to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
	},
	{
		name: 'resolvable',
		comment: 'Every import leads somewhere.',
		severity: 'error',
		from: { path: '^(protocol|server|testkit|e2e|bench|scripts)/' },
		to: { couldNotResolve: true, pathNot: '^(\\.\\./)*web/build/' },
	},
];

/** One rule per domain: none of the later ones. What a view only names as a type does not count. */
const levelRules = levels.slice(0, -1).map((domain, level) => ({
	name: `level-of-${domain}`,
	comment: 'Domains have levels; import earlier levels only.',
	severity: 'error',
	from: { path: `^(protocol|server|web)/src/${domain}/`, pathNot: tests },
	to: { path: `^$1/src/(${levels.slice(level + 1).join('|')})/`, dependencyTypesNot: ['type-only'] },
}));

export default {
	forbidden: [...packageRules, ...roomRules, ...levelRules],
	options: {
		doNotFollow: { path: 'node_modules' },
		// components' imports are checked by scripts/checks/source-rules.ts: this tool compiles components, and stumbles over runes
		exclude: { path: '\\.svelte$|(^|/)(build|\\.svelte-kit|paraglide|artifacts|cache)/' },
		tsPreCompilationDeps: true,
		detectProcessBuiltinModuleCalls: true,
		enhancedResolveOptions: {
			exportsFields: ['exports'],
			conditionNames: ['svelte', 'import', 'node', 'default'],
			extensions: ['.ts', '.js', '.mjs', '.svelte', '.json', '.d.ts'],
		},
		parser: 'tsc',
	},
};
