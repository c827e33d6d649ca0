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

/** The longest files: one that began last would run alone. */
const longest =
  /crash|restores|analysis|hostileText|retrieval|fullDisk|forgetKilled|host.start|searchEngine|brokenCells|memoryYear|backups|faults/;

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification): boolean => longest.test(moduleId.slice(import.meta.dirname.length));
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
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
    testTimeout: 30_000,
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
