import type { WritableDb } from '@main/store/database';
import { addPoints, compactPoints, dropPoints, type PointDelta } from '@main/store/metrics';
import { bucketOf } from './quantiles';

/** Width of the finest time bucket, that of the shortest range's chart. */
const finestMs = 30_000;
const hour = 3_600_000;
const day = 24 * hour;
/**
 * Points older than `after` are kept in buckets of `width`: the width of the finest chart that reaches so far back, so that the
 * panel reads few rows.
 */
const coarser = [
  { after: hour, width: hour / 2 },
  { after: 10 * day, width: 6 * hour },
] as const;
const keep = 100 * day;

export interface MetricHistory {
  increment(name: string, labels: Record<string, string>, by: number): void;
  observe(name: string, labels: Record<string, string>, value: number): void;
  /** Writes the counts since the last flush. When the write fails it throws, and the counts stay for the next one. */
  flush(): void;
  /** Merges old buckets into coarser ones and deletes those past retention. */
  compact(): void;
}

/** Metrics over time in SQLite: only increments are written, so that any range is a sum and a restart loses nothing. */
export const createHistory = ({ db, now }: { db: WritableDb; now: () => number }): MetricHistory => {
  let pending = new Map<string, PointDelta>();

  const add = (name: string, labels: Record<string, string>, bucket: string, by: number): void => {
    const t = Math.floor(now() / finestMs) * finestMs;
    const sortedLabels = JSON.stringify(Object.fromEntries(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1))));
    const key = `${name}${sortedLabels}${bucket}@${t}`;
    const known = pending.get(key);
    if (known) known.value += by;
    else pending.set(key, { name, labels: sortedLabels, bucket, t, value: by });
  };

  return {
    increment: (name, labels, by) => add(name, labels, '', by),
    observe: (name, labels, value) => {
      add(name, labels, bucketOf(value), 1);
      add(name, labels, 'sum', value);
      add(name, labels, 'count', 1);
    },
    flush: () => {
      if (pending.size === 0) return;
      addPoints(db, [...pending.values()]);
      pending = new Map();
    },
    compact: () => {
      dropPoints(db, { before: now() - keep });
      for (const { after, width } of coarser) compactPoints(db, { before: Math.floor((now() - after) / width) * width, width });
    },
  };
};
