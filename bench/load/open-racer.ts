import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FromRacer, Hit, RacePlan, Shot, ToRacer } from './messages.ts';

export interface Target {
	origin: string;
	path: string;
	/** As many as shots: everybody at the same moment. */
	connections: number;
	/** Call `onReached` after this many answers with status 200. */
	tellAfter?: number;
	onReached?: () => void;
}

/** A second process that races: what it costs is the buyers' own. */
export interface Racer {
	readonly pid: number;
	/** Opens the connections; then `go` sends, and resolves when everything is answered. */
	aim(target: Target, shots: readonly Shot[]): Promise<{ go(): Promise<{ hits: Hit[]; cpuMs: number }> }>;
	close(): Promise<void>;
}

/** Room for everything that a race leaves behind, and none of it swept up in the middle: thousands of buyers do not collect their garbage on the market's machine. */
const ROOMY = ['--expose-gc', '--min-semi-space-size=128', '--max-semi-space-size=128', '--initial-old-space-size=512'];

export function openRacer(): Racer {
	const child = fork(join(import.meta.dirname, 'racer.ts'), { stdio: 'inherit', execArgv: ROOMY });
	const dir = mkdtempSync(join(tmpdir(), 'kaishi-race-'));
	const gone = once(child, 'exit');
	return {
		pid: child.pid ?? 0,
		async aim(target, shots) {
			const plan: RacePlan = {
				origin: target.origin,
				path: target.path,
				shotsFile: join(dir, 'shots'),
				hitsFile: join(dir, 'hits'),
				connections: Math.min(target.connections, shots.length),
				tellAfter: target.tellAfter ?? null,
			};
			writeFileSync(plan.shotsFile, shots.map((shot) => JSON.stringify(shot)).join('\n'));
			await ask(child, { plan }, 'ready');
			return {
				async go() {
					const told = await ask(child, { go: true }, 'done', target.onReached);
					const hits = readFileSync(plan.hitsFile, 'utf8')
						.split('\n')
						.map((line) => JSON.parse(line) as Hit);
					return { hits, cpuMs: 'cpuMs' in told ? told.cpuMs : 0 };
				},
			};
		},
		async close() {
			child.disconnect();
			await gone;
			rmSync(dir, { recursive: true, force: true });
		},
	};
}

function ask(child: ChildProcess, message: ToRacer, answer: 'ready' | 'done', onReached?: () => void): Promise<FromRacer> {
	return new Promise((resolve, reject) => {
		const ended = () => reject(new Error('the racer ended'));
		const listen = (told: FromRacer) => {
			if ('reached' in told) return onReached?.();
			child.off('message', listen);
			child.off('exit', ended);
			if ('failed' in told) reject(new Error(told.failed));
			else if (answer in told) resolve(told);
			else reject(new Error(`the racer answered ${JSON.stringify(told)}`));
		};
		child.on('message', listen);
		child.once('exit', ended);
		child.send(message);
	});
}
