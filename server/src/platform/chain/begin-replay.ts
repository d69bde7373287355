import { join } from 'node:path';
import { lockData } from './data-lock.ts';
import { openEdr } from './executor.ts';
import { Journal, type JournalFile, openJournalFile } from './journal.ts';
import { HastyReplayError, Replay } from './replay.ts';

/** A data directory that is this process's alone, and its journal on the way into the EVM. */
export interface BegunReplay {
	/** Once the EVM is at work in its own thread, or there is nothing for it to do. */
	readonly underway: Promise<void>;
	/** Rejects with `ReplayError` when it differs from what was, `JournalDamagedError` when it is damaged. */
	readonly done: Promise<{ journal: Journal; replay: Replay }>;
	/** Ends it, once it is done, and leaves the directory to others; once. */
	leave(): Promise<void>;
}

/**
 * Takes `dataDir/chain` and begins to replay its journal. Needs next to none of the server's code: that is loaded meanwhile.
 * Throws `DataLockedError` when another process uses the directory.
 */
export function beginReplay(dataDir: string, openFile: (path: string) => Promise<JournalFile> = openJournalFile): BegunReplay {
	const dir = join(dataDir, 'chain');
	const release = lockData(join(dir, 'lock'));
	const underway = Promise.withResolvers<void>();
	const done = replayAll(join(dir, 'journal'), openFile, underway.resolve);
	// Whoever waits for it is told; nobody does when something else fails first.
	done.catch(() => undefined).finally(underway.resolve);
	let leaving: Promise<void> | null = null;
	const leave = async () => {
		const opened = await done.catch(() => null);
		await opened?.replay.executor?.close();
		await opened?.journal.close();
		release();
	};
	return { underway: underway.promise, done, leave: () => (leaving ??= leave()) };
}

async function replayAll(path: string, openFile: (path: string) => Promise<JournalFile>, onUnderway: () => void) {
	const file = await openFile(path);
	const attempt = async (hasty: boolean) => {
		const replay = new Replay(openEdr, { hasty, onUnderway });
		try {
			return { replay, journal: await Journal.open(file, (record, isLast) => replay.apply(record, isLast)) };
		} catch (error) {
			await replay.executor?.close();
			throw error;
		}
	};
	try {
		return await attempt(true).catch((error: unknown) => {
			if (error instanceof HastyReplayError) return attempt(false);
			throw error;
		});
	} catch (error) {
		await file.close();
		throw error;
	}
}
