import type { ReadableDb, WritableDb } from './database';
import { durationSql, mostCostNano, mostTokens, withinSql } from './usage';

/** No counter of the program gets near this: a larger value is damage, and would make every sum unreadable. */
const mostOfAPoint = 1_000_000_000_000;

/** An increment of one series in one time bucket. `bucket` is empty for counters; histograms use a bound's name, `sum` and `count`. */
export interface PointDelta {
  name: string;
  /** Labels as JSON, keys sorted. */
  labels: string;
  bucket: string;
  /** Start of the time bucket, UTC milliseconds. */
  t: number;
  value: number;
}

/** Adds the increments, all or none. */
export const addPoints = (db: WritableDb, deltas: readonly PointDelta[]): void => {
  const makeSeries = db.prepare('INSERT INTO metric_series (name, labels) VALUES (?, ?) ON CONFLICT DO NOTHING');
  const seriesId = db.prepare('SELECT id FROM metric_series WHERE name = ? AND labels = ?').pluck();
  const add = db.prepare(
    'INSERT INTO metric_points (series_id, bucket, t, value) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET value = value + excluded.value',
  );
  db.transaction(() => {
    for (const { name, labels, bucket, t, value } of deltas) {
      makeSeries.run(name, labels);
      add.run(seriesId.get(name, labels), bucket, t, value);
    }
  })();
};

/** Sums the points older than `before` into buckets of `width` milliseconds. A second run changes nothing. */
export const compactPoints = (db: WritableDb, { before, width }: { before: number; width: number }): void => {
  db.transaction(() => {
    db.prepare(
      `INSERT INTO metric_points (series_id, bucket, t, value)
       SELECT series_id, bucket, t - t % @width, sum(value) FROM metric_points
       WHERE t < @before AND t % @width <> 0 GROUP BY series_id, bucket, t - t % @width
       ON CONFLICT DO UPDATE SET value = value + excluded.value`,
    ).run({ before, width });
    db.prepare('DELETE FROM metric_points WHERE t < @before AND t % @width <> 0').run({ before, width });
  })();
};

export const dropPoints = (db: WritableDb, { before }: { before: number }): void => {
  db.prepare('DELETE FROM metric_points WHERE t < ?').run(before);
};

export interface StoredPoint {
  labels: string;
  bucket: string;
  t: number;
  value: number;
}

export const pointsSql = `
  SELECT s.labels, p.bucket, p.t, ${withinSql('p.value', mostOfAPoint)} AS value FROM metric_series s JOIN metric_points p ON p.series_id = s.id
  WHERE s.name = @name AND p.t >= @from AND p.t < @to`;

/** Every increment of a metric whose time bucket starts in `[from, to)`. */
export const readPoints = (db: ReadableDb, range: { name: string; from: number; to: number }): StoredPoint[] =>
  db.prepare<[typeof range], StoredPoint>(pointsSql).all(range);

/** A call of the ledger, as the panel needs it. */
export interface LedgerCall {
  at: number;
  purpose: string;
  provider: string;
  model: string;
  outcome: string;
  tokensIn: number;
  tokensOut: number;
  tokensCached: number;
  costNano: number | null;
  firstWordMs: number | null;
  ms: number;
}

export const ledgerSql = `
  SELECT at, purpose, provider, model, outcome, ${withinSql('tokens_in', mostTokens)} AS tokensIn,
    ${withinSql('tokens_out', mostTokens)} AS tokensOut, ${withinSql('tokens_cached', mostTokens)} AS tokensCached,
    ${withinSql('cost_nano', mostCostNano)} AS costNano, ${durationSql('first_word_ms')} AS firstWordMs, ${durationSql('ms')} AS ms
  FROM model_calls WHERE at >= @from AND at < @to`;

/** The calls of a range, in any order. */
export const readLedger = (db: ReadableDb, range: { from: number; to: number }): LedgerCall[] =>
  db.prepare<[typeof range], LedgerCall>(ledgerSql).all(range);

/** How many debates began in a range. There are few debates: a scan of their table is cheap. */
export const countDebates = (db: ReadableDb, range: { from: number; to: number }): number =>
  db.prepare<[typeof range], { n: number }>('SELECT count(*) AS n FROM debates WHERE created_at >= @from AND created_at < @to').get(range)
    ?.n ?? 0;

/** How many passages the current versions of live documents have: the number that the index should hold. */
export const countPassages = (db: ReadableDb): number =>
  db
    .prepare<[], { n: number }>(
      `SELECT coalesce(sum(${withinSql('v.passages', mostOfAPoint)}), 0) AS n FROM documents d JOIN document_versions v ON v.id = d.current_version
       WHERE d.deleted_at IS NULL AND v.state = 'ready'`,
    )
    .get()?.n ?? 0;
