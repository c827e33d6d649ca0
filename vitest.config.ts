import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { defineConfig, type TestProjectConfiguration } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { sharesProcess } from './tests/support/sharing.ts';

const alias = { '@shared': resolve('src/shared'), '@main': resolve('src/main'), '@renderer': resolve('src/renderer') };

/** Tests whose lines are not counted. Counting takes as much processor time as most tests do, and would see nothing of the built program. */
const uncounted = [
  'tests/quality/**/*.test.ts',
  'tests/integration/{crash,host}/*.test.ts',
  'tests/unit/electron/**/*.test.ts',
  'tests/unit/processes/ingest/hostileText.test.ts',
  'tests/unit/shared/prose.test.ts',
];
const everywhere = 'tests/{unit,integration,contract,quality}/**/*.test.{ts,tsx}';

/** The unit tests that run in one process with others. */
const shared = globSync('tests/unit/**/*.test.{ts,tsx}')
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => sharesProcess(path, readFileSync(path, 'utf8')));

/** Parts of the names of the longest files, the longest first: one that began last would run alone. */
const longest = [
  ...[
    'crash/crash',
    'crash/analysis',
    'ingest/citations',
    'store/fullDisk',
    'forgetKilled',
    'crash/restores',
    'retrieval',
    'searchEngine',
    'host/start',
  ],
  ...['memoryYear', 'store/backups', 'brokenCells', 'faults', 'hostileText', 'identity', 'searchProcess', 'everyDocument'],
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification): number => {
      const found = longest.findIndex((part) => moduleId.includes(part));
      return found === -1 ? longest.length : found;
    };
    return (await super.sort(files)).sort((a, b) => place(a) - place(b));
  }
}

const project = (name: string, include: string[], exclude: string[], more: object = {}): TestProjectConfiguration => ({
  extends: true,
  test: { name, include, exclude, ...more },
});
const inOneProcess = { isolate: false, setupFiles: ['tests/support/leaveClean.ts'] };

export default defineConfig({
  resolve: { alias },
  test: {
    projects: [
      project('counted', [everywhere], [...uncounted, ...shared]),
      project('counted-shared', shared, uncounted, inOneProcess),
      project('uncounted', uncounted, []),
    ],
    environment: 'node',
    // Limits, which only a failing test reaches.
    testTimeout: 60_000,
    expect: { poll: { timeout: 20_000 } },
    setupFiles: ['tests/support/patience.ts'],
    // On a shared machine a second look tells a slow moment from a defect; a person's run shows the first.
    retry: process.env.CI ? 1 : 0,
    pool: 'forks',
    // Many tests wait for a process or a server: three at a time keep two cores busy.
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    coverage: {
      provider: 'v8',
      include: ['src/**/*.{ts,tsx}'],
      exclude: ['src/main/electron/**', 'src/main/index.ts'],
      reporter: ['json-summary'],
    },
  },
});
