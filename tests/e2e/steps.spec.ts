import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addProvider, answers, ask, choose, chooseDocuments, composer, dropDocuments, go, newChat, readyRow } from './actions';
import { expect, test } from './app';
import { writeDocuments } from './documents';
import { prometheus } from './metricsPage';

/** The seven steps of a newcomer, on both hosts. */
const words = (count: number): string => Array.from({ length: count }, (_, index) => `word${index}`).join(' ');
const slow = { latency: 60, chunkSize: 24 };

let folder = '';
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'emergence-documents-'));
});
test.afterEach(() => rmSync(folder, { recursive: true, force: true }));

test.describe('on an empty data folder', () => {
  test.use({ firstStart: true });

  test('1. a window opens with the guide as its first collection', async ({ app, pageErrors }) => {
    const { page } = app;
    await expect(page.getByRole('heading', { name: 'Emergence', level: 1 })).toBeVisible();
    await go(page, 'Library');
    await expect(page.getByRole('navigation', { name: 'Library' }).or(page.getByRole('complementary', { name: 'Library' }))).toContainText(
      /guide/i,
    );
    await readyRow(page, /What Emergence can do/);
    expect(pageErrors).toEqual([]);
  });
});

test('2. a question without a key gets passages; a citation opens its document at the passage', async ({ app, pageErrors }) => {
  const { page } = app;
  await go(page, 'Library');
  await readyRow(page, /Adding documents/);
  await newChat(page);
  const answer = await ask(page, 'How do I add documents to the library?');
  // An answer that comes at once is shown from its beginning.
  await expect(answer.getByText('The passages of your documents that fit best:')).toBeInViewport();
  await expect(answer.getByRole('list', { name: 'Sources used' }).getByRole('listitem').first()).toBeVisible();
  const source = answer.getByRole('button', { name: /^Source \d+: Adding documents/ }).first();
  await source.click();
  const panel = page.getByRole('complementary', { name: 'Evidence panel' });
  await expect(panel.getByRole('heading', { name: 'Adding documents' }).first()).toBeVisible();
  await expect(panel.getByRole('region', { name: 'Text of the document' }).locator('mark').first()).toBeVisible();
  expect(pageErrors).toEqual([]);
});

test('3. a PDF, a DOCX and a folder are dropped and chosen; the answer cites the page', async ({ app, pageErrors }) => {
  const { page } = app;
  const paths = writeDocuments(folder);
  await go(page, 'Library');
  await dropDocuments(page, [paths.pdf]);
  await readyRow(page, /lighthouse/i);
  await chooseDocuments(app, 'Files…', [paths.docx]);
  await readyRow(page, /ferry/i);
  await chooseDocuments(app, 'A folder…', [paths.notes]);
  await readyRow(page, /Roses/);
  await readyRow(page, /Bees/);
  // The same bytes again change nothing, and a message reports that.
  await dropDocuments(page, [paths.pdf]);
  await expect(page.getByText(/lighthouse.* is already there/i).first()).toBeVisible();
  await expect(page.getByRole('row', { name: /lighthouse/i })).toHaveCount(1);

  // One summary of a drop; a file in a folder that is no document is no failed row, an unreadable one is listed with its reason.
  mkdirSync(join(folder, 'mixed'));
  writeFileSync(join(folder, 'mixed', 'tide.md'), '# Tides\n\nThe tide is highest at noon in the harbour of Brest.');
  writeFileSync(join(folder, 'mixed', 'photo.png'), Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'));
  writeFileSync(join(folder, 'broken.pdf'), '%PDF-1.7 and nothing that follows');
  await dropDocuments(page, [join(folder, 'mixed'), join(folder, 'broken.pdf')]);
  await expect(page.getByText('1 added, 1 file of another kind left out, 1 cannot be read').first()).toBeVisible();
  await page.getByRole('button', { name: 'Details' }).click();
  await expect(page.getByRole('dialog')).toContainText(/broken\.pdf.*damaged/);
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: /Needs attention/ }).click();
  await expect(page.getByRole('main')).toContainText(/broken.*damaged/);
  await expect(page.getByRole('main')).toContainText('1 file of another kind was left out');
  await page.getByRole('main').getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByRole('region', { name: 'Documents' })).toBeHidden();

  // An edited file is a new version. One click makes it a document of its own, and another its version again.
  await page
    .getByRole('link', { name: /All documents/ })
    .first()
    .click();
  const loose = join(folder, 'lease.txt');
  writeFileSync(loose, 'The rent of the mill is ninety crowns, paid at the end of each month.');
  await chooseDocuments(app, 'Files…', [loose]);
  await readyRow(page, /lease/);
  writeFileSync(loose, 'The rent of the mill is one hundred crowns, paid at the end of each month.');
  await chooseDocuments(app, 'Files…', [loose]);
  await expect(page.getByText('New version of “lease”').first()).toBeVisible();
  await page.getByRole('button', { name: 'Keep as its own document' }).click();
  await expect(page.getByRole('row', { name: /lease/ })).toHaveCount(2);
  await page.getByRole('button', { name: 'Undo' }).last().click();
  await expect(page.getByRole('row', { name: /lease/ })).toHaveCount(1);

  await newChat(page);
  const answer = await ask(page, 'When was the lamp of the Kermorvan lighthouse lit for the first time?');
  await expect(answer).toContainText('1849');
  const source = answer.getByRole('button', { name: /^Source \d+: .*lighthouse/i }).first();
  await expect(answer.getByRole('list', { name: 'Sources used' })).toContainText(/lighthousep\. 2/i);
  await source.click();
  const panel = page.getByRole('complementary', { name: 'Evidence panel' });
  await expect(panel).toContainText(/p(age|\.) 2/i);
  await expect(panel.locator('canvas').first()).toBeVisible();
  expect(pageErrors).toEqual([]);
});

test('4. a provider is added and tested; answers stream with cost, stop, and resume', async ({ app, provider, pageErrors }) => {
  const { page } = app;
  provider.onMessage(/slow/, { content: words(400) }, slow);
  provider.onMessage(/.*/, { content: 'The answer is **forty-two**.' });
  const card = await addProvider(page, provider);
  await card.getByRole('button', { name: 'Test', exact: true }).click();
  await expect(card).toContainText(/Working/);

  await newChat(page);
  const quick = await ask(page, 'What is the answer?');
  await expect(quick).toContainText('The answer is forty-two.');
  await expect(quick).toContainText(/gpt-4/);
  await expect(quick).toContainText(/tokens/);
  await expect(quick).toContainText(/first word/);

  const stopped = await ask(page, 'Write something slow, please', { wait: false });
  await expect(stopped).toContainText('word3');
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(stopped).toContainText('Stopped. What was written is kept.');
  await expect(stopped).toContainText('word3');

  const resumed = await ask(page, 'And something slow again', { wait: false });
  await expect(resumed).toContainText('word3');
  await page.reload();
  const after = answers(page).last();
  await expect(after).toContainText('word3');
  await expect(after).toContainText('word399', { timeout: 40_000 });
  // The line that says how a follow-up was searched is a paragraph too.
  await expect(after.getByRole('paragraph').filter({ hasText: 'word0' })).toHaveText(words(400));
  expect(pageErrors).toEqual([]);
});

test('5. a debate opens in parallel and ends in a synthesis', async ({ app, provider, pageErrors }) => {
  const { page } = app;
  provider.onMessage(/.*/, { content: 'Remote work saves the commute, and that matters to both sides.' }, { latency: 20 });
  await addProvider(page, provider);
  await go(page, 'Debates');
  await page.getByRole('textbox', { name: 'Topic' }).fill('Should the office be given up for remote work?');
  await page.getByRole('textbox', { name: 'Attacker, Side' }).fill('for remote work');
  await page.getByRole('textbox', { name: 'Challenger, Side' }).fill('for the office');
  await choose(page.getByRole('radio', { name: '1', exact: true }));
  await page.getByRole('button', { name: 'Start the debate' }).click();
  await expect(page.getByRole('heading', { name: /Round 1/ })).toBeVisible();
  await expect(page.getByRole('heading', { name: /^Synthesis by/ })).toBeVisible();
  await expect(page.getByRole('main')).toContainText('Remote work saves the commute');
  await expect(page.getByRole('button', { name: 'Export' })).toBeVisible();
  expect(pageErrors).toEqual([]);
});

test('6. metrics show the cost and duration of these actions, in the window and for Prometheus', async ({ app, provider }) => {
  const { page } = app;
  provider.onMessage(/.*/, { content: 'An answer.' });
  await addProvider(page, provider);
  await newChat(page);
  await ask(page, 'First question?');
  await ask(page, 'Second question?');
  await go(page, 'Metrics');
  const main = page.getByRole('main');
  await expect(main.getByRole('region', { name: 'Is it healthy?' })).toContainText('2 answers');
  await expect(main.getByRole('region', { name: 'What does it cost?' })).not.toContainText('No model was called');
  const samples = await prometheus(app);
  expect(samples['chat_turns_total{outcome="done"}']).toBe(2);
});

test('7. after a kill nothing is lost and the interrupted answer can be continued', async ({ app, provider }) => {
  provider.onMessage(/slow that is cut$/, { content: words(400) }, slow);
  provider.onMessage(/.*/, { content: 'and here is the rest.' });
  await addProvider(app.page, provider);
  await newChat(app.page);
  const before = await ask(app.page, 'Something slow that is cut', { wait: false });
  // Longer than the second that a crash may cost.
  await expect(before).toContainText('word150 ');
  await app.kill();
  await app.start();
  const { page } = app;
  await go(page, 'Chat');
  await page.getByRole('navigation', { name: 'Conversations' }).getByRole('link').first().click();
  const answer = answers(page).last();
  await expect(page.getByRole('article', { name: 'Your question' })).toContainText('Something slow that is cut');
  await expect(answer).toContainText('The program ended while this was being written.');
  await expect(answer).toContainText('word5 ');
  await answer.getByRole('button', { name: 'Continue' }).click();
  await expect(answer).toContainText('and here is the rest.');
  await expect(answer).toContainText('word5 ');
  await expect(composer(page)).toBeVisible();
});
