import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const stampFile = join(root, 'web/build/.kaishi-stamp');
const ignored = /(^|\/)(node_modules|build|\.svelte-kit|paraglide)(\/|$)|(^|\/)README\.md$|\.test\.ts$/;

/** Changes when anything the build reads changes. */
function hashSources(): string {
	const hash = createHash('sha256')
		.update(process.version)
		.update(readFileSync(join(root, 'package-lock.json')));
	const files = globSync(['web/**/*', 'protocol/src/**/*'], { cwd: root, withFileTypes: true, exclude: (entry) => ignored.test(entry.name) });
	const paths = files.filter((entry) => entry.isFile() && !ignored.test(entry.name)).map((entry) => join(entry.parentPath, entry.name));
	for (const path of paths.sort()) hash.update(path.slice(root.length)).update('\0').update(readFileSync(path)).update('\0');
	return hash.digest('hex');
}

/** Builds the web unless its sources are those of the last build. Resolves to whether it built; throws with the builder's words. */
export async function buildWeb(): Promise<boolean> {
	const stamp = hashSources();
	if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return false;
	const { code, output } = await run(['node_modules/vite/bin/vite.js', 'build'], join(root, 'web'));
	if (code !== 0) throw new Error(`the web could not be built:\n${output.slice(-4000)}`);
	writeFileSync(stampFile, stamp);
	return true;
}

function run([script = '', ...args]: string[], cwd: string): Promise<{ code: number | null; output: string }> {
	return new Promise((resolve, reject) => {
		const child = spawn(process.execPath, [join(root, script), ...args], {
			cwd,
			stdio: ['ignore', 'pipe', 'pipe'],
			env: { ...process.env, NODE_ENV: 'production' },
		});
		let output = '';
		const keep = (chunk: Buffer) => {
			output += chunk.toString('utf8');
		};
		child.stdout.on('data', keep);
		child.stderr.on('data', keep);
		child.on('error', reject);
		child.on('close', (code) => resolve({ code, output }));
	});
}

if (import.meta.main) {
	const started = performance.now();
	const built = await buildWeb();
	console.log(built ? `web built in ${((performance.now() - started) / 1000).toFixed(1)} s` : 'web: unchanged since the last build');
}
