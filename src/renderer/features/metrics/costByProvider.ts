import type { UsageRow } from '@shared/model';

/** Null where nothing that used tokens has a price: failed calls cost nothing, but the cost of the others is unknown. */
const known = (rows: readonly UsageRow[]): number | null => {
  const used = rows.filter(({ inputTokens, outputTokens }) => inputTokens + outputTokens > 0);
  const costs = (used.length > 0 ? used : rows).flatMap(({ costNano }) => (costNano === null ? [] : [costNano]));
  return costs.length === 0 ? null : costs.reduce((sum, cost) => sum + cost, 0);
};

/** The cost of each provider (in 1e-9 USD; null: no price known) and the number of its calls, the dearest first. */
export const costByProvider = (usage: readonly UsageRow[]): { provider: string; calls: number; costNano: number | null }[] =>
  [...Map.groupBy(usage, ({ provider }) => provider)]
    .map(([provider, rows]) => ({ provider, calls: rows.reduce((sum, { calls }) => sum + calls, 0), costNano: known(rows) }))
    .sort((a, b) => (b.costNano ?? -1) - (a.costNano ?? -1) || b.calls - a.calls);
