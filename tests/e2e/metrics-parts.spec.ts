import { existsSync, readdirSync, readFileSync, readlinkSync, statfsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { addServer, choose, go, readyRow } from './actions';
import { expect, test } from './app';
import { damageStore } from './damageStore';
import { fact, openSection, question, row } from './metricsPage';

/** Health: each part of the program is switched off, blocked or damaged, and the page shows it. */
const main = (page: Page) => page.getByRole('main');
const notices = (page: Page) => page.getByRole('complementary', { name: 'Metrics' });
const health = async (page: Page): Promise<void> => {
  await go(page, 'Metrics');
  await openSection(page, 'Health');
};

/** The process that has this file of the data folder open; null on systems without Linux's /proc. */
const holderOf = (dataFolder: string, file: string): number | null => {
  const path = join(dataFolder, file);
  if (!existsSync('/proc')) return null;
  for (const id of readdirSync('/proc').filter((name) => /^\d+$/.test(name)))
    try {
      if (readdirSync(`/proc/${id}/fd`).some((fd) => readlinkSync(`/proc/${id}/fd/${fd}`) === path)) return Number(id);
    } catch {
      // The process has ended, or belongs to another user.
    }
  return null;
};

/** An OpenAI-compatible embedder that never answers for the first passage of the guide. */
const startStallingEmbedder = async (): Promise<{ address: string; close(): void }> => {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString('utf8');
    if (body.includes('Emergence')) return;
    const { input = [] } = (body ? JSON.parse(body) : {}) as { input?: string[] };
    const data = input.map((text, index) => ({ index, embedding: [text.length, index + 1, 1] }));
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ data: request.method === 'GET' ? [{ id: 'embedder-a', object: 'model' }] : data }));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};

/** The parts are probed every ten seconds. */
const soon = { timeout: 25_000 };

test('shows the parts of the program: ready, off, not answering, and back', async ({ app, host }) => {
  test.setTimeout(120_000);
  const { page } = app;
  await go(page, 'Library');
  await readyRow(page, /Adding documents/);
  await health(page);
  const part = (name: string) => row(main(page).getByRole('region', { name: 'Parts of the program' }), name);
  await expect(part('Store')).toContainText(/readybackup \d+:\d\d/);
  await expect(part('Index')).toContainText(/ready\d+ passages/);
  await expect(part('Reading')).toContainText('readynothing waiting', soon);
  await expect(part('Embedder')).toContainText('readybundled');
  await expect(part('Vectors')).toContainText(/ready\d+, exact/);
  await expect(part('Providers')).toContainText('offnone set up');
  await expect(part('Keys')).toContainText(host === 'browser' ? 'sealed file' : /system keychain|sealed file/);
  await expect(part('Disk')).toContainText('GB free', soon);
  const { bavail, bsize } = statfsSync(app.dataFolder);
  const free = Number(/([\d.]+)\sGB free/.exec((await part('Disk').textContent()) ?? '')?.[1]);
  expect(free / ((bavail * bsize) / 1e9)).toBeCloseTo(1, 1);
  const { version } = JSON.parse(readFileSync(resolve('package.json'), 'utf8')) as { version: string };
  await expect(fact(main(page), 'Version')).toHaveText(version);
  await expect(fact(main(page), 'Running for')).toHaveText(/^\d+(\.\d)?\s(ms|s)$/);
  await expect(notices(page)).toContainText('Nothing needs attention.');

  const stalling = await startStallingEmbedder();
  await addServer(page, stalling.address, { name: 'Stalling', says: /Stalling/ });
  await page.getByRole('link', { name: 'Search and embeddings' }).click();
  const embeddings = page.getByRole('form', { name: 'Embeddings from a provider' });
  await embeddings.getByRole('combobox', { name: 'Provider' }).selectOption('Stalling');
  await embeddings.getByRole('combobox', { name: 'Model', exact: true }).fill('embedder-a');
  await embeddings.getByRole('button', { name: 'Use', exact: true }).click();
  await expect(page.getByRole('region', { name: 'Work in progress' })).toBeVisible();
  await health(page);
  await expect(part('Providers')).toContainText('ready1 set up');
  await expect(part('Vectors')).toContainText(/working\d+ to go/, soon);
  await expect(part('Embedder')).toContainText('readybundled');
  stalling.close();

  await go(page, 'Settings');
  await page.getByRole('link', { name: 'Search and embeddings' }).click();
  await choose(page.getByRole('radio', { name: /words only|None/i }));
  await health(page);
  await expect(part('Embedder')).toContainText('offnone, words only', soon);
  await expect(part('Vectors')).toContainText('off');

  const search = holderOf(app.dataFolder, 'index.db');
  if (process.platform === 'linux') expect(search).not.toBeNull();
  if (search !== null) {
    process.kill(search, 'SIGSTOP');
    await page.reload();
    await openSection(page, 'Overview');
    await expect(question(page, 'Is it healthy?')).toContainText('Yes, 3 notices');
    for (const name of ['Index', 'Embedder', 'Vectors']) await expect(notices(page)).toContainText(`${name}: not answering`);
    process.kill(search, 'SIGCONT');
  }

  const mend = damageStore(app.dataFolder);
  try {
    await page.reload();
    await openSection(page, 'Overview');
    await expect(question(page, 'Is it healthy?')).toContainText(/^Is it healthy\?(answers|errors)*No/);
    await expect(notices(page)).toContainText('Store: not answering');
  } finally {
    mend();
  }
  await page.reload();
  await expect(notices(page)).toContainText('Nothing needs attention.', soon);
});
