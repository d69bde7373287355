import { chmodSync, chownSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** The user that PostgreSQL runs as, when we may not run it as ourselves. */
export interface ProcessOwner {
	uid: number;
	gid: number;
}

/** PostgreSQL refuses to run as root: then it runs as `nobody`. Null: as ourselves. */
export function postgresOwner(): ProcessOwner | null {
	if (process.getuid?.() !== 0) return null;
	const nobody = /^nobody:[^:]*:(\d+):(\d+)/m.exec(readFileSync('/etc/passwd', 'utf8'));
	if (!nobody) throw new Error('running as root, and there is no user "nobody" for PostgreSQL');
	return { uid: Number(nobody[1]), gid: Number(nobody[2]) };
}

/** Whether `owner` may enter `path` through all its parents. */
export function canTraverse(path: string, owner: ProcessOwner): boolean {
	for (let at = path; ; at = dirname(at)) {
		const { mode, uid, gid } = statSync(at);
		const bit = uid === owner.uid ? 0o100 : gid === owner.gid ? 0o010 : 0o001;
		if ((mode & bit) === 0) return false;
		if (at === dirname(at)) return true;
	}
}

/**
 * A directory for the database's files that `owner` can use: `dataDir/postgres`, or, when `dataDir` lies below a private
 * home, one elsewhere whose place is noted in `dataDir`, so that deleting `dataDir` also forgets it.
 */
export function placeForOwner(dataDir: string, owner: ProcessOwner | null): string {
	const usual = join(dataDir, 'postgres');
	mkdirSync(usual, { recursive: true });
	if (owner === null) return usual;
	// Passing through is all that is granted: names and contents stay hidden.
	for (const dir of [dataDir, usual]) chmodSync(dir, statSync(dir).mode | 0o011);
	if (canTraverse(usual, owner)) return usual;
	const note = join(dataDir, 'postgres', 'location');
	if (existsSync(note)) {
		const noted = readFileSync(note, 'utf8');
		if (existsSync(noted) && lstatSync(noted).isDirectory()) return noted;
	}
	const parent = existsSync('/var/lib') && canTraverse('/var/lib', owner) ? '/var/lib' : tmpdir();
	const elsewhere = mkdtempSync(join(parent, 'kaishi-'));
	chmodSync(elsewhere, 0o711);
	writeFileSync(note, elsewhere);
	return elsewhere;
}

export function giveTo(path: string, owner: ProcessOwner | null): void {
	if (owner) chownSync(path, owner.uid, owner.gid);
}
