import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { type App, expect, startHeadless, test } from './app';
import { expectNoBarrier } from './axe';
import { type Language, wordsOf } from './words';

test('the page loads under its content policy, without an error', async ({ app, pageErrors }) => {
  await expect(app.page).toHaveTitle(/Emergence/);
  // The token does not stay in the address.
  await expect.poll(() => app.page.url()).not.toContain('token');
  expect(pageErrors).toEqual([]);
});

test('a second start on the same data names the first and ends', async ({ app }) => {
  const node = resolve('node_modules/node/bin/node');
  const second = spawn(node, [resolve('out/main/headless.js'), '--data-dir', app.dataFolder, '--no-open'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const said: Buffer[] = [];
  second.stdout.on('data', (bytes) => said.push(bytes));
  const [code] = await once(second, 'exit');
  expect(code).toBe(0);
  expect(Buffer.concat(said).toString()).toContain(app.address);
});

/** A page of its own in each language. */
const openPages = async (app: App, address: string): Promise<{ language: Language; page: Page }[]> =>
  Promise.all(
    (['en', 'fr'] as const).map(async (language) => {
      const context = await app.page.context().browser()?.newContext({ locale: language });
      const page = await context?.newPage();
      if (!page) throw new Error('no page');
      await page.goto(address);
      return { language, page };
    }),
  );

test('after a kill it starts again at the same address, an open page finds it, and Ctrl-C ends it cleanly', async ({ app }) => {
  const dataFolder = `${app.dataFolder}-killed`;
  const first = await startHeadless(dataFolder);
  const pages = await openPages(app, first.address);
  for (const { page } of pages) await expect(page.getByRole('textbox').first()).toBeVisible();
  first.child.kill('SIGKILL');
  const notice = (page: Page, language: Language) => page.getByText(wordsOf(language)('common', 'connection.reconnecting'));
  for (const { page, language } of pages) {
    await expect(notice(page, language)).toBeVisible();
    await expectNoBarrier(page, `Connection lost, ${language}`);
  }
  const second = await startHeadless(dataFolder);
  expect(second.address).toBe(first.address);
  for (const { page, language } of pages) {
    await expect(notice(page, language)).toBeHidden();
    await page.context().close();
  }
  second.child.kill('SIGINT');
  expect((await once(second.child, 'exit'))[0]).toBe(0);
  rmSync(dataFolder, { recursive: true, force: true, maxRetries: 5 });
});

test('a wrong token shows words instead of an empty page', async ({ app }) => {
  for (const { page, language } of await openPages(app, app.address?.replace(/#token=.*/, '#token=wrong') ?? '')) {
    await expect(page.getByRole('alert')).toContainText(wordsOf(language)('common', 'connection.refusedTitle'));
    await expectNoBarrier(page, `Refused, ${language}`);
    await page.context().close();
  }
});

test('a port in use and flags that make no sense end with words', async ({ app }) => {
  const node = resolve('node_modules/node/bin/node');
  const say = async (...flags: string[]): Promise<[number, string]> => {
    const child = spawn(node, [resolve('out/main/headless.js'), '--no-open', '--data-dir', `${app.dataFolder}-2`, ...flags], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const said: Buffer[] = [];
    child.stderr.on('data', (bytes) => said.push(bytes));
    const [code] = await once(child, 'exit');
    return [code as number, Buffer.concat(said).toString()];
  };
  const port = new URL(app.address ?? '').port;
  expect(await say('--port', port)).toEqual([1, expect.stringContaining(`Port ${port} is taken`)]);
  expect(await say('--port', 'x')).toEqual([2, expect.stringContaining('--port x')]);
  expect(await say('--colour')).toEqual([2, expect.stringContaining('--colour')]);
  rmSync(`${app.dataFolder}-2`, { recursive: true, force: true, maxRetries: 5 });
});
