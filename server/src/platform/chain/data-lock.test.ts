import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DataLockedError, lockData } from './data-lock.ts';

let dir: string;
let path: string;
beforeEach(() => {
	dir = mkdtempSync(join(tmpdir(), 'kaishi-lock-'));
	path = join(dir, 'lock');
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

test('default: one holder at a time, free again after release', () => {
	const release = lockData(path);
	expect(() => lockData(path)).toThrow(DataLockedError);
	release();
	expect(existsSync(path)).toBe(false);
	lockData(path)();
});

test('error: names the living process that holds it', async () => {
	const child = spawn('sleep', ['30']);
	await new Promise((resolve) => child.once('spawn', resolve));
	writeFileSync(path, JSON.stringify({ pid: child.pid, started: null }));
	expect(() => lockData(path)).toThrow(new RegExp(`in use by process ${child.pid}`));
	const ended = new Promise((resolve) => child.once('exit', resolve));
	child.kill('SIGKILL');
	await ended;
	lockData(path)();
});

test.each([
	['a dead process', JSON.stringify({ pid: 2 ** 22 - 3, started: '1' })],
	['a process whose pid somebody else has now', JSON.stringify({ pid: 1, started: '0' })],
	['an earlier process with our own pid', JSON.stringify({ pid: process.pid, started: '1' })],
	['a crash in the middle of writing', '{"pi'],
])('behavior: the lock of %s is adopted', (_, content) => {
	writeFileSync(path, content);
	const release = lockData(path);
	expect(JSON.parse(readFileSync(path, 'utf8')).pid).toBe(process.pid);
	release();
});
