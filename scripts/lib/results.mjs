// Reads the reports of Vitest and Playwright: how many tests passed, failed, were skipped and passed only at a second try.

/** Vitest's JSON report, with the names of the tests that were skipped or flaky. */
export const vitestCounts = (report) => {
  const tests = report.testResults.flatMap((file) => file.assertionResults.map((one) => ({ ...one, file: fileName(file.name) })));
  const names = (wanted) => tests.filter(wanted).map(({ file, fullName }) => `${file} › ${fullName}`);
  return {
    passed: report.numPassedTests,
    // A file that does not load has no failed test of its own.
    failed:
      report.numFailedTests + report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length,
    skipped: names(({ status }) => !['passed', 'failed'].includes(status)),
    // For a test that passed at the second try, Vitest keeps the errors of the first.
    flaky: names(({ status, failureMessages }) => status === 'passed' && failureMessages.length > 0),
  };
};

/** Playwright's JSON report, with the names of the tests that were skipped or flaky; a flaky one counts as passed too. */
export const playwrightCounts = (report) => {
  const tests = report.suites.flatMap(specsOf).flatMap(({ file, title, tests }) => tests.map((one) => ({ ...one, file, title })));
  const named = (status) =>
    tests.filter((one) => one.status === status).map(({ projectName, file, title }) => `[${projectName}] ${file} › ${title}`);
  return {
    passed: report.stats.expected + report.stats.flaky,
    failed: report.stats.unexpected + (report.errors?.length ?? 0),
    skipped: named('skipped'),
    flaky: named('flaky'),
  };
};

const specsOf = (suite) => [...suite.specs, ...(suite.suites ?? []).flatMap(specsOf)];
const fileName = (path) => path.replaceAll('\\', '/').replace(/^.*\/(?=tests\/)/, '');

export const sum = (counts) =>
  counts.reduce(
    (total, { passed = 0, failed = 0, skipped = [], flaky = [] }) => ({
      passed: total.passed + passed,
      failed: total.failed + failed,
      skipped: [...total.skipped, ...skipped],
      flaky: [...total.flaky, ...flaky],
    }),
    { passed: 0, failed: 0, skipped: [], flaky: [] },
  );

/** The last line of a test run. */
export const lastLine = ({ passed, failed, skipped, flaky }) =>
  [
    `${passed} passed, ${failed} failed`,
    ...(skipped.length > 0 ? [`${skipped.length} skipped`] : []),
    ...(flaky.length > 0 ? [`${flaky.length} flaky`] : []),
  ].join(', ');

/** Lists skipped tests and those that passed only at a second try; empty where there are none. */
export const named = ({ skipped, flaky }) =>
  [
    ['Skipped', skipped],
    ['Flaky', flaky],
  ].flatMap(([title, names]) => (names.length > 0 ? [`${title}:`, ...names.map((name) => `  ${name}`)] : []));

/** The share of lines covered, in percent, of the files of a coverage summary below one of the folders. */
export const linesCovered = (summary, folders) => {
  const files = Object.entries(summary).filter(([path]) => folders.some((folder) => path.replaceAll('\\', '/').includes(`/${folder}`)));
  const total = files.reduce((lines, [, file]) => lines + file.lines.total, 0);
  const covered = files.reduce((lines, [, file]) => lines + file.lines.covered, 0);
  return total === 0 ? 0 : Math.floor((covered / total) * 1_000) / 10;
};
