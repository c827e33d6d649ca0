import type { Health, HealthPart, MetricsOf } from '@shared/model';

/** Facts that deserve attention, without alarm. */
export type Notice =
  | { kind: 'part'; part: HealthPart }
  | { kind: 'errors'; share: number }
  | { kind: 'latency'; p95: number }
  | { kind: 'cache'; share: number }
  | { kind: 'analysis'; share: number }
  | { kind: 'analysisTime'; p95: number }
  | { kind: 'readings'; share: number };

/** A share of errors above this, and answers slower than this, are shown as notices. */
const errorLimit = 0.05;
export const latencyLimitMs = 5_000;
const cacheLimit = 0.2;
/** Fewer analyses of messages than this that succeed, and slower ones, are shown as notices. */
const analysisLimit = 0.8;
const analysisLimitMs = 10_000;
/** A rate of very few means nothing. */
const enough = { answers: 5, searches: 20, analyses: 5, timeQuestions: 20 };

export const errorShare = ({ answers }: MetricsOf<'overview'>): number | null =>
  answers.total === 0 ? null : answers.failed / answers.total;

export const cacheShare = ({ retrieval }: MetricsOf<'overview'>): number | null => {
  const asked = retrieval.cacheHits + retrieval.cacheMisses;
  return asked === 0 ? null : retrieval.cacheHits / asked;
};

/**
 * From this share of failed answers on the program is not healthy, however few they are; between the limits it is partly healthy.
 */
const unhealthyShare = 1 / 3;

export type HealthVerdict = 'unknown' | 'no' | 'partly' | 'yes';

/** Answers "Is it healthy?" from the health of the parts and the share of failed answers in the period. */
export const healthVerdict = (overview: MetricsOf<'overview'>, health: Pick<Health, 'state'> | undefined): HealthVerdict => {
  const failing = errorShare(overview) ?? 0;
  if (health?.state === 'down' || failing >= unhealthyShare) return 'no';
  if (overview.answers.total >= enough.answers && failing > errorLimit) return 'partly';
  return health ? 'yes' : 'unknown';
};

export const noticesOf = (overview: MetricsOf<'overview'> | undefined, health: Health | undefined): Notice[] => {
  const notices: Notice[] = (health?.parts ?? [])
    .filter(({ state }) => state === 'degraded' || state === 'down')
    .map((part) => ({ kind: 'part', part }));
  if (!overview) return notices;
  const failing = errorShare(overview);
  if (failing !== null && overview.answers.total >= enough.answers && failing > errorLimit)
    notices.push({ kind: 'errors', share: failing });
  const { p95, count } = overview.latency;
  if (p95 !== null && count >= enough.answers && p95 > latencyLimitMs) notices.push({ kind: 'latency', p95 });
  const cached = cacheShare(overview);
  if (cached !== null && overview.retrieval.cacheHits + overview.retrieval.cacheMisses >= enough.searches && cached < cacheLimit)
    notices.push({ kind: 'cache', share: cached });
  return [...notices, ...memoryNotices(overview)];
};

/** The cache of memory that is judged is that of readings: an analysed message is read once, so its cache is there for crashes. */
const memoryNotices = ({ memory }: MetricsOf<'overview'>): Notice[] => {
  const notices: Notice[] = [];
  const analyses = memory.done + memory.failed;
  if (analyses >= enough.analyses) {
    const share = memory.done / analyses;
    if (share < analysisLimit) notices.push({ kind: 'analysis', share });
    if (memory.analysisP95 !== null && memory.analysisP95 > analysisLimitMs)
      notices.push({ kind: 'analysisTime', p95: memory.analysisP95 });
  }
  if (memory.knownShare !== null && memory.timeQuestions >= enough.timeQuestions && memory.knownShare < cacheLimit)
    notices.push({ kind: 'readings', share: memory.knownShare });
  return notices;
};
