import { expect, test } from 'vitest';
import { lastLine, playwrightCounts, sum, vitestCounts } from '../../../scripts/lib/results.mjs';

test('the last line sums every step', () => {
  expect(lastLine(sum([{ passed: 1, failed: 0 }, { passed: 20, failed: 2, skipped: 3 }, { skipped: 1 }]))).toBe(
    '21 passed, 2 failed, 4 skipped',
  );
  expect(lastLine(sum([{ passed: 5 }]))).toBe('5 passed, 0 failed');
});

test('a test file that does not load is a failure', () => {
  const file = (status: string, assertions: number) => ({ status, assertionResults: Array(assertions).fill({}) });
  const report = {
    numPassedTests: 4,
    numFailedTests: 1,
    numPendingTests: 2,
    testResults: [file('failed', 5), file('failed', 0), file('passed', 1)],
  };
  expect(vitestCounts(report)).toEqual({ passed: 4, failed: 2, skipped: 2 });
});

test('errors outside of tests count as failures', () => {
  expect(playwrightCounts({ stats: { expected: 3, flaky: 1, unexpected: 0, skipped: 2 }, errors: [{}] })).toEqual({
    passed: 4,
    failed: 1,
    skipped: 2,
  });
});
