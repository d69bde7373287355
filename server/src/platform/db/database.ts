import type { QueryResult, QueryResultRow } from 'pg';

/** A connection or a pool: one SQL statement with `$n` parameters. */
export interface Queryable {
	query<R extends QueryResultRow = QueryResultRow>(sql: string, params?: unknown[]): Promise<QueryResult<R>>;
}

export interface Database extends Queryable {
	/** Runs `work` in one transaction; rolls back and rethrows on any error. */
	transaction<T>(work: (db: Queryable) => Promise<T>): Promise<T>;
	close(): Promise<void>;
}
