import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { findPostgresBinaries } from './postgres-binaries.ts';
import { giveTo, type ProcessOwner, placeForOwner, postgresOwner } from './process-owner.ts';

const run = promisify(execFile);

/** How to reach the supervised server: a socket directory that only its user and root can enter. No TCP. */
export interface Postgres {
	host: string;
	port: number;
	user: string;
	database: string;
	stop(): Promise<void>;
}

interface Setting {
	bin: string;
	data: string;
	socket: string;
	owner: ProcessOwner | null;
	durable: boolean;
}

const USER = 'kaishi';
const PORT = 5432;
const START_ATTEMPTS = 20;
const SOCKET_PREFIX = 'kaishi-pg-';

/**
 * Starts PostgreSQL over the npm-shipped binaries and keeps it running until `stop`.
 * `durable: false` skips fsync, for tests. Throws with PostgreSQL's own words when it does not come up.
 */
export async function startPostgres(options: { dataDir: string; durable: boolean }): Promise<Postgres> {
	const owner = postgresOwner();
	const place = placeForOwner(options.dataDir, owner);
	const data = join(place, 'data');
	const socket = makeSocketDirectory(join(place, 'socket'));
	mkdirSync(data, { recursive: true, mode: 0o700 });
	giveTo(data, owner);
	giveTo(socket, owner);
	const setting: Setting = { bin: findPostgresBinaries(owner), data, socket, owner, durable: options.durable };
	await initialise(setting);
	await stopOrphan(setting);
	const stop = await supervise(setting);
	return {
		host: socket,
		port: PORT,
		user: USER,
		database: 'postgres',
		async stop() {
			await stop();
			rmSync(socket, { recursive: true, force: true });
		},
	};
}

/** A short path, as sockets need; `note` remembers it, so that the next start can clear away what a killed one left. */
function makeSocketDirectory(note: string): string {
	const last = existsSync(note) ? readFileSync(note, 'utf8') : '';
	if (dirname(last) === tmpdir() && basename(last).startsWith(SOCKET_PREFIX)) rmSync(last, { recursive: true, force: true });
	const socket = mkdtempSync(join(tmpdir(), SOCKET_PREFIX));
	writeFileSync(note, socket);
	return socket;
}

const processOptions = ({ owner, socket }: Setting) => ({ ...(owner ?? {}), env: { LC_ALL: 'C', PATH: '/usr/bin:/bin' }, cwd: socket });

async function initialise(setting: Setting): Promise<void> {
	if (existsSync(join(setting.data, 'PG_VERSION'))) return;
	// C.utf8 rather than C: under C pg_trgm silently drops Chinese.
	const args = ['-D', setting.data, '-U', USER, '--auth=trust', '--encoding=UTF8', '--locale=C.utf8'];
	if (!setting.durable) args.push('--no-sync');
	try {
		await run(join(setting.bin, 'initdb'), args, processOptions(setting));
	} catch (cause) {
		throw new Error(`initdb failed: ${(cause as { stderr?: string }).stderr ?? cause}`, { cause });
	}
}

/** A killed parent leaves its server behind; its memory and sockets are lost to us, its data is not. */
async function stopOrphan(setting: Setting): Promise<void> {
	if (!existsSync(join(setting.data, 'postmaster.pid'))) return;
	const args = ['-D', setting.data, '-m', 'fast', '-w', '-t', '30', 'stop'];
	// Fails when the process is gone already; a start that then fails says why.
	await run(join(setting.bin, 'pg_ctl'), args, processOptions(setting)).catch(() => undefined);
}

/** Brings the server up and, when it dies by itself, up again. */
async function supervise(setting: Setting): Promise<() => Promise<void>> {
	let stopping = false;
	let child = await launch(setting);
	let watchdog = startWatchdog(child, setting);
	const watch = () =>
		child.once('exit', async () => {
			watchdog.kill('SIGKILL');
			while (!stopping) {
				try {
					child = await launch(setting);
					watchdog = startWatchdog(child, setting);
					watch();
					return;
				} catch {
					await sleep(1000);
				}
			}
		});
	watch();
	return async () => {
		stopping = true;
		if (child.exitCode !== null || child.signalCode !== null) return;
		const gone = new Promise((resolve) => child.once('exit', resolve));
		child.kill('SIGINT');
		await gone;
	};
}

/**
 * Ends the server when this process ends in whatever way: the shell reads a pipe whose other end only we hold, and
 * SIGINT makes PostgreSQL shut down at once and cleanly.
 */
function startWatchdog(child: ChildProcess, setting: Setting): ChildProcess {
	const watchdog = spawn('/bin/sh', ['-c', 'cat >/dev/null; kill -INT "$1"', 'sh', String(child.pid)], {
		...processOptions(setting),
		stdio: ['pipe', 'ignore', 'ignore'],
	});
	watchdog.on('error', () => undefined);
	watchdog.unref();
	(watchdog.stdin as Socket | null)?.unref();
	return watchdog;
}

async function launch(setting: Setting): Promise<ChildProcess> {
	const args = ['-D', setting.data, '-k', setting.socket, '-p', String(PORT)];
	const settings = { listen_addresses: '', unix_socket_permissions: '0700', max_connections: '60', fsync: setting.durable ? 'on' : 'off', jit: 'off' };
	for (const [name, value] of Object.entries(settings)) args.push('-c', `${name}=${value}`);
	for (let attempt = 1; ; attempt++) {
		const { child, ready, log } = await tryLaunch(join(setting.bin, 'postgres'), args, setting);
		if (ready) return child;
		// The orphan may still be writing its last checkpoint.
		if (attempt >= START_ATTEMPTS || !log.includes('postmaster.pid')) throw new Error(`PostgreSQL did not start: ${log}`);
		await sleep(300);
	}
}

async function tryLaunch(file: string, args: string[], setting: Setting) {
	const child = spawn(file, args, { ...processOptions(setting), stdio: ['ignore', 'ignore', 'pipe'] });
	let log = '';
	const ready = await new Promise<boolean>((resolve) => {
		child.stderr.on('data', (chunk: Buffer) => {
			log = (log + chunk.toString()).slice(-4000);
			if (log.includes('ready to accept connections')) resolve(true);
		});
		child.once('exit', () => resolve(false));
		child.once('error', (error) => {
			log += error.message;
			resolve(false);
		});
	});
	return { child, ready, log };
}
