import type { ReadableDb } from '@main/store/database';
import { readJson } from '@main/store/json';
import { readPoints, type StoredPoint } from '@main/store/metrics';
import type { MetricSeries } from '@shared/model';
import { z } from 'zod';
import type { CounterName, HistogramName } from './definitions';
import { bucketQuantile } from './quantiles';
import { pointsOf, type Timeline } from './timeline';

export interface CountedPoint {
  t: number;
  labels: Record<string, string>;
  value: number;
}

const labelsSchema = z.record(z.string(), z.string());

/** The points with their labels parsed, each set of labels once; points with unreadable labels count without any. */
const labelled = (points: readonly StoredPoint[]): ObservedPoint[] => {
  const known = new Map<string, Record<string, string>>();
  return points.map(({ t, bucket, labels, value }) => {
    const read = known.get(labels) ?? readJson(labelsSchema, labels, {}, `metric_series ${labels}`);
    known.set(labels, read);
    return { t, bucket, labels: read, value };
  });
};

/** Increments of a counter in a range. */
export const countedPoints = (db: ReadableDb, name: CounterName, range: { from: number; to: number }): CountedPoint[] =>
  labelled(readPoints(db, { name, ...range })).map((point) => ({ ...point, value: Math.round(point.value) }));

export const sumOf = (points: readonly { value: number }[]): number => points.reduce((sum, { value }) => sum + value, 0);

/** Sums by the value of one label, largest first. */
export const sumsBy = (points: readonly CountedPoint[], label: string): { key: string; value: number }[] => {
  const sums = new Map<string, number>();
  for (const point of points) sums.set(point.labels[label] ?? '', (sums.get(point.labels[label] ?? '') ?? 0) + point.value);
  return [...sums].map(([key, value]) => ({ key, value })).sort((a, b) => b.value - a.value || a.key.localeCompare(b.key));
};

/** Increments of a histogram's buckets in a range, with the labels parsed. */
export interface ObservedPoint extends CountedPoint {
  bucket: string;
}

export const observedPoints = (db: ReadableDb, name: HistogramName, range: { from: number; to: number }): ObservedPoint[] =>
  labelled(readPoints(db, { name, ...range }));

/** The quantile of observed values, in the unit times `scale` (1000: seconds to milliseconds); null without values. */
export const observedQuantile = (points: readonly ObservedPoint[], q: number, scale = 1): number | null => {
  const counts = new Map<string, number>();
  for (const { bucket, value } of points) if (bucket !== 'sum' && bucket !== 'count') counts.set(bucket, (counts.get(bucket) ?? 0) + value);
  const value = bucketQuantile(counts, q);
  return value === null ? null : value * scale;
};

/** How many values were observed, and two quantiles of them in milliseconds (observed in seconds). */
export const quantilesOf = (points: readonly ObservedPoint[]): { count: number; p50: number | null; p95: number | null } => ({
  count: Math.round(sumOf(points.filter(({ bucket }) => bucket === 'count'))),
  p50: observedQuantile(points, 0.5, 1000),
  p95: observedQuantile(points, 0.95, 1000),
});

/** The two quantiles of a chart in each bucket of a timeline, in milliseconds (observed in seconds). */
export const quantileSeries = (timeline: Timeline, points: readonly ObservedPoint[]): MetricSeries[] =>
  ([0.5, 0.95] as const).map((q) => ({
    label: q === 0.5 ? 'p50' : 'p95',
    points: pointsOf(timeline, points, (items) => observedQuantile(items, q, 1000)),
  }));
