// Reads how many tests passed, failed and were skipped out of the reports of Vitest and Playwright.

/** Vitest's JSON report. */
export const vitestCounts = (report) => ({
  passed: report.numPassedTests,
  // A file that does not load fails no test of its own.
  failed:
    report.numFailedTests + report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length,
  skipped: report.numPendingTests + (report.numTodoTests ?? 0),
});

/** Playwright's JSON report. A test that passed only when tried again counts as passed and is named by Playwright as flaky. */
export const playwrightCounts = (report) => ({
  passed: report.stats.expected + report.stats.flaky,
  failed: report.stats.unexpected + (report.errors?.length ?? 0),
  skipped: report.stats.skipped,
});

export const sum = (counts) =>
  counts.reduce(
    (total, { passed = 0, failed = 0, skipped = 0 }) => ({
      passed: total.passed + passed,
      failed: total.failed + failed,
      skipped: total.skipped + skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  );

/** The last line of a test run. */
export const lastLine = ({ passed, failed, skipped }) => `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
