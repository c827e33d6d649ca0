import { columnsOf, lonePoints, niceMaximum, withOthers } from '@renderer/features/metrics/chartData';
import { costByProvider } from '@renderer/features/metrics/costByProvider';
import { healthVerdict, noticesOf } from '@renderer/features/metrics/notices';
import type { Health, MetricSeries, MetricsOf } from '@shared/model';
import { expect, test } from 'vitest';

const series = (label: string, values: (number | null)[]): MetricSeries => ({
  label,
  points: values.map((value, t) => ({ t: t * 1000, value })),
});

test('stacks bars and keeps gaps', () => {
  expect(columnsOf([series('a', [1, null, 2]), series('b', [3, null, null])], true)).toEqual([
    [0, 1, 2],
    [1, null, 2],
    [4, null, null],
  ]);
  expect(columnsOf([series('a', [1, 2]), series('b', [3, 4])], false)).toEqual([
    [0, 1],
    [1, 2],
    [3, 4],
  ]);
});

test('finds a point between gaps, so that it can be drawn', () => {
  expect(lonePoints([null, 1, null, 2, 3, null])).toEqual([1]);
  expect(lonePoints([5])).toEqual([0]);
});

test('the top of a chart is a round number at or above the data', () => {
  expect([0, 0.03, 0.2, 1, 17, 153, 4_100].map(niceMaximum)).toEqual([1, 0.04, 0.2, 1, 20, 200, 6_000]);
});

test('reduces many series to a few and the others', () => {
  const merged = withOthers([series('a', [1]), series('b', [2]), series('c', [null]), series('d', [4])], 3, 'others');
  expect(merged.map(({ label, points }) => [label, points[0]?.value])).toEqual([
    ['a', 1],
    ['b', 2],
    ['others', 4],
  ]);
});

const quietMemory = { done: 10, failed: 0, analysisP95: 900, timeQuestions: 30, knownShare: 0.6 };
const overview = (changed: object) =>
  ({
    answers: { total: 100, failed: 0 },
    latency: { count: 100, p95: 1_000 },
    retrieval: { cacheHits: 10, cacheMisses: 10 },
    memory: quietMemory,
    ...changed,
  }) as unknown as MetricsOf<'overview'>;

test('notices: troubled parts, many errors, slow answers; not parts that are off, busy or rare', () => {
  const health = {
    parts: ['ok', 'busy', 'off', 'degraded', 'down'].map((state) => ({ id: 'disk', state, data: {} })),
  } as unknown as Health;
  expect(noticesOf(undefined, health)).toHaveLength(2);
  expect(noticesOf(overview({}), undefined)).toEqual([]);
  expect(noticesOf(overview({ answers: { total: 100, failed: 6 } }), undefined)).toEqual([{ kind: 'errors', share: 0.06 }]);
  expect(noticesOf(overview({ answers: { total: 2, failed: 1 } }), undefined)).toEqual([]);
  expect(noticesOf(overview({ latency: { count: 9, p95: 5_500 } }), undefined)).toEqual([{ kind: 'latency', p95: 5_500 }]);
});

test('notices of memory: analyses that fail or are slow, unknown readings; not of a few', () => {
  const of = (changed: object) => noticesOf(overview({ memory: { ...quietMemory, ...changed } }), undefined);
  expect(of({ done: 8, failed: 2 })).toEqual([]);
  expect(of({ done: 7, failed: 3 })).toEqual([{ kind: 'analysis', share: 0.7 }]);
  expect(of({ done: 1, failed: 3 })).toEqual([]);
  expect(of({ analysisP95: 10_001 })).toEqual([{ kind: 'analysisTime', p95: 10_001 }]);
  expect(of({ knownShare: 0.19 })).toEqual([{ kind: 'readings', share: 0.19 }]);
  expect(of({ knownShare: 0.1, timeQuestions: 19 })).toEqual([]);
});

test.each([
  [9, 3, 'no'],
  [3, 1, 'no'],
  [1, 1, 'no'],
  [100, 33, 'partly'],
  [20, 2, 'partly'],
  [20, 1, 'yes'],
  [4, 1, 'yes'],
  [0, 0, 'yes'],
])('of %i answers %i failed: is it healthy? %s', (total, failed, verdict) => {
  expect(healthVerdict({ answers: { total, failed } } as MetricsOf<'overview'>, { state: 'ok' })).toBe(verdict);
});

test('is not healthy with a part that is down, and states nothing unknown', () => {
  const quiet = { answers: { total: 0, failed: 0 } } as MetricsOf<'overview'>;
  expect(healthVerdict(quiet, { state: 'down' })).toBe('no');
  expect(healthVerdict(quiet, undefined)).toBe('unknown');
});

test('has no cost for a provider without a price, even beside failed calls that cost nothing', () => {
  const row = (provider: string, costNano: number | null, inputTokens: number) => ({
    ...{ provider, model: 'm', purpose: 'answer', calls: 2, failed: 0, outputTokens: 0, cachedTokens: 0 },
    ...{ costNano, inputTokens },
  });
  const usage = [row('Unpriced', 0, 0), row('Unpriced', null, 100), row('Priced', 5, 10), row('Priced', null, 10), row('Failed', 0, 0)];
  expect(costByProvider(usage)).toEqual([
    { provider: 'Priced', calls: 4, costNano: 5 },
    { provider: 'Failed', calls: 2, costNano: 0 },
    { provider: 'Unpriced', calls: 4, costNano: null },
  ]);
});
