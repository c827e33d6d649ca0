import type { ReadableDb } from '@main/store/database';
import { memoryCounts, vitalityBounds, vitalityCounts } from '@main/store/memoryFigures';
import type { MetricsOf } from '@shared/model';
import type { TelemetryService } from './createTelemetry';
import type { CounterName, HistogramName } from './definitions';
import { countedPoints, observedPoints, observedQuantile, quantileSeries, quantilesOf, sumOf, sumsBy } from './measured';
import type { Timeline } from './timeline';

/** The figures of memory: how it stands now, and what was analysed, recalled and asked of it in a period. */
export const memorySection = (
  { db, telemetry, now }: { db: ReadableDb; telemetry: Pick<TelemetryService, 'gauge'>; now: number },
  timeline: Timeline,
): Omit<MetricsOf<'memory'>, 'section' | 'range' | 'from' | 'to'> => {
  const counted = (name: CounterName) => countedPoints(db, name, timeline);
  const observed = (name: HistogramName) => observedPoints(db, name, timeline);
  const by = (name: CounterName, label: string) => sumsBy(counted(name), label).map(({ key, value }) => ({ name: key, count: value }));
  const { upTo } = vitalityCounts(db, now);
  const analyses = observed('memory_analysis_duration_seconds');
  const sizes = observed('memory_temporal_context_size_bytes');
  return {
    items: memoryCounts(db),
    vitality: vitalityBounds.map((bound, index) => ({ upTo: bound, count: (upTo[index] ?? 0) - (upTo[index - 1] ?? 0) })),
    analysis: {
      ...analysisOf(db, timeline),
      times: quantilesOf(analyses),
      series: quantileSeries(timeline, analyses),
      cacheHits: sumOf(counted('memory_analysis_cache_hits_total')),
      cacheMisses: sumOf(counted('memory_analysis_cache_misses_total')),
      kept: telemetry.gauge('memory_analysis_cache_size') ?? 0,
      found: by('memory_analysis_items_total', 'outcome'),
    },
    recall: {
      items: sumOf(counted('memory_concept_recall_total')),
      hints: by('memory_proactive_hints_generated_total', 'type'),
      actions: by('memory_concept_recall_interactions_total', 'action'),
    },
    time: {
      questions: sumOf(counted('memory_temporal_queries_total').filter(({ labels }) => labels.detected === 'yes')),
      days: by('memory_temporal_concepts_found_total', 'count_range'),
      times: quantilesOf(observed('memory_temporal_search_duration_seconds')),
      bytes: { p50: observedQuantile(sizes, 0.5), p95: observedQuantile(sizes, 0.95) },
      knownShare: telemetry.gauge('memory_temporal_cache_hit_rate'),
    },
  };
};

/** How many analyses of a period gave an answer, and how many failed. */
export const analysisOf = (db: ReadableDb, timeline: Timeline): { done: number; failed: number } => ({
  done: sumOf(countedPoints(db, 'memory_analysis_success_total', timeline)),
  failed: sumOf(countedPoints(db, 'memory_analysis_failure_total', timeline)),
});
