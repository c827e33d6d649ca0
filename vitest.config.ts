import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

const alias = { '@shared': resolve('src/shared'), '@main': resolve('src/main'), '@renderer': resolve('src/renderer') };

export default defineConfig({
  resolve: { alias },
  test: {
    include: ['tests/{unit,integration,contract,quality}/**/*.test.{ts,tsx}'],
    environment: 'node',
    testTimeout: 30_000,
    // On a shared machine a second look tells a slow moment from a defect; a person's run shows the first.
    retry: process.env.CI ? 1 : 0,
    pool: 'forks',
    maxWorkers: 2,
    coverage: {
      provider: 'v8',
      include: ['src/**/*.{ts,tsx}'],
      exclude: ['src/main/electron/**', 'src/main/index.ts'],
      reporter: ['json-summary'],
    },
  },
});
