import type { WritableDb } from '@main/store/database';
import { toEmergenceError } from '@shared/model';
import type { Logger } from './telemetry';

/** A slower query is noticeable; the same limit as Signal's. */
const slowMs = 40;

/**
 * Times every query of this connection, logs the slow ones by their SQL, which contains no values, and reports failed ones that met
 * damage. Call it once, before statements are prepared.
 */
export const logSlowQueries = (
  db: WritableDb,
  log: Logger,
  { limitMs = slowMs, onDamage = () => {} }: { limitMs?: number; onDamage?: () => void } = {},
): void => {
  const prepare = db.prepare.bind(db);
  const timed =
    <Args extends unknown[], Result>(sql: string, run: (...args: Args) => Result) =>
    (...args: Args): Result => {
      const started = performance.now();
      try {
        return run(...args);
      } catch (error) {
        if (toEmergenceError(error).code === 'storage.damaged') onDamage();
        throw error;
      } finally {
        const ms = performance.now() - started;
        if (ms > limitMs) log.warn({ ms: Math.round(ms), sql: sql.replace(/\s+/g, ' ').trim().slice(0, 200) }, 'slow query');
      }
    };
  db.prepare = ((sql: string) => {
    const statement = prepare(sql);
    statement.run = timed(sql, statement.run.bind(statement));
    if (statement.reader) {
      statement.get = timed(sql, statement.get.bind(statement));
      statement.all = timed(sql, statement.all.bind(statement));
    }
    return statement;
  }) as typeof db.prepare;
};
