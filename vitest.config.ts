import { resolve } from 'node:path';
import { defineConfig, type TestProjectConfiguration } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const alias = { '@shared': resolve('src/shared'), '@main': resolve('src/main'), '@renderer': resolve('src/renderer') };

/**
 * Tests of the built program and of very long texts. Counting their lines would double the processor time of the second, and sees
 * nothing of the first.
 */
const uncounted = [
  'tests/quality/**/*.test.ts',
  'tests/integration/{crash,host}/*.test.ts',
  'tests/unit/processes/ingest/hostileText.test.ts',
  'tests/unit/shared/prose.test.ts',
];

/** Parts of the names of the longest files, the longest first: one that began last would run alone. */
const longest = [
  ...['crash/crash', 'crash/analysis', 'store/fullDisk', 'forgetKilled', 'crash/restores', 'retrieval', 'searchEngine', 'host/start'],
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

const project = (name: string, include: string[], exclude: string[] = []): TestProjectConfiguration => ({
  extends: true,
  test: { name, include, exclude },
});

export default defineConfig({
  resolve: { alias },
  test: {
    projects: [
      project('counted', ['tests/{unit,integration,contract,quality}/**/*.test.{ts,tsx}'], uncounted),
      project('uncounted', uncounted),
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
