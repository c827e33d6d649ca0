import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join, resolve } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { startHeadless } from '../support/headlessHost';
import { dropDocuments, go, openDocument } from './actions';
import { expect, test } from './app';
import { expectNoBarrier } from './axe';
import { writeDocuments } from './documents';
import { type Language, wordsOf } from './words';

test('loads the page under its content policy, without an error', async ({ app, pageErrors }) => {
  await expect(app.page).toHaveTitle(/Emergence/);
  // The token must not stay in the address.
  await expect.poll(() => app.page.url()).not.toContain('token');
  expect(pageErrors).toEqual([]);
});

test('makes no code or HTML of text, and starts no worker of another place', async ({ app }) => {
  const tried = await app.page.evaluate(() => {
    const attempt = (action: () => unknown): string => {
      try {
        action();
        return 'done';
      } catch (error) {
        return (error as Error).name;
      }
    };
    return [
      attempt(() => {
        document.createElement('div').innerHTML = '<b>x</b>';
      }),
      attempt(() => document.createElement('script').setAttribute('src', '/assets/x.js')),
      attempt(() => new Worker('/elsewhere.js')),
      attempt(() => new Worker(`${location.origin}:1/assets/x.js`)),
      attempt(() => new Worker('data:text/javascript,1')),
      attempt(() => new DOMParser().parseFromString('<p>x', 'text/html')),
    ];
  });
  expect(tried).toEqual(['TypeError', 'done', 'TypeError', 'TypeError', 'TypeError', 'TypeError']);
});

test('draws a PDF by its worker under the content policy', async ({ app, pageErrors }) => {
  // The guide is read first.
  test.slow();
  const folder = `${app.dataFolder}-pdf`;
  mkdirSync(folder);
  const { pdf } = writeDocuments(folder);
  await go(app.page, 'Library');
  await dropDocuments(app.page, [pdf]);
  await openDocument(app.page, /lighthouse/i);
  await expect(app.page.locator('canvas').first()).toBeVisible({ timeout: 20_000 });
  expect(pageErrors).toEqual([]);
  rmSync(folder, { recursive: true, force: true });
});

test('names the first program on a second start with the same data, and ends', async ({ app }) => {
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

/** Opens a page of its own in each language. */
const openPages = async (browser: Browser, address: string): Promise<{ language: Language; page: Page }[]> =>
  Promise.all(
    (['en', 'fr'] as const).map(async (language) => {
      const context = await browser.newContext({ locale: language });
      const page = await context.newPage();
      await page.goto(address);
      return { language, page };
    }),
  );

const notice = (page: Page, language: Language) => page.getByText(wordsOf(language)('common', 'connection.reconnecting'));

test('starts with another token after a kill, and an open page finds it', async ({ browserOfTests, dataFolder }) => {
  const first = await startHeadless(dataFolder);
  const pages = await openPages(browserOfTests, first.address);
  for (const { page } of pages) await expect(page.getByRole('textbox').first()).toBeVisible();
  first.child.kill('SIGKILL');
  for (const { page, language } of pages) {
    await expect(notice(page, language)).toBeVisible();
    await expectNoBarrier(page, `Connection lost, ${language}`);
  }
  const second = await startHeadless(dataFolder);
  expect(new URL(second.address).origin).toBe(new URL(first.address).origin);
  expect(second.address).not.toBe(first.address);
  for (const { page, language } of pages) {
    await expect(notice(page, language)).toBeHidden();
    // A reload works too: the page has the new token now.
    await page.reload();
    await expect(page.getByRole('textbox').first()).toBeVisible();
    await page.context().close();
  }
  second.child.kill('SIGINT');
  expect((await once(second.child, 'exit'))[0]).toBe(0);
  // After a clean end other programs keep their access.
  const third = await startHeadless(dataFolder);
  expect(third.address).toBe(second.address);
  third.child.kill('SIGKILL');
  await once(third.child, 'exit');
});

/** Starts a foreign server on that port, which records every request and answers with a page of its own. */
const startStranger = async (port: number): Promise<{ heard: string[]; close: () => Promise<void> }> => {
  const heard: string[] = [];
  const server = createServer((request, response) => {
    const body: Buffer[] = [];
    request.on('data', (part) => body.push(part));
    request.on('end', () => heard.push(`${request.method} ${request.url} ${request.rawHeaders.join(' ')} ${Buffer.concat(body)}`));
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Stranger</title><p>Hello');
  });
  server.on('upgrade', (request, socket) => {
    heard.push(`UPGRADE ${request.rawHeaders.join(' ')}`);
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return { heard, close: () => new Promise((resolve) => server.close(() => resolve()).closeAllConnections()) };
};

test('an open page sends a stranger on the port nothing, and the program starts elsewhere', async ({ browserOfTests, dataFolder }) => {
  const first = await startHeadless(dataFolder);
  const { port, hash } = new URL(first.address);
  const token = hash.replace('#token=', '');
  const [staying, reloaded] = await openPages(browserOfTests, first.address);
  if (!staying || !reloaded) throw new Error('no pages');
  for (const { page } of [staying, reloaded]) await expect(page.getByRole('textbox').first()).toBeVisible();
  first.child.kill('SIGTERM');
  await once(first.child, 'exit');
  const stranger = await startStranger(Number(port));
  await expect(
    staying.page.getByRole('alert').filter({ hasText: wordsOf(staying.language)('common', 'connection.refusedTitle') }),
  ).toBeVisible();
  await expectNoBarrier(staying.page, 'A stranger answers');
  // The stranger's own page, loaded into the tab, must find no token there.
  await reloaded.page.reload();
  await expect(reloaded.page).toHaveTitle('Stranger');
  expect(await reloaded.page.evaluate(() => JSON.stringify([{ ...sessionStorage }, { ...localStorage }, document.cookie]))).not.toContain(
    token,
  );
  expect(stranger.heard.length).toBeGreaterThan(1);
  expect(stranger.heard.filter((said) => said.includes(token))).toEqual([]);
  expect(stranger.heard.filter((said) => said.startsWith('UPGRADE'))).toEqual([]);

  const second = await startHeadless(dataFolder);
  expect(new URL(second.address).port).not.toBe(port);
  expect(second.address).not.toContain(token);
  second.child.kill('SIGTERM');
  await once(second.child, 'exit');
  await stranger.close();
  for (const { page } of [staying, reloaded]) await page.context().close();
});

test('opens the browser with a code that works once, and the token in no argument', async ({ browserOfTests, dataFolder }) => {
  const tools = `${dataFolder}-tools`;
  const asked = join(tools, 'asked');
  mkdirSync(tools);
  writeFileSync(join(tools, 'xdg-open'), `#!/bin/sh\nprintf '%s' "$1" > '${asked}.part'\nmv '${asked}.part' '${asked}'\n`, { mode: 0o755 });
  const program = await startHeadless(dataFolder, [], { open: true, env: { DISPLAY: ':0', PATH: `${tools}:${process.env.PATH}` } });
  await expect.poll(() => existsSync(asked)).toBe(true);
  const opened = readFileSync(asked, 'utf8');
  const token = new URL(program.address).hash.replace('#token=', '');
  expect(opened).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#code=[\w-]{32}$/);
  expect(opened).not.toContain(token);
  const [first, second] = await openPages(browserOfTests, opened);
  // Both pages had the code in their address; it worked for one of them.
  const entered = async ({ page }: { page: Page }): Promise<boolean> => {
    const box = page.getByRole('textbox').first();
    const refusal = page.getByRole('alert').filter({ has: page.getByRole('heading') });
    await expect(box.or(refusal).first()).toBeVisible();
    return !(await refusal.isVisible());
  };
  if (!first || !second) throw new Error('no pages');
  await expect.poll(async () => [await entered(first), await entered(second)].sort()).toEqual([false, true]);
  for (const { page } of [first, second]) {
    expect(page.url()).not.toContain('code');
    await page.context().close();
  }
  program.child.kill('SIGTERM');
  await once(program.child, 'exit');
  rmSync(tools, { recursive: true, force: true });
});

test('shows words instead of an empty page for a wrong token', async ({ app, browserOfTests }) => {
  for (const { page, language } of await openPages(browserOfTests, app.address?.replace(/#token=.*/, '#token=wrong') ?? '')) {
    await expect(page.getByRole('alert').filter({ hasText: wordsOf(language)('common', 'connection.refusedTitle') })).toBeVisible();
    await expectNoBarrier(page, `Refused, ${language}`);
    await page.context().close();
  }
});

test('ends with words on a port in use and on senseless flags', async ({ app }) => {
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
