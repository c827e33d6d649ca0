// `npm test`: everything that must hold. Each check and each test counts as one; the last line is their sum.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bootstrap, emptyFolder, environment, root, run } from './lib/bootstrap.mjs';
import { beginBrowser, ensureBrowser } from './lib/browser.mjs';
import { build } from './lib/build.mjs';
import { lastLine, linesCovered, named, playwrightCounts, sum, vitestCounts } from './lib/results.mjs';

const coverageTarget = 80;
const reports = join(root, 'test-results', 'reports');
const counts = [];
const one = (ok) => ({ passed: ok ? 1 : 0, failed: ok ? 0 : 1 });

const step = async (name, action) => {
  console.log(`\n== ${name}`);
  const started = performance.now();
  const count = sum([await action()]);
  counts.push(count);
  console.log(`== ${name}: ${lastLine(count)} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
};

/** The counts of a report; a run without one, or one that ended badly without a failed test, is a failure itself. */
const reported = (file, status, read) => {
  const path = join(reports, file);
  if (!existsSync(path)) return { failed: 1 };
  const count = read(JSON.parse(readFileSync(path, 'utf8')));
  return status !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count;
};

bootstrap();
emptyFolder(reports);
// An installation waits for the network most of its time.
const browserIsTried = beginBrowser(join(reports, 'browser.log'));
build();

/** The arguments that run projects of vitest.config.ts, with one report. */
const tests = (report, projects, flags = []) => {
  return [
    'run',
    ...projects.flatMap((project) => ['--project', project]),
    ...flags,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${join(reports, report)}`,
  ];
};

await step('format and lint', () => one(run('biome', ['check', '.']) === 0));
await step('types', () => one(run('node', ['scripts/typecheck.mjs']) === 0));
await step('unused code', () => one(run('knip', ['--no-progress']) === 0));
await step('architecture, unit, integration and contract tests', () =>
  reported('vitest-counted.json', run('vitest', tests('vitest-counted.json', ['counted', 'counted-shared'], ['--coverage'])), vitestCounts),
);
await step(`coverage of the engine (${coverageTarget} % of lines)`, () => {
  const summary = join(root, 'coverage', 'coverage-summary.json');
  if (!existsSync(summary)) return one(false);
  const files = JSON.parse(readFileSync(summary, 'utf8'));
  const engine = linesCovered(files, ['src/main/', 'src/shared/']);
  console.log(`${engine} % of the engine's lines are covered.`);
  console.log(
    `${linesCovered(files, ['src/renderer/'])} % of the window's lines are covered by unit tests alone; the end-to-end tests walk the rest.`,
  );
  return one(engine >= coverageTarget);
});

await step('kills of the built program, quality of answers, and very long texts', () =>
  reported('vitest-uncounted.json', run('vitest', tests('vitest-uncounted.json', ['uncounted'])), vitestCounts),
);
await step('end-to-end tests', async () => {
  await browserIsTried;
  const browser = ensureBrowser();
  if (!browser) return { skipped: ['all end-to-end tests: there is no browser'] };
  const env = environment({ EMERGENCE_CHROMIUM: browser, PLAYWRIGHT_JSON_OUTPUT_NAME: join(reports, 'playwright.json') });
  return reported('playwright.json', run('playwright', ['test', '--reporter=list,json'], { env }), playwrightCounts);
});
const total = sum(counts);
for (const line of ['', ...named(total), '', lastLine(total)]) console.log(line);
process.exitCode = total.failed > 0 ? 1 : 0;
