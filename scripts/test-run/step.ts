import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import type { Counts } from './counts.ts';

/** One program of the test run. */
export interface Step {
	name: string;
	/** Arguments for Node; the first is a script. */
	node: string[];
	cwd?: string;
	env?: Record<string, string>;
	/** Left out: a check without tests of its own, judged by its exit code. */
	counts?: { from: 'output'; read: (output: string) => Counts } | { from: 'report'; file: string; read: (report: unknown) => Counts };
	minutes: number;
	/** Runs beside the steps after it, up to the first that counts tests of its own; what it says is shown when it has ended. */
	beside?: boolean;
}

export interface StepResult {
	name: string;
	ok: boolean;
	passed: number;
	failed: number;
	seconds: number;
	/** Why it failed when the counts don't tell. */
	note: string | null;
	/** Tests that passed when they were run once more. */
	secondTries: string[];
}

const running = new Set<ChildProcess>();

/** Ends what is running with everything it started; for Ctrl-C. */
export function stopRunning(): void {
	for (const { pid } of running) if (pid) killGroup(pid, 'SIGTERM');
}

/** Runs a step, its output shown as it comes, or of one beside others at its end. Never throws. */
export async function runStep(step: Step, root: string): Promise<StepResult> {
	const started = performance.now();
	if (step.counts?.from === 'report') rmSync(step.counts.file, { force: true });
	const { code, output, timedOut } = await execute(step, root);
	const seconds = (performance.now() - started) / 1000;
	const note = timedOut ? `no end after ${step.minutes} minutes` : code === 0 ? null : `exit code ${code}`;
	if (!step.counts) return { name: step.name, ok: code === 0, passed: 0, failed: code === 0 ? 0 : 1, seconds, note, secondTries: [] };
	const counts = countsOf(step.counts, output);
	if (counts.passed + counts.failed === 0) return { name: step.name, ok: false, passed: 0, failed: 1, seconds, note: note ?? 'no test ran', secondTries: [] };
	const failed = code === 0 && !timedOut ? counts.failed : Math.max(1, counts.failed);
	return { name: step.name, ok: failed === 0, passed: counts.passed, failed, seconds, note, secondTries: counts.secondTries ?? [] };
}

function countsOf(source: NonNullable<Step['counts']>, output: string): Counts {
	if (source.from === 'output') return source.read(output);
	if (!existsSync(source.file)) return { passed: 0, failed: 0 };
	return source.read(JSON.parse(readFileSync(source.file, 'utf8')));
}

function execute(step: Step, root: string): Promise<{ code: number; output: string; timedOut: boolean }> {
	return new Promise((resolve) => {
		const child = spawn(process.execPath, step.node, {
			cwd: step.cwd ?? root,
			env: { ...process.env, FORCE_COLOR: process.stdout.isTTY ? '1' : '0', ...step.env },
			stdio: ['ignore', 'pipe', 'pipe'],
			detached: true,
		});
		running.add(child);
		let output = '';
		let timedOut = false;
		const show = (stream: NodeJS.WriteStream) => (chunk: Buffer) => {
			if (!step.beside) stream.write(chunk);
			output = (output + chunk.toString('utf8')).slice(-400_000);
		};
		child.stdout.on('data', show(process.stdout));
		child.stderr.on('data', show(process.stderr));
		const timer = setTimeout(() => {
			timedOut = true;
			if (child.pid) killGroup(child.pid, 'SIGKILL');
		}, step.minutes * 60_000);
		const finish = (code: number) => {
			clearTimeout(timer);
			running.delete(child);
			if (step.beside) process.stdout.write(`\n── ${step.name}, which ran beside\n${output}`);
			resolve({ code, output, timedOut });
		};
		child.on('error', () => finish(127));
		child.on('close', (code) => finish(code ?? 1));
	});
}

function killGroup(pid: number, signal: NodeJS.Signals): void {
	try {
		process.kill(-pid, signal);
	} catch {
		// it ended by itself meanwhile
	}
}
