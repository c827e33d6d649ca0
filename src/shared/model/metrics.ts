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

const period = { range: z.enum(metricRanges), from: z.number().int(), to: z.number().int() };
const series = z.array(metricSeriesSchema);
const count = z.number().int();
const counts = z.array(z.object({ name: z.string(), count }));
const nano = z.number().int().nullable();
const stages = z.array(quantiles.extend({ stage: z.string() }));
const usageRows = z.array(
  z.object({
    provider: z.string(),
    model: z.string(),
    purpose: z.string(),
    calls: count,
    failed: count,
    inputTokens: count,
    outputTokens: count,
    cachedTokens: count,
    costNano: nano,
  }),
);
export type UsageRow = z.infer<typeof usageRows>[number];
const cost = z.object({ totalNano: nano, unpricedCalls: count, series });

/** The sections of the panel, in their order: each is read by itself. A room adds its own here. */
export const metricsSections = ['overview', 'performance', 'usage', 'retrieval', 'memory', 'health'] as const;
export type MetricsSection = (typeof metricsSections)[number];

/** The figures of each section for one range. Null is "no data", never 0. Times in milliseconds, money in 1e-9 USD. */
const sectionSchemas = {
  overview: z.object({
    section: z.literal('overview'),
    ...period,
    answers: z.object({ total: count, done: count, stopped: count, failed: count, series }),
    latency: quantiles.extend({ series }),
    firstWord: quantiles,
    usage: usageRows,
    cost,
    retrieval: z.object({ cacheHits: count, cacheMisses: count, stages }),
    /** Answers given with the library searched: how well it supported them, and how many cite a source. */
    quality: z.object({
      searched: count,
      cited: count,
      strong: count,
      weak: count,
      none: count,
      /** Share of answers with a citation, 0..1. */
      series,
    }),
    /** Analyses of messages by a model, and the share of past messages whose reading for time was known. */
    memory: z.object({
      done: count,
      failed: count,
      analysisP95: z.number().nullable(),
      timeQuestions: count,
      knownShare: z.number().nullable(),
    }),
    /** The same length of time just before, for the trends. */
    previous: z.object({ latencyP95: z.number().nullable(), costNano: nano }),
  }),
  performance: z.object({
    section: z.literal('performance'),
    ...period,
    latency: quantiles.extend({ series }),
    firstWord: quantiles.extend({ series }),
    round: quantiles,
  }),
  usage: z.object({
    section: z.literal('usage'),
    ...period,
    usage: usageRows,
    cost,
    tokens: z.object({ input: count, output: count, series }),
    debates: z.object({ started: count, rounds: count, costNano: nano }),
  }),
  retrieval: z.object({
    section: z.literal('retrieval'),
    ...period,
    retrieval: z.object({ queries: count, cacheHits: count, cacheMisses: count, stages, series, chunks: count, indexBytes: count }),
    ingestion: z.object({ documents: z.array(z.object({ outcome: z.string(), format: z.string(), count })), stages }),
  }),
  memory: z.object({
    section: z.literal('memory'),
    ...period,
    /** How it stands now: an item is in one state. */
    items: z.object({ live: count, superseded: count, archived: count, deleted: count }),
    /** Live items by their vitality now: those above the bound before and up to this one. */
    vitality: z.array(z.object({ upTo: z.number(), count })),
    /** Calls of a model that reads messages; `kept`: answers in the cache; `found`: things by what became of them. */
    analysis: z.object({
      done: count,
      failed: count,
      times: quantiles,
      series,
      cacheHits: count,
      cacheMisses: count,
      kept: count,
      found: counts,
    }),
    recall: z.object({ items: count, hints: counts, actions: counts }),
    /** Questions about the past by the number of days found; `bytes` of a timeline in a prompt. */
    time: z.object({
      questions: count,
      days: counts,
      times: quantiles,
      bytes: z.object({ p50: z.number().nullable(), p95: z.number().nullable() }),
      knownShare: z.number().nullable(),
    }),
  }),
  health: z.object({
    section: z.literal('health'),
    ...period,
    errors: z.array(z.object({ code: z.string(), count })),
  }),
} satisfies Record<MetricsSection, z.ZodType>;

export const metricsFiguresSchema = z.discriminatedUnion('section', [
  sectionSchemas.overview,
  sectionSchemas.performance,
  sectionSchemas.usage,
  sectionSchemas.retrieval,
  sectionSchemas.memory,
  sectionSchemas.health,
]);
export type MetricsFigures = z.infer<typeof metricsFiguresSchema>;
export type MetricsOf<Section extends MetricsSection> = Extract<MetricsFigures, { section: Section }>;
