import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { addProvider, answers, ask, choose, dropDocuments, go, newChat, readyRow } from './actions';
import { expect, test } from './app';
import { writeDocuments } from './documents';

/** Every figure of the panel: the event happens as a person makes it happen, and the figure is read on the page. */
const words = (count: number): string => Array.from({ length: count }, (_, index) => `word${index}`).join(' ');

const question = (page: Page, name: string): Locator => page.getByRole('main').getByRole('region', { name });
const openSection = async (page: Page, name: string): Promise<void> => {
  await page.getByRole('navigation', { name: 'Metrics' }).getByRole('link', { name }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
};
/** The figure under a name. */
const fact = (place: Locator, name: string): Locator => place.locator('dl > div').filter({ hasText: name }).locator('dd');
/** The cells of a table's row, by the name that begins it. */
const row = (place: Locator, name: string | RegExp): Locator =>
  place.getByRole('row').filter({ has: place.page().getByRole('rowheader', { name }) });
/** A time with its unit; the space does not break. */
const time = /\d+(\.\d)?\s(ms|s)/;

/** Gives the first model of the tests' provider a price, as a person would. */
const setPrices = async (card: Locator): Promise<void> => {
  for (const name of [/^In, price of/, /^Out, price of/]) {
    const field = card.getByRole('textbox', { name }).first();
    await field.fill('1000');
    await field.press('Enter');
    await expect(field).toHaveValue(/1.?000/);
  }
};

test('without events nothing is claimed', async ({ app, pageErrors }) => {
  const { page } = app;
  await go(page, 'Metrics');
  await expect(question(page, 'Is it healthy?')).toContainText('No answers in 24 h');
  await expect(question(page, 'Is it fast?')).toContainText('no data');
  await expect(question(page, 'What does it cost?')).toContainText('No model was called in 24 h');
  await expect(question(page, 'Is it good?')).toContainText('No answer from documents in 24 h');
  expect(pageErrors).toEqual([]);
});

test('answers, errors, times, tokens and cost; each survives a restart', async ({ app, provider, pageErrors }) => {
  test.setTimeout(120_000);
  const { page } = app;
  provider.onMessage(/slow/, { content: words(400) }, { latency: 60, chunkSize: 24 });
  provider.onMessage(/refuse/, {
    error: { message: 'Incorrect API key provided', type: 'invalid_request_error', code: 'invalid_api_key' },
    status: 401,
  });
  provider.onMessage(/.*/, { content: 'The answer is forty-two.' });
  await setPrices(await addProvider(page, provider));
  await newChat(page);
  await ask(page, 'What is the answer?');
  await ask(page, 'And now refuse, please');
  await ask(page, 'Write something slow', { wait: false });
  await expect(answers(page).last()).toContainText('word3');
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(answers(page).last()).toContainText('Stopped');

  const check = async (window: Page): Promise<void> => {
    await go(window, 'Metrics');
    const healthy = question(window, 'Is it healthy?');
    await expect(healthy).toContainText('1 error in 3 answers, 33%');
    await expect(healthy.getByRole('table')).toContainText('1');
    const fast = question(window, 'Is it fast?');
    await expect(fast).toContainText(time);
    await expect(fact(fast, 'First word')).toHaveText(time);
    const cost = question(window, 'What does it cost?');
    await expect(cost).toContainText(/[3-9] calls in 24 h/);
    await expect(cost.locator('dd').first()).toHaveText(/^\$\d/);
    await expect(fact(question(window, 'Is it good?'), 'Stopped')).toHaveText('1');

    await openSection(window, 'Performance');
    const main = window.getByRole('main');
    await expect(row(main, 'Answer, question to end')).toContainText('3');
    await expect(row(main, 'First word of the model')).toContainText(time);

    await openSection(window, 'Usage and cost');
    await expect(row(main, /./).filter({ hasText: 'answers' })).toContainText(/\$\d/);

    await openSection(window, 'Health');
    await expect(row(main, /refused the key/)).toContainText('1');
    await expect(row(main, 'Store')).toContainText('ready');
  };
  await check(page);
  await app.stop();
  await app.start();
  await check(app.page);
  expect(pageErrors.filter((text) => !text.includes('WebSocket'))).toEqual([]);
});

test('reading and searching: documents by outcome, stages, cache, and whether answers cite', async ({ app }) => {
  test.setTimeout(120_000);
  const folder = mkdtempSync(join(tmpdir(), 'emergence-documents-'));
  try {
    const { page } = app;
    await go(page, 'Library');
    await readyRow(page, /Adding documents/);
    await dropDocuments(page, [writeDocuments(folder).pdf]);
    await readyRow(page, /lighthouse/i);
    await newChat(page);
    await ask(page, 'When was the lamp of the Kermorvan lighthouse lit for the first time?');
    await newChat(page);
    await ask(page, 'When was the lamp of the Kermorvan lighthouse lit for the first time?');

    await go(page, 'Metrics');
    const good = question(page, 'Is it good?');
    await expect(good).toContainText('100%');
    await expect(fact(good, 'Well supported').or(fact(good, 'Weakly supported')).filter({ hasText: '2 of 2' })).toHaveCount(1);
    const fast = question(page, 'Is it fast?');
    await expect(fact(fast, 'Search, p50 / p95')).toHaveText(time);
    await expect(fact(fast, 'Cache hits')).toHaveText('50%');

    await openSection(page, 'Search and reading');
    const main = page.getByRole('main');
    await expect(fact(main, 'Searches')).toHaveText('2');
    await expect(fact(main, 'Passages in the index')).toHaveText(/[1-9]/);
    await expect(row(main, 'words')).toContainText(time);
    await expect(row(main, 'meaning')).toContainText(time);
    await expect(row(main, 'pdf')).toContainText(/ready\s*1/);
    await expect(row(main, 'reading')).toContainText(time);
    await expect(row(main, 'embedding')).toContainText(time);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('debates: how many, how long their rounds took, what they were for in the ledger', async ({ app, provider }) => {
  const { page } = app;
  provider.onMessage(/.*/, { content: 'Both sides have a point.' });
  await addProvider(page, provider);
  await go(page, 'Debates');
  await page.getByRole('textbox', { name: 'Topic' }).fill('Should the office be given up?');
  await choose(page.getByRole('radio', { name: '1', exact: true }));
  await page.getByRole('button', { name: 'Start the debate' }).click();
  await expect(page.getByRole('button', { name: 'Export' })).toBeVisible({ timeout: 30_000 });
  await go(page, 'Metrics');
  await openSection(page, 'Usage and cost');
  const debates = question(page, 'Debates');
  await expect(fact(debates, 'Started')).toHaveText('1');
  await expect(fact(debates, 'Rounds')).toHaveText('1');
  // Nobody knows what this model costs.
  await expect(fact(debates, 'Cost')).toHaveText('no price');
  await expect(page.getByRole('main').getByRole('row').filter({ hasText: 'debates' })).toContainText('3');
  await openSection(page, 'Performance');
  await expect(row(page.getByRole('main'), 'Debate round')).toContainText(time);
});
