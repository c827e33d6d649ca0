import type BetterSqlite3 from 'better-sqlite3';

/** A database that may be changed. Only main holds one of `emergence.db`. */
export type WritableDb = BetterSqlite3.Database;

/** What a query that only reads asks for: a function that takes it cannot change anything. */
export interface ReadableDb {
  prepare<Params extends unknown[], Row>(
    sql: string,
  ): Pick<BetterSqlite3.Statement<Params, Row>, 'all' | 'get' | 'iterate' | 'pluck' | 'raw'>;
}
