import type { LedgerCall } from '@main/store/metrics';
import { type MetricsOf, purposesWhere, type UsageRow } from '@shared/model';
import { exactQuantile } from './quantiles';
import { pointsOf, type Timeline } from './timeline';

const awaited: ReadonlySet<string> = new Set(purposesWhere((facts) => facts.awaited));
const ofDebates: ReadonlySet<string> = new Set(purposesWhere(({ debate }) => debate !== null));

/** Null when no call that used tokens had a price: an unknown cost is not zero, even beside calls that failed and cost nothing. */
const priced = (calls: readonly LedgerCall[]): number | null => {
  const used = calls.filter(({ tokensIn, tokensOut }) => tokensIn + tokensOut > 0);
  const known = (used.length > 0 ? used : calls).flatMap(({ costNano }) => (costNano === null ? [] : [costNano]));
  return known.length === 0 ? null : known.reduce((sum, cost) => sum + cost, 0);
};

const usageOf = (calls: readonly LedgerCall[]): UsageRow[] => {
  const groups = Map.groupBy(calls, ({ provider, model, purpose }) => JSON.stringify([provider, model, purpose]));
  return [...groups.values()]
    .map((group): UsageRow => {
      const sum = (figure: (call: LedgerCall) => number): number => group.reduce((total, call) => total + figure(call), 0);
      return {
        provider: group[0]?.provider ?? '',
        model: group[0]?.model ?? '',
        purpose: group[0]?.purpose ?? '',
        calls: group.length,
        failed: sum(({ outcome }) => (outcome === 'failed' ? 1 : 0)),
        inputTokens: sum(({ tokensIn }) => tokensIn),
        outputTokens: sum(({ tokensOut }) => tokensOut),
        cachedTokens: sum(({ tokensCached }) => tokensCached),
        costNano: priced(group),
      };
    })
    .sort((a, b) => (b.costNano ?? -1) - (a.costNano ?? -1) || b.calls - a.calls || a.provider.localeCompare(b.provider));
};

/** The figures of a range from the ledger of model calls. Pure. */
export const ledgerFigures = (
  timeline: Timeline,
  rows: readonly LedgerCall[],
): Pick<MetricsOf<'usage'>, 'usage' | 'cost' | 'tokens'> &
  Pick<MetricsOf<'performance'>, 'firstWord'> & { debateCostNano: number | null } => {
  const calls = rows.map((call) => ({ ...call, t: call.at }));
  const firstWords = calls.flatMap(({ t, purpose, firstWordMs }) =>
    firstWordMs === null || !awaited.has(purpose) ? [] : [{ t, firstWordMs }],
  );
  const quantile = (items: readonly { firstWordMs: number }[], q: number): number | null =>
    exactQuantile(
      items.map(({ firstWordMs }) => firstWordMs),
      q,
    );
  const providers = [...Map.groupBy(calls, ({ provider }) => provider)]
    .map(([provider, group]) => ({ provider, group, cost: priced(group) }))
    .filter(({ cost }) => cost !== null)
    .sort((a, b) => (b.cost ?? 0) - (a.cost ?? 0));
  const total = (figure: (call: LedgerCall) => number, items: readonly LedgerCall[] = calls): number =>
    items.reduce((sum, call) => sum + figure(call), 0);
  return {
    firstWord: {
      count: firstWords.length,
      p50: quantile(firstWords, 0.5),
      p95: quantile(firstWords, 0.95),
      series: [
        { label: 'p50', points: pointsOf(timeline, firstWords, (items) => quantile(items, 0.5)) },
        { label: 'p95', points: pointsOf(timeline, firstWords, (items) => quantile(items, 0.95)) },
      ],
    },
    usage: usageOf(calls),
    cost: {
      totalNano: priced(calls),
      unpricedCalls: calls.filter(({ costNano }) => costNano === null).length,
      series: providers.map(({ provider, group }) => ({ label: provider, points: pointsOf(timeline, group, priced) })),
    },
    tokens: {
      input: total(({ tokensIn }) => tokensIn),
      output: total(({ tokensOut }) => tokensOut),
      series: [
        { label: 'input', points: pointsOf(timeline, calls, (items) => total(({ tokensIn }) => tokensIn, items)) },
        { label: 'output', points: pointsOf(timeline, calls, (items) => total(({ tokensOut }) => tokensOut, items)) },
      ],
    },
    debateCostNano: priced(calls.filter(({ purpose }) => ofDebates.has(purpose))),
  };
};
