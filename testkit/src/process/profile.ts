import { writeFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';

let session: Session | null = null;

/** Samples this process four thousand times per second. */
export async function startProfile(): Promise<void> {
	session = new Session();
	session.connect();
	await session.post('Profiler.enable');
	await session.post('Profiler.setSamplingInterval', { interval: 250 });
	await session.post('Profiler.start');
}

/** Writes a `.cpuprofile`. Throws when none was started. */
export async function stopProfile(file: string): Promise<void> {
	if (session === null) throw new Error('no profile was started');
	const { profile } = await session.post('Profiler.stop');
	session.disconnect();
	session = null;
	writeFileSync(file, JSON.stringify(profile));
}
