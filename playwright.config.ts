import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { defineConfig, type Project } from '@playwright/test';
import type { HostOptions } from './tests/e2e/app';
import { chromiumOfTests } from './tests/e2e/browser';

/** One suite, two hosts: the headless one with Chromium, and Electron (the real one, else the one that stands in for it). */
const root = import.meta.dirname;
const shared = process.env.EMERGENCE_SHARED ?? resolve(root, '..', 'shared');
const standIn = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(shared, 'electron-standin');
const realElectron = existsSync(join(root, 'node_modules', 'electron', 'path.txt')) && !process.env.ELECTRON_OVERRIDE_DIST_PATH;

/** The suites in which the host takes part. The others see only the window, which is the same Chromium in the stand-in and the browser. */
const withHost =
  '**/{electron,steps,keyboard,data,metrics-parts,memory,memory-page,memory-steps,memory-past,memory-forget,learning,hints,summary}.spec.ts';

const electronProject = (): Project<HostOptions> | null => {
  if (realElectron) return { name: 'electron', testIgnore: '**/headless.spec.ts', use: { host: 'electron' } };
  if (existsSync(join(standIn, 'electron'))) {
    process.env.ELECTRON_OVERRIDE_DIST_PATH = standIn;
    const chromium = chromiumOfTests();
    if (chromium) process.env.STANDIN_CHROMIUM ??= chromium;
    process.env.STANDIN_NODE ??= join(root, 'node_modules', 'node', 'bin', 'node');
    return { name: 'electron (stand-in)', testMatch: withHost, use: { host: 'electron' } };
  }
  // Workers load this file too; the line is for the person once.
  if (process.env.TEST_WORKER_INDEX === undefined) console.log("Project electron is skipped: Electron's program is not installed.");
  return null;
};
const electron = electronProject();

export default defineConfig<HostOptions>({
  testDir: 'tests/e2e',
  globalSetup: './tests/e2e/globalSetup.ts',
  outputDir: 'test-results/e2e',
  // By test: by file, the last long file would run alone at the end. No test needs another one of its file.
  fullyParallel: true,
  // Half of a test is waiting: three at a time keep two cores busy.
  workers: 3,
  retries: process.env.CI ? 1 : 0,
  // Limits, which only a failing test reaches: a machine with a third of the speed, or with other tests beside these, still passes.
  timeout: 180_000,
  expect: { timeout: 60_000 },
  reporter: 'list',
  // A trace doubles the time of a test: it is made when a test is tried again, and by hand with --trace on.
  use: { locale: 'en-GB', viewport: { width: 1280, height: 800 }, trace: 'on-first-retry', screenshot: 'only-on-failure' },
  projects: [{ name: 'browser', testIgnore: '**/electron.spec.ts', use: { host: 'browser' } }, ...(electron ? [electron] : [])],
});
