import { z } from 'zod';

export const metricRanges = ['15m', '24h', '7d', '30d'] as const;
export type MetricRange = (typeof metricRanges)[number];

/** Seconds covered by a range, and the width of one bucket of its charts. */
export const rangeSeconds: Record<MetricRange, { span: number; bucket: number }> = {
  '15m': { span: 900, bucket: 30 },
  '24h': { span: 86_400, bucket: 1_800 },
  '7d': { span: 604_800, bucket: 21_600 },
  '30d': { span: 2_592_000, bucket: 86_400 },
};

const point = z.object({ t: z.number().int(), value: z.number().nullable() });
export type MetricPoint = z.infer<typeof point>;

/** A series with gaps: `value` null means that nothing happened in that bucket. */
export const metricSeriesSchema = z.object({ label: z.string(), points: z.array(point) });
export type MetricSeries = z.infer<typeof metricSeriesSchema>;

const quantiles = z.object({ count: z.number().int(), p50: z.number().nullable(), p95: z.number().nullable() });

/** The parts whose health is reported, in the order in which they are shown. */
export const healthPartIds = ['database', 'search', 'ingest', 'embedder', 'vectors', 'originals', 'disk', 'providers', 'keychain'] as const;
export type HealthPartId = (typeof healthPartIds)[number];

export const healthPartSchema = z.object({
  id: z.enum(healthPartIds),
  state: z.enum(['ok', 'busy', 'degraded', 'down', 'off']),
  /** Facts for the sentences of the interface. */
  data: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});
export type HealthPart = z.infer<typeof healthPartSchema>;
export const healthSchema = z.object({
  state: z.enum(['ok', 'degraded', 'down']),
  parts: z.array(healthPartSchema),
  version: z.string(),
  uptimeSeconds: z.number(),
});
export type Health = z.infer<typeof healthSchema>;

/** All data of the panel for one range. Null is "no data", never 0. Times in milliseconds, money in 1e-9 USD. */
export const metricsOverviewSchema = z.object({
  range: z.enum(metricRanges),
  from: z.number().int(),
  to: z.number().int(),
  answers: z.object({
    total: z.number().int(),
    done: z.number().int(),
    stopped: z.number().int(),
    failed: z.number().int(),
    series: z.array(metricSeriesSchema),
  }),
  errors: z.array(z.object({ code: z.string(), count: z.number().int() })),
  latency: quantiles.extend({ series: z.array(metricSeriesSchema) }),
  firstWord: quantiles.extend({ series: z.array(metricSeriesSchema) }),
  usage: z.array(
    z.object({
      provider: z.string(),
      model: z.string(),
      purpose: z.string(),
      calls: z.number().int(),
      failed: z.number().int(),
      inputTokens: z.number().int(),
      outputTokens: z.number().int(),
      cachedTokens: z.number().int(),
      costNano: z.number().int().nullable(),
    }),
  ),
  cost: z.object({ totalNano: z.number().int().nullable(), unpricedCalls: z.number().int(), series: z.array(metricSeriesSchema) }),
  tokens: z.object({ input: z.number().int(), output: z.number().int(), series: z.array(metricSeriesSchema) }),
  retrieval: z.object({
    queries: z.number().int(),
    cacheHits: z.number().int(),
    cacheMisses: z.number().int(),
    stages: z.array(quantiles.extend({ stage: z.string() })),
    series: z.array(metricSeriesSchema),
    chunks: z.number().int(),
    indexBytes: z.number().int(),
  }),
  ingestion: z.object({
    documents: z.array(z.object({ outcome: z.string(), format: z.string(), count: z.number().int() })),
    stages: z.array(quantiles.extend({ stage: z.string() })),
  }),
  debates: z.object({ started: z.number().int(), rounds: z.number().int(), costNano: z.number().int().nullable(), roundMs: quantiles }),
  /** Answers given with the library searched: how well it supported them, and how many cite a source. */
  quality: z.object({
    searched: z.number().int(),
    cited: z.number().int(),
    strong: z.number().int(),
    weak: z.number().int(),
    none: z.number().int(),
    /** Share of answers with a citation, 0..1. */
    series: z.array(metricSeriesSchema),
  }),
  /** The same length of time just before, for the trends. */
  previous: z.object({
    answers: z.number().int(),
    latencyP95: z.number().nullable(),
    firstWordP50: z.number().nullable(),
    costNano: z.number().int().nullable(),
  }),
});
export type MetricsOverview = z.infer<typeof metricsOverviewSchema>;
