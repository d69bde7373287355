import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');

test('a promise that nobody waits for fails the lint', () => {
	const house = mkdtempSync(join(tmpdir(), 'kaishi-floating-'));
	try {
		writeFileSync(
			join(house, 'tsconfig.json'),
			JSON.stringify({ compilerOptions: { target: 'es2024', module: 'nodenext', strict: true, noEmit: true, types: [] }, include: ['*.ts'] }),
		);
		writeFileSync(join(house, 'lost.ts'), 'async function save(): Promise<void> {}\nexport function leave(): void {\n\tsave();\n}\n');
		writeFileSync(join(house, 'kept.ts'), 'async function save(): Promise<void> {}\nexport async function stay(): Promise<void> {\n\tawait save();\n}\n');
		const oxlint = join(root, 'node_modules/oxlint/bin/oxlint');
		const { stdout, status } = spawnSync(process.execPath, [oxlint, '--type-aware', '-c', join(root, '.oxlintrc.json'), '.'], { cwd: house, encoding: 'utf8' });
		expect(status).not.toBe(0);
		expect(stdout).toContain('no-floating-promises');
		expect(stdout).toContain('lost.ts');
		expect(stdout).not.toContain('kept.ts');
	} finally {
		rmSync(house, { recursive: true, force: true });
	}
});
