import { expect, test } from 'vitest';
import { findComponentTrespass, findForbidden, findUnknownRooms, sourceRules } from './source-rules.ts';

const violations: Record<string, { path: string; text: string }> = {
	'only-config-reads-the-environment': { path: 'server/src/order/query.ts', text: 'const port = process.env.PORT;' },
	'only-chain-opens-rpc': { path: 'server/src/order/routes.ts', text: 'const client = createPublicClient({ transport: http(url) });' },
	'only-relayer-holds-keys': { path: 'server/src/account/routes.ts', text: 'const operator = privateKeyToAccount(key);' },
	'protocol-is-pure': { path: 'protocol/src/order/lifecycle.ts', text: 'const now = Date.now();' },
	'no-guessable-randomness': { path: 'web/src/order/salt.ts', text: 'const salt = Math.random();' },
	'no-raw-html': { path: 'web/src/shop/Title.svelte', text: '<h1>{@html title}</h1>' },
	'nothing-left-behind': { path: 'server/src/order/jobs.ts', text: `// ${'TO'}DO later` },
};

test.each(sourceRules.map((rule) => rule.name))('%s can fail', (name) => {
	const violation = violations[name];
	expect(violation, 'each rule has a violating fixture').toBeDefined();
	expect(findForbidden([violation!]).map((f) => f.rule)).toContain(name);
});

test('behavior: places that may', () => {
	const allowed = [
		{ path: 'server/src/platform/config/read-config.ts', text: 'const port = process.env.PORT;' },
		{ path: 'server/src/platform/chain/rpc-chain.ts', text: 'createPublicClient({})' },
		{ path: 'server/src/order/query.test.ts', text: 'process.env.X = Math.random()' },
		{ path: 'protocol/src/order/lifecycle.ts', text: '// never Date.now()' },
	];
	expect(findForbidden(allowed)).toEqual([]);
});

test.each([
	['web-never-imports-server', 'web/src/order/Pay.svelte', "import { openMarket } from '@kaishi/server';"],
	['web-never-imports-server', 'web/src/routes/+page.svelte', "import x from '../../../server/src/main/index.ts';"],
	['platform-knows-no-domain', 'web/src/platform/ui/Card.svelte', "import { price } from '#domain/order/index.ts';"],
	['enter-by-the-door', 'web/src/review/Form.svelte', "import Row from '../order/Row.svelte';"],
	['level-of-order', 'web/src/order/Pay.svelte', "import { Stars } from '#domain/review/index.ts';"],
	['nobody-imports-main', 'web/src/order/Pay.svelte', "import Page from '../routes/+page.svelte';"],
])('%s can fail in components', (rule, path, text) => {
	expect(findComponentTrespass([{ path, text }]).map((f) => f.rule)).toEqual([rule]);
});

test('behavior: components that keep the rules', () => {
	const text = [
		"import Button from '#platform/ui/Button.svelte';",
		"import { price } from '#domain/shop/index.ts';",
		"import Row from './Row.svelte';",
		"import type { OrderView } from '@kaishi/protocol/order';",
	].join('\n');
	expect(findComponentTrespass([{ path: 'web/src/order/Pay.svelte', text }])).toEqual([]);
});

test('a room outside the plan is found', () => {
	expect(findUnknownRooms(['server/src/order/query.ts', 'web/src/routes/+page.svelte', 'web/src/app.d.ts', 'server/src/helpers/a.ts'])).toEqual([
		'server/src/helpers',
	]);
});
