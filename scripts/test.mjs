// `npm test`: everything that must hold. Each check and each test counts as one; the last line is their sum.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bootstrap, emptyFolder, environment, root, run } from './lib/bootstrap.mjs';
import { ensureBrowser } from './lib/browser.mjs';
import { build } from './lib/build.mjs';
import { lastLine, linesCovered, named, playwrightCounts, sum, vitestCounts } from './lib/results.mjs';

const coverageTarget = 80;
const reports = join(root, 'test-results', 'reports');
const counts = [];
const one = (ok) => ({ passed: ok ? 1 : 0, failed: ok ? 0 : 1 });

const step = (name, action) => {
  console.log(`\n== ${name}`);
  const started = performance.now();
  const count = sum([action()]);
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
build();
emptyFolder(reports);

step('format and lint', () => one(run('biome', ['check', '.']) === 0));
step('types', () => one(run('node', ['scripts/typecheck.mjs']) === 0));
step('unused code', () => one(run('knip', ['--no-progress']) === 0));
/** The tests of two projects of vitest.config.ts: those with a process for each file, and those that share processes. */
const tests = (project, flags = []) => {
  const file = `vitest-${project}.json`;
  const projects = ['--project', project, '--project', `${project}-shared`];
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${join(reports, file)}`];
  return reported(file, run('vitest', ['run', ...projects, ...flags, ...reporters]), vitestCounts);
};
step('architecture, unit, integration and contract tests of the engine', () => tests('counted', ['--coverage']));
step('the window, kills of the built program, quality of answers, and very long texts', () => tests('uncounted'));
step(`coverage of the engine (${coverageTarget} % of lines)`, () => {
  const summary = join(root, 'coverage', 'coverage-summary.json');
  if (!existsSync(summary)) return one(false);
  const files = JSON.parse(readFileSync(summary, 'utf8'));
  const engine = linesCovered(files, ['src/main/', 'src/shared/']);
  console.log(`${engine} % of the engine's lines are covered; the end-to-end tests walk the window.`);
  return one(engine >= coverageTarget);
});
step('end-to-end tests', () => {
  const browser = ensureBrowser();
  if (!browser) return { skipped: ['all end-to-end tests: there is no browser'] };
  const env = environment({ EMERGENCE_CHROMIUM: browser, PLAYWRIGHT_JSON_OUTPUT_NAME: join(reports, 'playwright.json') });
  return reported('playwright.json', run('playwright', ['test', '--reporter=list,json'], { env }), playwrightCounts);
});

const total = sum(counts);
for (const line of ['', ...named(total), '', lastLine(total)]) console.log(line);
process.exitCode = total.failed > 0 ? 1 : 0;
