import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { addProvider, choose, go, readyRow } from './actions';
import { expect, test } from './app';

const words = (count: number): string => Array.from({ length: count }, (_, index) => `word${index}`).join(' ');
const synthesis =
  '## Agreements\nBoth value time.\n\n## Open points\nThe rent.\n\n## Verdict\nKeep half of the office.\n\n## What would settle it\nA month of trial.';

const setUp = async (page: Page, { topic, rounds, documents }: { topic: string; rounds: string; documents: boolean }): Promise<void> => {
  await go(page, 'Debates');
  await page.getByRole('textbox', { name: 'Topic' }).fill(topic);
  await page.getByRole('textbox', { name: 'Attacker, Side' }).fill('for remote work');
  await page.getByRole('textbox', { name: 'Challenger, Side' }).fill('for the office');
  await choose(page.getByRole('radio', { name: rounds, exact: true }));
  if (!documents) await page.getByRole('switch', { name: 'Documents' }).click();
  await page.getByRole('button', { name: 'Start the debate' }).click();
  await expect(page.getByRole('heading', { level: 2, name: topic })).toBeVisible();
};

test('stops, is found after a reload, resumes to its verdict, and is exported as Markdown', async ({ app, provider, pageErrors }) => {
  test.setTimeout(120_000);
  const { page } = app;
  provider.onMessage(/You are its mediator/, { content: synthesis });
  provider.onMessage(/.*/, { content: words(120) }, { latency: 50, chunkSize: 24 });
  await addProvider(page, provider);
  await setUp(page, { topic: 'Should the office be given up for remote work?', rounds: '2', documents: false });
  const first = page.getByRole('region', { name: 'Round 1' });
  await expect(first.getByRole('article').nth(0)).toContainText('word3');
  await expect(first.getByRole('article').nth(1)).toContainText('word3');
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(first.getByText('Stopped here.').first()).toBeVisible();
  await page.reload();
  await expect(page.getByRole('region', { name: 'Round 1' }).getByRole('article').nth(0)).toContainText('word3');
  await page.getByRole('button', { name: 'Resume' }).click();

  const card = page.getByRole('region', { name: /^Synthesis by/ });
  await expect(card).toContainText('Keep half of the office.', { timeout: 60_000 });
  await expect(card.getByRole('heading', { name: 'Agreements' })).toBeVisible();
  await expect(page.getByRole('complementary', { name: 'Cost and time' })).toContainText('Round 2');
  await expect(page.getByRole('button', { name: /^Round 1/ })).toHaveAttribute('aria-expanded', 'false');

  const download = app.electron ? null : page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export' }).click();
  const path = await (await download)?.path();
  if (path) expect(readFileSync(path, 'utf8')).toContain('Keep half of the office.');
  await expect(page.getByRole('navigation', { name: 'Debates' }).getByRole('link')).toHaveCount(1);
  expect(pageErrors).toEqual([]);
});

test('cites documents for each side, and opens a cited passage beside the debate', async ({ app, provider, pageErrors }) => {
  test.setTimeout(90_000);
  const { page } = app;
  provider.onMessage(/You are its mediator/, { content: synthesis });
  provider.onMessage(/.*/, { content: 'Adding documents is quick, as the guide says [1].' });
  await go(page, 'Library');
  await readyRow(page, /Adding documents/);
  await addProvider(page, provider);
  await setUp(page, { topic: 'How should documents be added to the library?', rounds: '1', documents: true });
  await expect(page.getByRole('button', { name: 'Export' })).toBeVisible();
  const source = page.getByRole('button', { name: /^Source 1: / }).first();
  await source.click();
  await expect(page.getByRole('complementary', { name: 'Evidence panel' })).toBeVisible();
  await expect(page.getByRole('complementary', { name: 'Cost and time' })).toContainText(/source/);
  // The debaters cite what they were given; the mediator was given it too and cites nothing.
  await expect(page.getByText(/does not cite the passage found|cites none of the \d+ passages found/)).toHaveCount(1);
  expect(pageErrors).toEqual([]);
});

test('skips a side that cannot speak, and notes it in the transcript', async ({ app, provider }) => {
  const { page } = app;
  provider.onMessage(/for the office/, { error: { message: 'no', type: 'invalid_request_error' }, status: 400 });
  provider.onMessage(/.*/, { content: 'I have something to say.' });
  await addProvider(page, provider);
  await setUp(page, { topic: 'Is it better at home?', rounds: '1', documents: false });
  const round = page.getByRole('region', { name: 'Round 1' });
  await expect(round.getByRole('article').nth(0)).toContainText('I have something to say.');
  await expect(round.getByRole('article').nth(1)).toContainText(/^Skipped: /);
});

test('continues in another window when it is resumed in one', async ({ app, provider, pageErrors }) => {
  test.skip(app.electron !== null, 'Electron has one window');
  test.setTimeout(90_000);
  const { page } = app;
  provider.onMessage(/You are its mediator/, { content: synthesis });
  provider.onMessage(/.*/, { content: words(60) }, { latency: 50, chunkSize: 24 });
  await addProvider(page, provider);
  await setUp(page, { topic: 'Should the office be given up?', rounds: '1', documents: false });
  await expect(page.getByRole('region', { name: 'Round 1' }).getByRole('article').nth(0)).toContainText('word3');
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(page.getByRole('button', { name: 'Resume' })).toBeVisible();
  const other = await page.context().newPage();
  // The token comes with the address that the host printed.
  await other.goto(app.address ?? '');
  await expect(other.getByRole('textbox', { name: 'Message' })).toBeVisible();
  await other.goto(page.url());
  await other.getByRole('button', { name: 'Resume' }).click();
  await expect(page.getByRole('button', { name: 'Stop' })).toBeVisible();
  for (const window of [page, other])
    await expect(window.getByRole('region', { name: /^Synthesis by/ })).toContainText('Keep half of the office.', { timeout: 60_000 });
  await other.close();
  expect(pageErrors).toEqual([]);
});

test('names what is missing without a provider', async ({ app }) => {
  await go(app.page, 'Debates');
  await expect(app.page.getByRole('main')).toContainText('A debate is written by models.');
  await expect(app.page.getByRole('button', { name: 'Start the debate' })).toBeDisabled();
  await app.page.getByRole('button', { name: 'Add a provider' }).click();
  await expect(app.page.getByRole('heading', { level: 1 })).toContainText('Providers');
});

test('summarises contributions too long for a model, and shows the summary', async ({ app, provider, pageErrors }) => {
  test.setTimeout(90_000);
  const { page } = app;
  provider.onMessage(/your summary stands in for the part below/, { content: 'Home was praised, the office too.' });
  provider.onMessage(/You are its mediator/, { content: synthesis });
  // Three of these exceed the window assumed for a model of unknown size.
  provider.onMessage(/.*/, { content: words(1_500) });
  await addProvider(page, provider);
  await setUp(page, { topic: 'Is it better at home?', rounds: '2', documents: false });
  await expect(page.getByRole('button', { name: 'Export' })).toBeVisible({ timeout: 60_000 });
  const second = page.getByRole('region', { name: 'Round 2' }).getByRole('article').nth(1);
  const note = second.getByText('Heard the first 2 contributions as a summary by the mediator.');
  await expect(second.getByText('Home was praised, the office too.')).toBeHidden();
  await note.click();
  await expect(second.getByText('Home was praised, the office too.')).toBeVisible();
  await expect(page.getByRole('region', { name: /^Synthesis by/ })).toContainText('as a summary by the mediator');
  expect(pageErrors).toEqual([]);
});
