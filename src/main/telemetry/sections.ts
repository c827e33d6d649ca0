import type { ReadableDb } from '@main/store/database';
import { countDebates, countPassages, readLedger } from '@main/store/metrics';
import type { MetricRange, MetricsOf, MetricsSection } from '@shared/model';
import type { TelemetryService } from './createTelemetry';
import { ledgerFigures } from './ledgerFigures';
import {
  type CountedPoint,
  countedPoints,
  type ObservedPoint,
  observedPoints,
  observedQuantile,
  quantileSeries,
  quantilesOf,
  sumOf,
  sumsBy,
} from './measured';
import { analysisOf, memorySection } from './memorySection';
import { pointsOf, type Timeline, timelineOf } from './timeline';

export interface MetricsService {
  /** The figures of one section for a range; null is "no data". */
  section<Section extends MetricsSection>(section: Section, range: MetricRange): MetricsOf<Section>;
}

const answersOf = (timeline: Timeline, turns: readonly CountedPoint[]): MetricsOf<'overview'>['answers'] => {
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

const qualityOf = (timeline: Timeline, answered: readonly CountedPoint[]): MetricsOf<'overview'>['quality'] => {
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

/** Documents by outcome and format, the most frequent first. */
const documentsOf = (points: readonly CountedPoint[]): MetricsOf<'retrieval'>['ingestion']['documents'] => {
  const rows: MetricsOf<'retrieval'>['ingestion']['documents'] = [];
  for (const { labels, value } of points) {
    const row = rows.find(({ outcome, format }) => outcome === labels.outcome && format === labels.format);
    if (row) row.count += value;
    else rows.push({ outcome: labels.outcome ?? '', format: labels.format ?? '', count: value });
  }
  return rows.sort((a, b) => b.count - a.count);
};

type Figures<Section extends MetricsSection> = Omit<MetricsOf<Section>, 'section' | 'range' | 'from' | 'to'>;

/**
 * The figures of the metrics panel, each section read by itself: money, tokens and the first word exactly, from the ledger of
 * model calls; the rest from the metrics history.
 */
export const createMetricsService = ({
  db,
  telemetry,
  now,
}: {
  db: ReadableDb;
  telemetry: Pick<TelemetryService, 'flush' | 'gauge'>;
  now: () => number;
}): MetricsService => {
  const ledgerOf = (timeline: Timeline) => ledgerFigures(timeline, readLedger(db, timeline));
  const latencyOf = (timeline: Timeline): MetricsOf<'overview'>['latency'] => {
    const durations = observedPoints(db, 'chat_turn_duration_seconds', timeline);
    return { ...quantilesOf(durations), series: quantileSeries(timeline, durations) };
  };
  const cacheOf = (timeline: Timeline): { cacheHits: number; cacheMisses: number } => ({
    cacheHits: sumOf(countedPoints(db, 'rag_cache_hits_total', timeline)),
    cacheMisses: sumOf(countedPoints(db, 'rag_cache_misses_total', timeline)),
  });

  const sections: { [Section in MetricsSection]: (timeline: Timeline) => Figures<Section> } = {
    overview: (timeline) => {
      const before: Timeline = { ...timeline, from: timeline.from - (timeline.to - timeline.from), to: timeline.from };
      const { firstWord, usage, cost } = ledgerOf(timeline);
      return {
        answers: answersOf(timeline, countedPoints(db, 'chat_turns_total', timeline)),
        latency: latencyOf(timeline),
        firstWord: { count: firstWord.count, p50: firstWord.p50, p95: firstWord.p95 },
        usage,
        cost,
        retrieval: { ...cacheOf(timeline), stages: byStage(observedPoints(db, 'rag_query_duration_seconds', timeline)) },
        quality: qualityOf(timeline, countedPoints(db, 'chat_answers_total', timeline)),
        memory: {
          ...analysisOf(db, timeline),
          analysisP95: observedQuantile(observedPoints(db, 'memory_analysis_duration_seconds', timeline), 0.95, 1000),
          timeQuestions: sumOf(countedPoints(db, 'memory_temporal_concepts_found_total', timeline)),
          knownShare: telemetry.gauge('memory_temporal_cache_hit_rate'),
        },
        previous: {
          latencyP95: observedQuantile(observedPoints(db, 'chat_turn_duration_seconds', before), 0.95, 1000),
          costNano: ledgerOf(before).cost.totalNano,
        },
      };
    },
    performance: (timeline) => ({
      latency: latencyOf(timeline),
      firstWord: ledgerOf(timeline).firstWord,
      round: quantilesOf(observedPoints(db, 'debate_round_duration_seconds', timeline)),
    }),
    usage: (timeline) => {
      const { usage, cost, tokens, debateCostNano } = ledgerOf(timeline);
      const rounds = sumOf(countedPoints(db, 'debate_rounds_total', timeline));
      return { usage, cost, tokens, debates: { started: countDebates(db, timeline), rounds, costNano: debateCostNano } };
    },
    retrieval: (timeline) => {
      const searches = observedPoints(db, 'rag_query_duration_seconds', timeline);
      const whole = searches.filter(({ labels }) => labels.stage === 'total');
      return {
        retrieval: {
          queries: sumOf(countedPoints(db, 'rag_queries_total', timeline)),
          ...cacheOf(timeline),
          stages: byStage(searches),
          series: quantileSeries(timeline, whole),
          // The gauge is as old as the last status of the index.
          chunks: countPassages(db),
          indexBytes: telemetry.gauge('rag_index_bytes') ?? 0,
        },
        ingestion: {
          documents: documentsOf(countedPoints(db, 'ingestion_documents_total', timeline)),
          stages: byStage(observedPoints(db, 'ingestion_duration_seconds', timeline)),
        },
      };
    },
    memory: (timeline) => memorySection({ db, telemetry, now: now() }, timeline),
    health: (timeline) => ({
      errors: sumsBy(countedPoints(db, 'query_errors_total', timeline), 'code').map(({ key, value }) => ({ code: key, count: value })),
    }),
  };

  return {
    section: <Section extends MetricsSection>(section: Section, range: MetricRange): MetricsOf<Section> => {
      telemetry.flush();
      const timeline = timelineOf(range, now());
      // TypeScript does not see that the figures of a section, with its name, are those of its schema; the API parses them.
      return { section, range, from: timeline.from, to: timeline.to, ...sections[section](timeline) } as unknown as MetricsOf<Section>;
    },
  };
};
