import { type GardenerRun, gardenerReportSchema, gardenerRunSchema } from '@shared/model';
import type { ReadableDb, WritableDb } from './database';
import { readFields, readRow } from './json';
import { halfLifeMs } from './memoryVitality';

/** An item that has faded, with its vitality at the time of the run. */
export interface Faded {
  n: number;
  id: string;
  vitality: number;
}

export const fadedMemoriesSql = `SELECT i.n, i.id, i.vitality * pow(0.5, max(0, @now - i.vitality_at) / @halfLife) AS vitality
  FROM memory_items i WHERE i.n > @after AND i.n <= @last AND i.deleted_at IS NULL AND i.archived_at IS NULL AND i.protected = 0
    AND i.vitality * pow(0.5, max(0, @now - i.vitality_at) / @halfLife) <= @bound ORDER BY i.n`;

/** The unprotected live items among those with a number in `(after, last]` whose vitality has come down to `bound`. */
export const fadedMemories = (db: ReadableDb, range: { after: number; last: number }, bound: number, now: number): Faded[] =>
  db.prepare<[Record<string, number>], Faded>(fadedMemoriesSql).all({ ...range, bound, now, halfLife: halfLifeMs });

/** The greatest number of an item, and how many are live. */
export const memoryExtent = (db: ReadableDb): { last: number; live: number } => {
  const last = db.prepare<[], { last: number | null }>('SELECT max(n) AS last FROM memory_items').get();
  const live = db
    .prepare<[], { live: number }>(
      'SELECT count(*) AS live FROM memory_items INDEXED BY memory_items_live WHERE deleted_at IS NULL AND archived_at IS NULL',
    )
    .get();
  return { last: last?.last ?? 0, live: live?.live ?? 0 };
};

/** Puts items into the archive and notes them with their revisions, so that the run can be undone. */
export const archiveInRun = (db: WritableDb, runId: string, ids: readonly string[], now: number): void => {
  const list = JSON.stringify(ids);
  db.prepare(
    `INSERT INTO memory_run_changes(run_id, item_id, revision)
     SELECT ?, i.id, i.revision + 1 FROM json_each(?) wanted CROSS JOIN memory_items i ON i.id = wanted.value`,
  ).run(runId, list);
  db.prepare('UPDATE memory_items SET archived_at = ?, revision = revision + 1 WHERE id IN (SELECT value FROM json_each(?))').run(
    now,
    list,
  );
};

export const storeRun = (db: WritableDb, { id, at, report }: GardenerRun): void => {
  db.prepare('INSERT INTO memory_runs(id, at, report) VALUES (?, ?, ?) ON CONFLICT(id) DO UPDATE SET report = excluded.report').run(
    id,
    at,
    JSON.stringify(report),
  );
};

interface RunRow {
  id: string;
  at: number;
  report: string;
  undone_at: number | null;
}
const noReport = { archived: [], emptied: 0, live: 0 };
const toRun = (row: RunRow): GardenerRun | null => {
  const entry = `memory_runs ${row.id}`;
  const report = readFields(gardenerReportSchema, row.report, noReport, entry) ?? noReport;
  return readRow(gardenerRunSchema, { id: row.id, at: row.at, report, undoneAt: row.undone_at }, entry, { undoneAt: null, at: 0 });
};

export const runsSql = 'SELECT id, at, report, undone_at FROM memory_runs INDEXED BY memory_runs_at ORDER BY at DESC LIMIT ?';

/** The last runs, the newest first. */
export const lastRuns = (db: ReadableDb, limit: number): GardenerRun[] =>
  db
    .prepare<[number], RunRow>(runsSql)
    .all(limit)
    .flatMap((row) => toRun(row) ?? []);

export const findRun = (db: ReadableDb, id: string): GardenerRun | null => {
  const row = db.prepare<[string], RunRow>('SELECT id, at, report, undone_at FROM memory_runs WHERE id = ?').get(id);
  return row ? toRun(row) : null;
};

/** Deletes all runs but the newest `kept`, so that their number stays bounded. */
export const pruneRuns = (db: WritableDb, kept: number): void => {
  db.prepare('DELETE FROM memory_runs WHERE id NOT IN (SELECT id FROM memory_runs ORDER BY at DESC LIMIT ?)').run(kept);
};

/**
 * Takes the items of a run out of the archive, except those that have changed since. They count as just used, so that the next run leaves
 * them. Returns their ids.
 */
export const undoRun = (db: WritableDb, runId: string, now: number): string[] => {
  const ids = db
    .prepare<[string], string>(
      `SELECT c.item_id FROM memory_run_changes c JOIN memory_items i ON i.id = c.item_id
       WHERE c.run_id = ? AND i.revision = c.revision AND i.deleted_at IS NULL`,
    )
    .pluck()
    .all(runId) as string[];
  db.prepare(
    `UPDATE memory_items SET archived_at = NULL, vitality = 1, vitality_at = @now, revision = revision + 1, updated_at = @now
     WHERE id IN (SELECT value FROM json_each(@ids))`,
  ).run({ now, ids: JSON.stringify(ids) });
  db.prepare('DELETE FROM memory_run_changes WHERE run_id = ?').run(runId);
  db.prepare('UPDATE memory_runs SET undone_at = ? WHERE id = ?').run(now, runId);
  return ids;
};

/** True where a run archived the item, and nothing has changed it since. */
export const archivedByRun = (db: ReadableDb, id: string): boolean =>
  db
    .prepare<[string], unknown>(
      `SELECT 1 FROM memory_run_changes c INDEXED BY memory_run_changes_item JOIN memory_items i ON i.id = c.item_id
       WHERE c.item_id = ? AND i.revision = c.revision`,
    )
    .get(id) !== undefined;
