import pg from 'pg';
import type { Database, Queryable } from './database.ts';
import type { Postgres } from './postgres-supervisor.ts';
import { nameOfStatement } from './statement-names.ts';

/** A database together with how to reach it, for listeners that need a connection of their own. */
export interface OpenDatabase extends Database {
	readonly connection: pg.ClientConfig;
}

const INT8 = 20;

/** Our 64-bit columns hold block numbers, counts and Unix seconds, all far below 2^53; amounts are `numeric` and stay strings. */
const types: pg.CustomTypesConfig = {
	getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
		oid === INT8 ? (value: string) => Number(value) : pg.types.getTypeParser(oid, format as 'text')) as pg.CustomTypesConfig['getTypeParser'],
};

/** @param from An existing PostgreSQL's URL, or the embedded one, which is stopped with the database. */
export async function openDatabase(from: string | Promise<Postgres>): Promise<OpenDatabase> {
	if (typeof from === 'string') return connectDatabase({ connectionString: from });
	const server = await from;
	const { host, port, user, database } = server;
	return connectDatabase({ host, port, user, database }, () => server.stop());
}

/** Opens a pool; `onClose` runs after the pool has ended. `unusual`: what this pool has otherwise than others. */
export function connectDatabase(connection: pg.ClientConfig, onClose?: () => Promise<void>, unusual: pg.PoolConfig = {}): OpenDatabase {
	const pool = new pg.Pool({ ...connection, types, max: 16, application_name: 'kaishi', ...unusual });
	// An idle connection that the server dropped is replaced at its next use; unheard, the event would end the process.
	pool.on('error', () => undefined);
	// The same for one in use: the statement that runs on it fails, and that is where it is handled.
	pool.on('connect', (client) => client.on('error', () => undefined));
	let closing: Promise<void> | null = null;
	return {
		connection,
		query: (sql, params) => query(pool, sql, params),
		transaction: (work) => transaction(pool, work),
		close: () => (closing ??= pool.end().then(() => onClose?.())),
	};
}

function query<R extends pg.QueryResultRow>(on: pg.Pool | pg.PoolClient, sql: string, params?: unknown[]): Promise<pg.QueryResult<R>> {
	const name = params ? nameOfStatement(sql) : undefined;
	return on.query<R>(name ? { name, text: sql, values: params } : { text: sql, values: params });
}

async function transaction<T>(pool: pg.Pool, work: (db: Queryable) => Promise<T>): Promise<T> {
	const client = await pool.connect();
	let broken: Error | undefined;
	try {
		await client.query('begin');
		const result = await work({ query: (sql, params) => query(client, sql, params) });
		await client.query('commit');
		return result;
	} catch (error) {
		// A connection that cannot even roll back is thrown away.
		await client.query('rollback').catch((cause: Error) => {
			broken = cause;
		});
		throw error;
	} finally {
		client.release(broken);
	}
}
