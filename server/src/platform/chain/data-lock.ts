import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

interface Holder {
	pid: number;
	/** Kernel's start time of the process, so that a reused pid is not mistaken for its former owner. */
	started: string | null;
}

/** Thrown when another living process holds the data directory. */
export class DataLockedError extends Error {
	override name = 'DataLockedError';
}

const heldHere = new Set<string>();

/**
 * Takes the only writer's place in a data directory; `path` is the lock file. The lock of a dead process is adopted.
 * Returns the release. Throws `DataLockedError` naming the other process.
 */
export function lockData(path: string): () => void {
	if (heldHere.has(path)) throw new DataLockedError(`this process already uses ${dirname(path)}`);
	mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
	const mine: Holder = { pid: process.pid, started: startOf(process.pid) };
	const draft = `${path}.${process.pid}`;
	const fd = openSync(draft, 'w', 0o600);
	writeSync(fd, JSON.stringify(mine));
	fsyncSync(fd);
	closeSync(fd);
	try {
		for (let attempt = 0; !tryLink(draft, path); attempt++) {
			const holder = readHolder(path);
			if (holder !== null && isAlive(holder)) throw new DataLockedError(`${dirname(path)} is in use by process ${holder.pid}`);
			if (attempt === 5) throw new DataLockedError(`${path} cannot be taken over`);
			setAside(path);
		}
	} finally {
		rmSync(draft, { force: true });
	}
	heldHere.add(path);
	return () => {
		if (heldHere.delete(path)) rmSync(path, { force: true });
	};
}

/** `link` either creates the lock or fails: no moment in which two processes both believe they hold it. */
function tryLink(draft: string, path: string): boolean {
	try {
		linkSync(draft, path);
		return true;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
		throw error;
	}
}

/** Moves a dead process's lock away; puts it back when a living one took its place in between. */
function setAside(path: string) {
	const aside = `${path}.stale.${process.pid}`;
	try {
		renameSync(path, aside);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
		throw error;
	}
	const moved = readHolder(aside);
	if (moved !== null && isAlive(moved)) tryLink(aside, path);
	rmSync(aside, { force: true });
}

function readHolder(path: string): Holder | null {
	try {
		const holder: unknown = JSON.parse(readFileSync(path, 'utf8'));
		return typeof holder === 'object' && holder !== null && 'pid' in holder && typeof holder.pid === 'number' ? (holder as Holder) : null;
	} catch {
		// Gone, or torn by a crash: nobody holds it.
		return null;
	}
}

function isAlive(holder: Holder): boolean {
	if (holder.pid === process.pid) return false;
	try {
		process.kill(holder.pid, 0);
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
	const started = startOf(holder.pid);
	return holder.started === null || started === null || started === holder.started;
}

/** Field 22 of /proc/<pid>/stat; null where there is no such file. */
function startOf(pid: number): string | null {
	try {
		const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
		const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
		// A zombie has ended, though its pid is still listed.
		return fields[0] === 'Z' ? 'ended' : (fields[19] ?? null);
	} catch {
		return null;
	}
}
