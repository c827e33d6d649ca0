import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { addProvider, answers, ask, dropDocuments, go, newChat, readyRow } from './actions';
import { expect, test } from './app';
import { expectNoBarrier } from './axe';

test.skip(({ host }) => host !== 'browser', 'the same window as in the browser');
test.describe.configure({ timeout: 180_000 });

let folder = '';
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'emergence-summarise-'));
});
test.afterEach(() => rmSync(folder, { recursive: true, force: true }));

const items = 40;
const section = (item: number): string =>
  `## Item ${item}\n\nItem ${item} costs ${item * 100} euros.\n\n${'The rest of this section says nothing that matters to anybody. '.repeat(40)}`;
const addPriceList = async (page: Page, name: string, title: string): Promise<void> => {
  const file = join(folder, name);
  writeFileSync(file, `# ${title}\n\n${Array.from({ length: items }, (_, index) => section(index + 1)).join('\n\n')}\n`);
  await go(page, 'Library');
  await dropDocuments(page, [file]);
  await readyRow(page, title);
};

test('asks first, reads all parts with their count, survives a crash and cites the passages', async ({ app, provider }) => {
  const release = Promise.withResolvers<void>();
  let asked = 0;
  const held = `Item ${items} costs`;
  provider.onMessage(/summed up part by part/, async ({ messages }) => {
    asked += 1;
    const text = JSON.stringify(messages.at(-1)?.content);
    if (text.includes(held)) await release.promise;
    const number = /number=\\?"(\d+)\\?"[^>]*>(?:(?!<\/source>).)*?Item (\d+) costs (\d+) euros/.exec(text);
    return { content: `- Item ${number?.[2]} costs ${number?.[3]} euros [${number?.[1]}].` };
  });
  // The trial of a new provider gets it too.
  provider.onMessage(/.*/, { content: 'It is a list of prices. Item 1 costs 100 euros [1].' });
  await addProvider(app.page, provider);
  await app.page.getByRole('link', { name: 'Search' }).click();
  const limit = app.page.getByRole('combobox', { name: 'Ask first by size' });
  await limit.selectOption('Always ask');
  await expect(limit).toHaveValue('0');
  await expectNoBarrier(app.page, 'the limits of summaries');
  await addPriceList(app.page, 'prices.md', 'Price list');

  const row = await readyRow(app.page, 'Price list');
  await row.click({ button: 'right' });
  await app.page.getByRole('menuitem', { name: 'Summarise' }).click();
  const note = app.page.getByRole('region', { name: 'Summarise all of “Price list”?' });
  await expect(note).toContainText(/\d parts · about [\d,]+ tokens/);
  await expect(note).toContainText('Free: it runs on this computer');
  await expectNoBarrier(app.page, 'a summary that asks first');
  expect(asked).toBe(0);

  await note.getByRole('button', { name: 'Summarise' }).click();
  const status = app.page.getByText(/^Reading part (\d+) of \1$/);
  await expect(status).toBeVisible();
  const parts = Number(/of (\d+)/.exec((await status.textContent()) ?? '')?.[1]);
  expect(parts).toBeGreaterThan(3);
  await expect(app.page.getByRole('progressbar', { name: /^Reading part/ })).toBeVisible();
  await expectNoBarrier(app.page, 'a document that is read in parts');
  expect(asked).toBe(parts);
  const place = new URL(app.page.url()).hash;

  await app.kill();
  release.resolve();
  await app.start();
  const { page } = app;
  await page.evaluate((to) => location.assign(to), place);
  const answer = answers(page).last();
  await expect(answer).toContainText('The parts that were read are kept.');
  await answer.getByRole('button', { name: 'Continue' }).click();
  await expect(answer).toContainText(`Read: the whole document, in ${parts} parts.`);
  // One part was on its way when the program was killed: no other is paid for again.
  expect(asked).toBe(parts + 1);
  await expect(answer.getByRole('link', { name: `Summary of the whole document, read in ${parts} parts` })).toBeVisible();

  await answer
    .getByRole('button', { name: /Price list/ })
    .first()
    .click();
  const panel = page.getByRole('complementary', { name: 'Evidence panel' });
  await expect(panel).toContainText('Item 1 costs 100 euros.');
  await expectNoBarrier(page, 'the summary of a document');

  // With the document open beside the chat it is "this document", and all of it is kept.
  const again = await ask(page, 'Summarise this document', { wait: false });
  await again.getByRole('button', { name: 'Summarise' }).click();
  await expect(again).toContainText(`Read: the whole document, in ${parts} parts.`);
  expect(asked).toBe(parts + 1);
});

test('stops between parts, and asks which document where several fit', async ({ app, provider }) => {
  const { page } = app;
  const release = Promise.withResolvers<void>();
  provider.onMessage(/summed up part by part/, async () => {
    await release.promise;
    return { content: '- Prices [1].' };
  });
  // The trial of a new provider asks for a word.
  provider.onMessage(/.*/, { content: 'Yes.' });
  await addProvider(page, provider);
  await addPriceList(page, 'one.md', 'Prices of spring');
  await addPriceList(page, 'two.md', 'Prices of autumn');
  await newChat(page);
  const answer = await ask(page, 'Summarise the prices', { wait: false });
  const choice = page.getByRole('region', { name: 'Several documents fit. Which one do you mean?' });
  await expect(choice.getByRole('button')).toHaveCount(2);
  await expectNoBarrier(page, 'a choice of documents');
  await choice.getByRole('button', { name: 'Prices of autumn' }).click();
  await expect(page.getByText(/^Reading part 1 of/)).toBeVisible();
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(answer).toContainText('Stopped while it read the document. The parts that were read are kept.');
  release.resolve();
});

test.describe('in French', () => {
  test.use({ locale: 'fr-FR' });
  test('without a model gives the outline and sentences with citations that open', async ({ app }) => {
    const { page } = app;
    const file = join(folder, 'prix.md');
    writeFileSync(
      file,
      '# Liste de prix\n\n## Pommes\n\nLes pommes de la région coûtent trois euros le kilo.\n\n## Poires\n\nLes poires de la région coûtent quatre euros le kilo.\n',
    );
    await page.getByRole('navigation').first().getByRole('link', { name: 'Bibliothèque' }).click();
    await dropDocuments(page, [file]);
    const row = page.getByRole('row', { name: 'Liste de prix' });
    await expect(row).toContainText('Prêt');
    await row.click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Résumer' }).click();
    const answer = page.getByRole('article').nth(1);
    await expect(answer).toContainText('Un résumé demande un modèle, et aucun n’est configuré');
    await expect(answer.getByRole('listitem').filter({ hasText: 'Poires' }).first()).toBeVisible();
    await expect(answer.locator('blockquote').first()).toContainText('Les pommes de la région coûtent trois euros le kilo.');
    await answer
      .getByRole('button', { name: /Liste de prix/ })
      .first()
      .click();
    await expect(page.getByRole('complementary').last()).toContainText('Les pommes de la région');
    await expectNoBarrier(page, 'an outline without a model');
  });
});
