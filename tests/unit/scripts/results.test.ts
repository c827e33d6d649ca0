import { expect, test } from 'vitest';
import { lastLine, linesCovered, named, playwrightCounts, sum, vitestCounts } from '../../../scripts/lib/results.mjs';

test('sums every step in the last line and counts skipped and flaky tests', () => {
  const total = sum([{ passed: 1, failed: 0 }, { passed: 20, failed: 2, skipped: ['a', 'b'], flaky: ['c'] }, { skipped: ['d'] }]);
  expect(lastLine(total)).toBe('21 passed, 2 failed, 3 skipped, 1 flaky');
  expect(named(total)).toEqual(['Skipped:', '  a', '  b', '  d', 'Flaky:', '  c']);
  expect(lastLine(sum([{ passed: 5 }]))).toBe('5 passed, 0 failed');
  expect(named(sum([{ passed: 5 }]))).toEqual([]);
});

const result = (status: string, failureMessages: string[] = []) => ({ status, fullName: `a ${status} one`, failureMessages });

test('counts a test file that does not load as a failure', () => {
  const report = {
    numPassedTests: 4,
    numFailedTests: 1,
    testResults: [
      { name: '/x/tests/a.test.ts', status: 'failed', assertionResults: [result('failed', ['Error'])] },
      { name: '/x/tests/b.test.ts', status: 'failed', assertionResults: [] },
    ],
  };
  expect(vitestCounts(report)).toEqual({ passed: 4, failed: 2, skipped: [], flaky: [] });
});

test('names tests that Vitest skipped, or that passed only at the second try', () => {
  const assertionResults = [result('passed'), result('passed', ['Error: first try']), result('skipped'), result('todo')];
  const report = {
    numPassedTests: 2,
    numFailedTests: 0,
    testResults: [{ name: 'C:\\x\\tests\\unit\\a.test.ts', status: 'passed', assertionResults }],
  };
  expect(vitestCounts(report)).toMatchObject({
    skipped: ['tests/unit/a.test.ts › a skipped one', 'tests/unit/a.test.ts › a todo one'],
    flaky: ['tests/unit/a.test.ts › a passed one'],
  });
});

test('counts errors outside tests as failures; names skipped and flaky ones with their host', () => {
  const spec = (title: string, status: string) => ({ title, file: 'a.spec.ts', tests: [{ projectName: 'browser', status }] });
  const report = {
    stats: { expected: 3, flaky: 1, unexpected: 0, skipped: 1 },
    errors: [{}],
    suites: [{ specs: [spec('one', 'flaky')], suites: [{ specs: [spec('two', 'skipped'), spec('three', 'expected')] }] }],
  };
  expect(playwrightCounts(report)).toEqual({
    passed: 4,
    failed: 1,
    skipped: ['[browser] a.spec.ts › two'],
    flaky: ['[browser] a.spec.ts › one'],
  });
});

test('counts covered lines by folder', () => {
  const lines = (total: number, covered: number) => ({ lines: { total, covered } });
  const summary = {
    total: lines(30, 14),
    '/x/src/main/a.ts': lines(10, 9),
    '/x/src/shared/b.ts': lines(10, 5),
    '/x/src/renderer/c.tsx': lines(10, 0),
  };
  expect(linesCovered(summary, ['src/main/', 'src/shared/'])).toBe(70);
  expect(linesCovered(summary, ['src/renderer/'])).toBe(0);
  expect(linesCovered(summary, ['src/other/'])).toBe(0);
});
