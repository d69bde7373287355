import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { connectDatabase } from './open-database.ts';
import { startPostgres } from './postgres-supervisor.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'kaishi-supervisor-'));
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

const pidOf = () => Number(readFileSync(join(dataDir, 'postgres', 'data', 'postmaster.pid'), 'utf8').split('\n')[0]);
const isAlive = (pid: number) => {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
};

/** Another process that starts the server, writes one row, says so, and waits to be killed. */
const script = `
import { startPostgres } from ${JSON.stringify(join(import.meta.dirname, 'postgres-supervisor.ts'))};
import { connectDatabase } from ${JSON.stringify(join(import.meta.dirname, 'open-database.ts'))};
const server = await startPostgres({ dataDir: ${JSON.stringify(dataDir)}, durable: true });
const db = connectDatabase(server);
await db.query('create table if not exists kept (id serial)');
await db.query('insert into kept default values');
process.send('ready');
setInterval(() => undefined, 1000);
`;

test('behavior: the server ends with a killed parent, and the next one finds everything', async () => {
	const file = join(dataDir, 'parent.mts');
	writeFileSync(file, script);
	for (let round = 1; round <= 2; round++) {
		const parent = fork(file, { execArgv: [], stdio: 'inherit' });
		await once(parent, 'message');
		const pid = pidOf();
		parent.kill('SIGKILL');
		await once(parent, 'exit');
		// The second round starts over a server that may still be going down.
		if (round === 2) await vi.waitFor(() => expect(isAlive(pid)).toBe(false), 10_000);
	}
	const server = await startPostgres({ dataDir, durable: true });
	const db = connectDatabase(server);
	expect((await db.query('select count(*) as n from kept')).rows[0]).toEqual({ n: 2 });
	await db.close();
	await server.stop();
});

test('behavior: a server that dies is brought up again, and the pool finds it', async () => {
	const server = await startPostgres({ dataDir, durable: true });
	const db = connectDatabase(server);
	await db.query('select 1');
	const first = pidOf();
	process.kill(first, 'SIGKILL');
	await vi.waitFor(async () => {
		expect((await db.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
		expect(pidOf()).not.toBe(first);
	}, 20_000);
	await db.close();
	await server.stop();
	expect(isAlive(first)).toBe(false);
});
