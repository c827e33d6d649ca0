import type { LedgerCall } from '@main/store/metrics';
import { ledgerFigures } from '@main/telemetry/ledgerFigures';
import { expect, test } from 'vitest';

const call = (purpose: string, costNano: number): LedgerCall => ({
  at: 5,
  purpose,
  provider: 'P',
  model: 'M',
  outcome: 'done',
  tokensIn: 1,
  tokensOut: 1,
  tokensCached: 0,
  costNano,
  firstWordMs: costNano,
  ms: 1,
});

test('counts summaries into the cost of a debate, and no first word of a summary or a title', () => {
  const calls = [call('answer', 1), call('debate', 10), call('debate_summary', 100), call('title', 1_000)];
  const { debateCostNano, firstWord, cost } = ledgerFigures({ from: 0, to: 10, bucket: 10 }, calls);
  expect([debateCostNano, cost.totalNano]).toEqual([110, 1_111]);
  expect([firstWord.count, firstWord.p50]).toEqual([2, 5.5]);
});

test('makes no unknown price a zero because of a call that failed before it used anything', () => {
  const failed = { ...call('answer', 0), outcome: 'failed', tokensIn: 0, tokensOut: 0 };
  const unpriced = { ...call('answer', 0), costNano: null };
  const figures = (calls: LedgerCall[]) => ledgerFigures({ from: 0, to: 10, bucket: 10 }, calls);
  expect(figures([failed, unpriced])).toMatchObject({
    cost: { totalNano: null, unpricedCalls: 1, series: [] },
    usage: [{ calls: 2, costNano: null }],
  });
  expect(figures([failed]).cost.totalNano).toBe(0);
  expect(figures([failed, unpriced, call('answer', 7)]).cost.totalNano).toBe(7);
});
