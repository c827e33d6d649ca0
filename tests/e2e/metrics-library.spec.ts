import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { ask, dropDocuments, go, newChat, readyRow } from './actions';
import { expect, test } from './app';
import { writeDocuments, writeLongText } from './documents';
import { cells, fact, openSection, prometheus, question, sumOf, time } from './metricsPage';

/** Ingestion and search: each test causes an event, then reads its figure. */
// Reading the guide is one of the events.
test.use({ firstStart: true });

let folder = '';
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'emergence-documents-'));
});
test.afterEach(() => rmSync(folder, { recursive: true, force: true }));

const main = (page: Page) => page.getByRole('main');
const notices = (page: Page) => page.getByRole('complementary', { name: 'Metrics' });

/** The support that an answer shows. */
type Support = 'strong' | 'weak' | 'none';

/**
 * Asks questions that the documents answer, touch and do not cover; returns the support that each answer shows. The first is asked
 * twice.
 */
const askInEveryWay = async (page: Page): Promise<Support[]> => {
  const questions = [
    'When was the lamp of the Kermorvan lighthouse lit for the first time?',
    'When was the lamp of the Kermorvan lighthouse lit for the first time?',
    'Can several people share one computer?',
    'Is my key safe with a child at home?',
    'What do penguins eat in Antarctica?',
  ];
  const supports: Support[] = [];
  for (const text of questions) {
    await newChat(page);
    const answer = await ask(page, text);
    await expect(answer.getByRole('button', { name: 'Copy' })).toBeAttached();
    const said = (await answer.textContent()) ?? '';
    supports.push(said.includes('weak support') ? 'weak' : said.includes('not in your documents') ? 'none' : 'strong');
  }
  return supports;
};

test('counts documents by outcome, and searches by support, citation, stage and cache', async ({ app }) => {
  test.setTimeout(120_000);
  const { page } = app;
  const { pdf } = writeDocuments(folder);
  const broken = join(folder, 'broken.pdf');
  writeFileSync(broken, '%PDF-1.7 and nothing that follows');
  await go(page, 'Library');
  await readyRow(page, /Adding documents/);
  await dropDocuments(page, [pdf, broken]);
  await readyRow(page, /lighthouse/i);
  await expect(page.getByRole('row', { name: /broken/ })).toContainText('Not read');

  // One is being indexed, one parsed, one waits.
  await dropDocuments(
    page,
    ['one.txt', 'two.txt', 'three.txt'].map((name) => writeLongText(folder, name)),
  );
  await expect(page.getByRole('row', { name: /\.txt|one|two|three/ })).toHaveCount(3);
  await go(page, 'Metrics');
  await expect(fact(question(page, 'Is it fast?'), 'Documents waiting')).toHaveText('3');
  await expect(question(page, 'Is it healthy?').getByRole('listitem').filter({ hasText: 'Reading' })).toContainText('3 waiting');
  await page.getByRole('region', { name: 'Work in progress' }).getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('region', { name: 'Work in progress' })).toBeHidden();

  const supports = await askInEveryWay(page);
  expect([...new Set(supports)].sort()).toEqual(['none', 'strong', 'weak']);
  const count = (support: Support): number => supports.filter((each) => each === support).length;
  const cited = supports.length - count('none');

  await go(page, 'Metrics');
  const good = question(page, 'Is it good?');
  await expect(good).toContainText(`${Math.round((cited / supports.length) * 100)}%of answers from documents cite a source`);
  await expect(fact(good, 'Well supported')).toHaveText(`${count('strong')} of 5`);
  await expect(fact(good, 'Weakly supported')).toHaveText(`${count('weak')} of 5`);
  await expect(fact(good, 'Not in documents')).toHaveText(`${count('none')} of 5`);
  await expect(good.getByRole('table')).toContainText(`${Math.round((cited / supports.length) * 100)}%`);
  const fast = question(page, 'Is it fast?');
  await expect(fact(fast, 'Documents waiting')).toHaveText('0');
  await expect(fact(fast, 'Search, p50 / p95')).toHaveText(time);
  await expect(fact(fast, 'Cache hits')).toHaveText('20%');

  await openSection(page, 'Search and reading');
  await expect(fact(main(page), 'Searches')).toHaveText('5');
  await expect(fact(main(page), 'From the cache')).toHaveText('20%');
  await expect(main(page).getByRole('region', { name: 'Search time' }).getByRole('table')).toContainText(time);
  const aTime = expect.stringMatching(time);
  for (const [stage, times] of [
    ['from the cache', '1'],
    ['question to vector', '4'],
    ['words', '4'],
    ['meaning', '4'],
    ['ranking', '4'],
    ['passages loaded', '4'],
    ['in all', '4'],
  ] as const)
    expect(await cells(page, /^Search by stage/, [stage]), stage).toMatchObject({ Count: times, p50: aTime, p95: aTime });
  for (const stage of ['reading', 'cutting', 'embedding', 'indexing'])
    expect(await cells(page, /^Reading by stage/, [stage]), stage).toMatchObject({
      Count: expect.stringMatching(/^2\d$/),
      p50: aTime,
      p95: aTime,
    });
  const documents = (having: string[]) => cells(page, /^Documents read/, having);
  expect(await documents(['PDF', 'ready'])).toMatchObject({ Documents: '1' });
  expect(await documents(['MD', 'ready'])).toMatchObject({ Documents: '22' });
  expect(await documents(['not yet known', 'failed'])).toMatchObject({ Documents: '1' });
  const unread = [await documents(['not yet known', 'cancelled']), await documents(['TXT', 'cancelled'])];
  expect(unread.reduce((sum, { Documents }) => sum + Number(Documents ?? 0), 0)).toBe(3);

  const passages = await fact(main(page), 'Passages in the index').textContent();
  expect(await fact(main(page), 'Size of the index').textContent()).toMatch(/^\d+(\.\d)?\s[kM]B$/);
  const samples = await prometheus(app);
  expect({
    searches: sumOf(samples, 'rag_queries_total'),
    hits: sumOf(samples, 'rag_cache_hits_total'),
    misses: sumOf(samples, 'rag_cache_misses_total'),
    searched: sumOf(samples, 'rag_query_duration_seconds_count', { stage: 'total' }),
    found: sumOf(samples, 'rag_results_count_count'),
    passages: sumOf(samples, 'rag_index_chunks'),
    supports: (['strong', 'weak', 'none'] as const).map((support) => sumOf(samples, 'chat_answers_total', { support })),
    cited: sumOf(samples, 'chat_answers_total', { cited: 'yes' }),
    ended: ['ready', 'failed', 'cancelled'].map((outcome) => sumOf(samples, 'ingestion_documents_total', { outcome })),
    embedded: sumOf(samples, 'embedding_texts_total', { model: 'bundled' }) + sumOf(samples, 'embedding_cache_hits_total'),
  }).toEqual({
    searches: 5,
    hits: 1,
    misses: 4,
    searched: 4,
    found: 4,
    passages: Number(passages),
    supports: [count('strong'), count('weak'), count('none')],
    cited,
    ended: [23, 1, 3],
    embedded: Number(passages),
  });
  expect(sumOf(samples, 'rag_index_bytes')).toBeGreaterThan(0);

  // Passages appear while one types: each pause is a search, and few of them come twice.
  await go(page, 'Library');
  const field = page.getByRole('combobox', { name: 'Search passages' });
  await field.pressSequentially('the lamp of a lighthouse', { delay: 200 });
  await expect(page.getByRole('listbox').getByRole('option').first()).toBeVisible();
  await go(page, 'Metrics');
  await expect(notices(page)).toContainText(/Few repeated searches: \d+(\.\d)?% came from the cache/);
});
