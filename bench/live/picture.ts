// What a show's picture costs the stage, and what it stands: `node bench/live/picture.ts --viewers 500 --seconds 10`.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { readOwnCpuMs } from '../load/process-cpu.ts';
import { openPictureStage, type PictureStage } from './picture-stage.ts';
import type { FromViewers, ToViewers } from './viewers-process.ts';

export interface PictureFigures {
	viewers: number;
	kbps: number;
	/** From opening the socket to the first picture, ms, while all join within two seconds. */
	joined: { p50: number; p95: number; max: number; missed: number };
	/** Longest time without a message at one who was there before, ms: while others joined, and otherwise. */
	gapMs: { storm: number; steady: number };
	/** Of one core, by one viewer. */
	cpuPercentPerViewer: number;
	/** Of one stalled viewer, after ten seconds of the show; of the kernel's own buffers nothing. */
	stalledKb: number;
	/** From the first picture of a host who came back to its arrival at a viewer, ms. */
	backMs: number;
	/** From kill -9 of the stage to the next picture at a viewer who had come back, ms. */
	killMs: number;
}

const STALLED = 20;
const STORM_MS = 2000;
/** A stage just begun is still being compiled. */
const WARM_UP_MS = 3000;

export async function benchPicture({ viewers, seconds }: { viewers: number; seconds: number }): Promise<PictureFigures> {
	const place = await openPictureStage();
	const crowd = fork(join(import.meta.dirname, 'viewers-process.ts'), { stdio: 'inherit' });
	try {
		await place.publish();
		const witness = await place.watch();
		await sleep(WARM_UP_MS);
		const steadyBefore = witness.takeGap();
		const joining = ask(crowd, place, viewers, STORM_MS, true);
		witness.takeGap();
		const { firstMs, missed } = await joining;
		const storm = witness.takeGap();
		const cpuPercentPerViewer = (await cpuPercent(place, seconds)) / (viewers + 1);
		const steady = Math.max(steadyBefore, witness.takeGap());
		const stalledKb = await stall(place, seconds);
		const backMs = await comeBack(place);
		const killMs = await kill(place);
		const sorted = firstMs.sort((a, b) => a - b);
		const at = (share: number) => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? -1);
		const joined = { p50: at(0.5), p95: at(0.95), max: at(1), missed };
		return { viewers, kbps: place.kbps, joined, gapMs: { storm, steady }, cpuPercentPerViewer, stalledKb, backMs, killMs };
	} finally {
		crowd.kill('SIGKILL');
		await place.close();
	}
}

async function ask(crowd: ChildProcess, place: PictureStage, count: number, overMs: number, reads: boolean): Promise<FromViewers> {
	const message: ToViewers = { type: 'watch', port: place.port, ...(await place.watchPlace()), count, overMs, reads };
	crowd.send(message);
	const [answer] = (await once(crowd, 'message')) as [FromViewers];
	return answer;
}

/** Of one core, while nothing changes. */
async function cpuPercent(place: PictureStage, seconds: number): Promise<number> {
	const [before, began] = [cpuOf(place), performance.now()];
	await sleep(seconds * 1000);
	return ((cpuOf(place) - before) / (performance.now() - began)) * 100;
}

const cpuOf = (place: PictureStage) => readOwnCpuMs(place.stage.pid ?? 0) ?? Number.NaN;

/** What the stage grows by for each viewer who takes nothing any more, kB. */
async function stall(place: PictureStage, seconds: number): Promise<number> {
	const crowd = fork(join(import.meta.dirname, 'viewers-process.ts'), { stdio: 'inherit' });
	const before = residentKb(place.stage.pid ?? 0);
	await ask(crowd, place, STALLED, 500, false);
	await sleep(Math.max(10, seconds) * 1000);
	const grown = residentKb(place.stage.pid ?? 0) - before;
	crowd.kill('SIGKILL');
	return Math.round(Math.max(0, grown) / STALLED);
}

/** See proc(5). */
const residentKb = (pid: number) => Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);

async function comeBack(place: PictureStage): Promise<number> {
	place.unplug();
	await sleep(1000);
	const witness = await place.watch();
	const began = await place.publish();
	const ms = (await witness.next()) - began;
	witness.close();
	return Math.round(ms);
}

async function kill(place: PictureStage): Promise<number> {
	const began = performance.now();
	process.kill(place.stage.pid ?? 0, 'SIGKILL');
	// As browsers do: again and again, until somebody answers.
	for (;;) {
		await sleep(50);
		try {
			await place.publish();
			const witness = await place.watch();
			const at = await witness.next();
			witness.close();
			return Math.round(at - began);
		} catch {
			// not yet
		}
	}
}

if (import.meta.main) {
	const { values } = parseArgs({ options: { viewers: { type: 'string', default: '500' }, seconds: { type: 'string', default: '10' } } });
	console.log(JSON.stringify(await benchPicture({ viewers: Number(values.viewers), seconds: Number(values.seconds) })));
}
