import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Migration, migrate } from './migrate.ts';
import { connectDatabase, type OpenDatabase } from './open-database.ts';
import { type Postgres, startPostgres } from './postgres-supervisor.ts';

interface TestServer {
	postgres: Postgres;
	dataDir: string;
	templates: Map<string, Promise<string>>;
}

let server: Promise<TestServer> | null = null;
let open = 0;

/**
 * A database of its own for a test, copied from a template that has `migrations` in it; `close` drops it.
 * One server, without fsync, serves a process and stops when its last database is closed.
 */
export async function createTestDatabase(migrations: readonly Migration[] = []): Promise<OpenDatabase> {
	open++;
	server ??= startTestServer();
	const { postgres, templates } = await server;
	const key = `template_${createHash('sha256').update(JSON.stringify(migrations)).digest('hex').slice(0, 20)}`;
	let template = templates.get(key);
	if (!template) {
		template = buildTemplate(postgres, key, migrations);
		templates.set(key, template);
	}
	const name = `test_${randomBytes(8).toString('hex')}`;
	await asAdmin(postgres, `create database ${name} template ${await template}`);
	return connectDatabase(connectionTo(postgres, name), async () => {
		await asAdmin(postgres, `drop database if exists ${name} with (force)`);
		await leave();
	});
}

async function leave(): Promise<void> {
	if (--open > 0 || !server) return;
	const last = server;
	server = null;
	const { postgres, dataDir } = await last;
	await postgres.stop();
	rmSync(dataDir, { recursive: true, force: true });
}

async function startTestServer(): Promise<TestServer> {
	const dataDir = mkdtempSync(join(tmpdir(), 'kaishi-test-pg-'));
	return { postgres: await startPostgres({ dataDir, durable: false }), dataDir, templates: new Map() };
}

async function buildTemplate(postgres: Postgres, name: string, migrations: readonly Migration[]): Promise<string> {
	await asAdmin(postgres, `create database ${name}`);
	const db = connectDatabase(connectionTo(postgres, name));
	await migrate(db, migrations);
	await db.close();
	return name;
}

async function asAdmin(postgres: Postgres, sql: string): Promise<void> {
	const db = connectDatabase(connectionTo(postgres, postgres.database));
	await db.query(sql);
	await db.close();
}

const connectionTo = ({ host, port, user }: Postgres, database: string) => ({ host, port, user, database });
