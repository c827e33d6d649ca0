import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LLMock } from '@copilotkit/aimock';
import { _electron, type Browser, test as base, type ElectronApplication, type Page } from '@playwright/test';
import { cleanEnvironment, ended, root, startHeadless } from '../support/headlessHost';
import { fillFromPrepared } from '../support/preparedFolder';
import { launchBrowser } from './browser';

export { expect } from '@playwright/test';

export interface HostOptions {
  host: 'browser' | 'electron';
  /** Extra environment variables for the headless host. */
  environment: Record<string, string>;
  /** Starts on an empty folder; otherwise on one in which the program ran before, and whose guide is ready. */
  firstStart: boolean;
}

/** The program as a person has it: one window, one data folder. */
export interface App {
  readonly page: Page;
  readonly dataFolder: string;
  /** Electron's main process; null on the headless host. */
  readonly electron: ElectronApplication | null;
  /** The address of the headless host, token included; null in Electron. */
  readonly address: string | null;
  /** Ends the program as the person does. */
  stop(): Promise<void>;
  /** Ends the program as a power cut does. */
  kill(): Promise<void>;
  /** Starts the program again on the same data; `page` is then the new window. */
  start(): Promise<void>;
}

const isRoot = process.getuid?.() === 0;

/** Opens a page of the headless host, as another browser tab would. */
export type OpenPage = (address: string) => Promise<Page>;

const createBrowserApp = async (dataFolder: string, openPage: OpenPage, env: Record<string, string>): Promise<App> => {
  let running: { child: ChildProcess; address: string } | null = null;
  let page: Page | null = null;
  /** The page's messages about a program that was ended under it are no fault of either. */
  const forgive = (): void => void page?.removeAllListeners('console');
  const app: App = {
    get page() {
      if (!page) throw new Error('The program is not running');
      return page;
    },
    dataFolder,
    electron: null,
    get address() {
      return running?.address ?? null;
    },
    stop: async () => {
      forgive();
      running?.child.kill('SIGTERM');
      if (running) await ended(running.child);
      await page?.close();
    },
    kill: async () => {
      forgive();
      running?.child.kill('SIGKILL');
      if (running) await ended(running.child);
      await page?.close();
    },
    start: async () => {
      running = await startHeadless(dataFolder, [], { env });
      page = await openPage(running.address);
    },
  };
  await app.start();
  return app;
};

const createElectronApp = async (dataFolder: string): Promise<App> => {
  let electron: ElectronApplication | null = null;
  let page: Page | null = null;
  const app: App = {
    get page() {
      if (!page) throw new Error('The program is not running');
      return page;
    },
    dataFolder,
    get electron() {
      return electron;
    },
    address: null,
    stop: async () => {
      await electron?.close();
    },
    kill: async () => {
      const child = electron?.process();
      child?.kill('SIGKILL');
      if (child) await ended(child);
    },
    start: async () => {
      const sandbox = isRoot && !process.env.ELECTRON_OVERRIDE_DIST_PATH ? ['--no-sandbox'] : [];
      electron = await _electron.launch({
        args: ['.', ...sandbox, '--data-dir', dataFolder],
        cwd: root,
        env: { ...cleanEnvironment(), LANG: 'en_GB.UTF-8' },
      });
      page = await electron.firstWindow();
      // The window exists before its page does.
      await page.waitForFunction(() => document.title !== '' && document.readyState === 'complete');
    },
  };
  await app.start();
  return app;
};

interface Fixtures {
  /** A model provider on this machine that gives the configured answers. */
  provider: LLMock;
  /** Messages of the page's console that must never appear: errors and refusals of the content policy. */
  pageErrors: string[];
  /** The data folder of the program, filled unless `firstStart`, and deleted after the test. */
  dataFolder: string;
  /** Starts the program for tests that write into its data folder before. */
  openApp: () => Promise<App>;
  app: App;
}

export const test = base.extend<Fixtures & HostOptions, { browserOfTests: Browser }>({
  host: ['browser', { option: true }],
  environment: [{}, { option: true }],
  firstStart: [false, { option: true }],
  browserOfTests: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameters' names
    async ({}, use) => {
      const browser = await launchBrowser();
      await use(browser);
      await browser.close();
    },
    { scope: 'worker' },
  ],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameters' names
  provider: async ({}, use) => {
    const mock = new LLMock({ port: 0 });
    await mock.start();
    await use(mock);
    await mock.stop();
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameters' names
  pageErrors: async ({}, use) => {
    await use([]);
  },
  dataFolder: async ({ firstStart }, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'emergence-e2e-'));
    if (!firstStart) await fillFromPrepared(folder);
    await use(folder);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  },
  // After the provider, so that the program ends before it: a server waits for the answers that the program still reads.
  openApp: async ({ host, environment, dataFolder, browserOfTests, pageErrors, viewport, locale, provider: _ }, use) => {
    const listen = (page: Page): void => {
      page.on('console', (message) => {
        if (message.type() === 'error') pageErrors.push(message.text());
      });
      page.on('pageerror', (error) => pageErrors.push(String(error)));
    };
    const context =
      host === 'browser' ? await browserOfTests.newContext({ viewport, locale, permissions: ['clipboard-read', 'clipboard-write'] }) : null;
    let app: App | null = null;
    await use(async () => {
      app = context
        ? await createBrowserApp(
            dataFolder,
            async (address) => {
              const page = await context.newPage();
              listen(page);
              await page.goto(address);
              return page;
            },
            environment,
          )
        : await createElectronApp(dataFolder);
      if (!context) listen(app.page);
      return app;
    });
    await (app as App | null)?.stop();
    await context?.close();
  },
  app: async ({ openApp }, use) => use(await openApp()),
});
