import type { MetricsOverview } from '@shared/model';

type UsageRow = MetricsOverview['usage'][number];

/** Null where nothing that used tokens has a price: calls that failed cost nothing, and say nothing of what the others cost. */
const known = (rows: readonly UsageRow[]): number | null => {
  const used = rows.filter(({ inputTokens, outputTokens }) => inputTokens + outputTokens > 0);
  const costs = (used.length > 0 ? used : rows).flatMap(({ costNano }) => (costNano === null ? [] : [costNano]));
  return costs.length === 0 ? null : costs.reduce((sum, cost) => sum + cost, 0);
};

/** What each provider cost (in 1e-9 USD; null: no price known) and how often it was called, the dearest first. */
export const costByProvider = (usage: readonly UsageRow[]): { provider: string; calls: number; costNano: number | null }[] =>
  [...Map.groupBy(usage, ({ provider }) => provider)]
    .map(([provider, rows]) => ({ provider, calls: rows.reduce((sum, { calls }) => sum + calls, 0), costNano: known(rows) }))
    .sort((a, b) => (b.costNano ?? -1) - (a.costNano ?? -1) || b.calls - a.calls);
