import type { ReadableDb } from '@main/store/database';
import { countDebates, countPassages, readLedger } from '@main/store/metrics';
import type { MetricRange, MetricSeries, MetricsOverview } from '@shared/model';
import type { TelemetryService } from './createTelemetry';
import { ledgerFigures } from './ledgerFigures';
import {
  type CountedPoint,
  countedPoints,
  type ObservedPoint,
  observedPoints,
  observedQuantile,
  quantilesOf,
  sumOf,
  sumsBy,
} from './measured';
import { pointsOf, type Timeline, timelineOf } from './timeline';

export interface MetricsOverviewService {
  /** All data of the panel; null is "no data". */
  overview(range: MetricRange): MetricsOverview;
}

const quantileSeries = (timeline: Timeline, points: readonly ObservedPoint[]): MetricSeries[] =>
  ([0.5, 0.95] as const).map((q) => ({
    label: q === 0.5 ? 'p50' : 'p95',
    points: pointsOf(timeline, points, (items) => observedQuantile(items, q, 1000)),
  }));

const answersOf = (timeline: Timeline, turns: readonly CountedPoint[]): MetricsOverview['answers'] => {
  const outcome = (name: string): CountedPoint[] => turns.filter(({ labels }) => labels.outcome === name);
  const failed = sumOf(outcome('failed'));
  // An answer that a crash cut off was also stopped, though not by the person.
  const stopped = sumOf(outcome('stopped')) + sumOf(outcome('interrupted'));
  const total = sumOf(turns);
  return {
    total,
    done: total - failed - stopped,
    stopped,
    failed,
    series: [
      {
        label: 'done',
        points: pointsOf(
          timeline,
          turns.filter(({ labels }) => labels.outcome !== 'failed'),
          sumOf,
        ),
      },
      { label: 'failed', points: pointsOf(timeline, outcome('failed'), sumOf) },
    ],
  };
};

const qualityOf = (timeline: Timeline, answered: readonly CountedPoint[]): MetricsOverview['quality'] => {
  const cited = (points: readonly CountedPoint[]): number => sumOf(points.filter(({ labels }) => labels.cited === 'yes'));
  const supported = (support: string): number => sumOf(answered.filter(({ labels }) => labels.support === support));
  return {
    searched: sumOf(answered),
    cited: cited(answered),
    strong: supported('strong'),
    weak: supported('weak'),
    none: supported('none'),
    series: [{ label: 'cited', points: pointsOf(timeline, answered, (items) => (sumOf(items) > 0 ? cited(items) / sumOf(items) : null)) }],
  };
};

const byStage = (points: readonly ObservedPoint[]): { stage: string; count: number; p50: number | null; p95: number | null }[] => {
  const stages = [...new Set(points.map(({ labels }) => labels.stage ?? ''))].sort();
  return stages.map((stage) => ({ stage, ...quantilesOf(points.filter(({ labels }) => labels.stage === stage)) }));
};

/**
 * The figures of the metrics panel for one range: money, tokens and the first word exactly, from the ledger of model calls; the
 * rest from the metrics history. `previous` is the same length of time just before.
 */
export const createMetricsOverview = ({
  db,
  telemetry,
  now,
}: {
  db: ReadableDb;
  telemetry: Pick<TelemetryService, 'flush' | 'gauge'>;
  now: () => number;
}): MetricsOverviewService => ({
  overview: (range) => {
    telemetry.flush();
    const timeline = timelineOf(range, now());
    const before = { from: timeline.from - (timeline.to - timeline.from), to: timeline.from };
    const turns = countedPoints(db, 'chat_turns_total', timeline);
    const durations = observedPoints(db, 'chat_turn_duration_seconds', timeline);
    const searches = observedPoints(db, 'rag_query_duration_seconds', timeline);
    const ledger = ledgerFigures(timeline, readLedger(db, timeline));
    const earlier = ledgerFigures({ ...before, bucket: timeline.bucket }, readLedger(db, before));
    const answered = countedPoints(db, 'chat_answers_total', timeline);
    return {
      range,
      from: timeline.from,
      to: timeline.to,
      answers: answersOf(timeline, turns),
      errors: sumsBy(countedPoints(db, 'query_errors_total', timeline), 'code').map(({ key, value }) => ({ code: key, count: value })),
      latency: { ...quantilesOf(durations), series: quantileSeries(timeline, durations) },
      firstWord: ledger.firstWord,
      usage: ledger.usage,
      cost: ledger.cost,
      tokens: ledger.tokens,
      retrieval: {
        queries: sumOf(countedPoints(db, 'rag_queries_total', timeline)),
        cacheHits: sumOf(countedPoints(db, 'rag_cache_hits_total', timeline)),
        cacheMisses: sumOf(countedPoints(db, 'rag_cache_misses_total', timeline)),
        stages: byStage(searches),
        series: quantileSeries(
          timeline,
          searches.filter(({ labels }) => labels.stage === 'total'),
        ),
        // The gauge is as old as the last status of the index.
        chunks: countPassages(db),
        indexBytes: telemetry.gauge('rag_index_bytes') ?? 0,
      },
      ingestion: {
        documents: countedPoints(db, 'ingestion_documents_total', timeline)
          .reduce<{ outcome: string; format: string; count: number }[]>((rows, { labels, value }) => {
            const row = rows.find(({ outcome, format }) => outcome === labels.outcome && format === labels.format);
            if (row) row.count += value;
            else rows.push({ outcome: labels.outcome ?? '', format: labels.format ?? '', count: value });
            return rows;
          }, [])
          .sort((a, b) => b.count - a.count),
        stages: byStage(observedPoints(db, 'ingestion_duration_seconds', timeline)),
      },
      debates: {
        started: countDebates(db, timeline),
        rounds: sumOf(countedPoints(db, 'debate_rounds_total', timeline)),
        costNano: ledger.debateCostNano,
        roundMs: quantilesOf(observedPoints(db, 'debate_round_duration_seconds', timeline)),
      },
      quality: qualityOf(timeline, answered),
      previous: {
        answers: sumOf(countedPoints(db, 'chat_turns_total', before)),
        latencyP95: observedQuantile(observedPoints(db, 'chat_turn_duration_seconds', before), 0.95, 1000),
        firstWordP50: earlier.firstWord.p50,
        costNano: earlier.cost.totalNano,
      },
    };
  },
});
