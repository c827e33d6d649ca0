import type BetterSqlite3 from 'better-sqlite3';

/** A database that may be changed. Only main holds one of `emergence.db`. */
export type WritableDb = BetterSqlite3.Database;

/** The part of a database that queries need for reading: a function that takes it cannot change anything. */
export interface ReadableDb {
  prepare<Params extends unknown[], Row>(
    sql: string,
  ): Pick<BetterSqlite3.Statement<Params, Row>, 'all' | 'get' | 'iterate' | 'pluck' | 'raw'>;
}
