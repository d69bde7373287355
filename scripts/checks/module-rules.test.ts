import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { afterAll, beforeAll, expect, test } from 'vitest';
import config, { levels } from '../../.dependency-cruiser.mjs';

/** One house in which every rule is broken once: path → what it imports. */
const violations: Record<string, [path: string, imported: string]> = {
	'protocol-stands-alone': ['protocol/src/order/a.ts', 'server/src/order/public.ts'],
	'server-never-imports-web': ['server/src/order/b.ts', 'web/src/order/index.ts'],
	'web-never-imports-server': ['web/src/order/c.ts', 'server/src/order/public.ts'],
	'product-never-imports-tools': ['server/src/order/d.ts', 'testkit/src/index.ts'],
	'contracts-below-everything': ['contracts/scripts/e.ts', 'server/src/order/public.ts'],
	'protocol-is-pure': ['protocol/src/order/f.ts', 'node:fs'],
	'platform-knows-no-domain': ['server/src/platform/http/g.ts', 'server/src/order/public.ts'],
	'enter-by-the-door': ['server/src/review/h.ts', 'server/src/order/query.ts'],
	'nobody-imports-main': ['server/src/order/i.ts', 'server/src/main/index.ts'],
	'only-chain-runs-the-chain': ['server/src/order/j.ts', 'node_modules/hardhat/index.ts'],
	'no-circles': ['server/src/order/k.ts', 'server/src/order/k2.ts'],
	resolvable: ['server/src/order/l.ts', 'server/src/order/nowhere.ts'],
};
for (const [level, domain] of levels.entries()) {
	const later = levels[level + 1];
	if (later) violations[`level-of-${domain}`] = [`server/src/${domain}/z.ts`, `server/src/${later}/public.ts`];
}

let house: string;
let found: Set<string>;

beforeAll(async () => {
	house = mkdtempSync(join(tmpdir(), 'kaishi-rules-'));
	const put = (path: string, text: string) => {
		mkdirSync(dirname(join(house, path)), { recursive: true });
		writeFileSync(join(house, path), text);
	};
	const relative = (from: string, to: string) => (to.startsWith('node:') ? to : `${'../'.repeat(from.split('/').length - 1)}${to}`);
	for (const [, imported] of Object.values(violations)) {
		if (!imported.startsWith('node:') && !imported.endsWith('nowhere.ts')) put(imported, 'export const there = 1;\n');
	}
	for (const [path, imported] of Object.values(violations)) put(path, `import * as it from '${relative(path, imported)}';\nexport const used = it;\n`);
	put('server/src/order/k2.ts', "import { used } from './k.ts';\nexport const there = used;\n");
	const { output } = await cruise(['.'], { ...config.options, baseDir: house, ruleSet: { forbidden: config.forbidden }, validate: true } as never);
	found = new Set((output as ICruiseResult).summary.violations.map((v) => v.rule.name));
});
afterAll(() => rmSync(house, { recursive: true, force: true }));

test.each(config.forbidden.map((rule: { name: string }) => rule.name))('%s can fail', (name) => {
	expect(violations, 'each rule has a violating fixture').toHaveProperty(name);
	expect([...found]).toContain(name);
});
