import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { utils, write } from '@e965/xlsx';
import type { Locator, Page } from '@playwright/test';
import { makePdf } from '../support/makePdf';
import { ask, dropDocuments, go, newChat, readyRow } from './actions';
import { expect, test } from './app';

test.skip(({ host }) => host !== 'browser', 'the same window as in the browser');

let folder = '';
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'emergence-citations-'));
});
test.afterEach(() => rmSync(folder, { recursive: true, force: true }));

const save = (name: string, bytes: string | Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
};

/** A report of 500 pages with its fact on page 412. */
const report = (): string =>
  save(
    'report.pdf',
    makePdf(
      Array.from({ length: 500 }, (_, page) => [
        { text: `Chapter ${page + 1}`, size: 16 },
        ...Array.from({ length: 20 }, (__, line) => ({ text: `On sheet ${page + 1} the harbour counted ${line + 3} boats of the coast.` })),
        ...(page === 411 ? [{ text: 'The dredger of Portsall was sold for nine hundred crowns.' }] : []),
      ]),
    ),
  );

/** A workbook with empty rows in the middle of its passages; the fact stands in row 34. */
const accounts = (): string => {
  const rows = Array.from({ length: 40 }, (_, index) => {
    if (index === 32) return ['Dovecote of Trezien', 613, 'paid at the feast of the village'];
    return index % 8 === 5 ? [] : [`House ${index + 2}`, 100 + index, 'paid by the month'];
  });
  const book = utils.book_new();
  utils.book_append_sheet(book, utils.aoa_to_sheet([['Place', 'Rent', 'Terms'], ...rows]), 'Rents');
  return save('accounts.xlsx', new Uint8Array(write(book, { type: 'array', bookType: 'xlsx' }) as ArrayBuffer));
};

/** A long text; the fact stands in line 1,201. */
const diary = (): string => {
  const line = (index: number): string => `On day ${index} of the diary the wind came from the west and the nets were dried.`;
  return save(
    'diary.txt',
    Array.from({ length: 1_500 }, (_, index) => (index === 1_200 ? 'The bell of Lampaul was cast in Brest.' : line(index))).join('\n'),
  );
};

/** Opens the first source of the last answer; returns the panel and the milliseconds until the passage is marked in view. */
const open = async (page: Page, mark: (panel: Locator) => Locator): Promise<{ panel: Locator; ms: number }> => {
  const panel = page.getByRole('complementary', { name: 'Evidence panel' });
  const source = page.locator('article').last().locator('[data-citation]').first();
  const started = performance.now();
  await source.click();
  await expect(mark(panel)).toBeInViewport();
  return { panel, ms: Math.round(performance.now() - started) };
};

const marked = (words: string) => (panel: Locator) => panel.locator('mark').filter({ hasText: words }).first();
const pageMark = (panel: Locator) => panel.locator('[class*="pageMark"]').first();

test('a page, a row and a line are opened where the fact stands, with its words marked', async ({ app }) => {
  const { page } = app;
  await go(page, 'Library');
  await dropDocuments(page, [report(), accounts(), diary()]);
  await readyRow(page, /accounts/i);
  await readyRow(page, /diary/i);
  await readyRow(page, /report|chapter/i);
  const times: Record<string, number[]> = {};
  const openTwice = async (name: string, question: string, mark: (panel: Locator) => Locator): Promise<Locator> => {
    await newChat(page);
    await ask(page, question);
    const first = await open(page, mark);
    await page.keyboard.press('Escape');
    await expect(first.panel).toBeHidden();
    const second = await open(page, mark);
    times[name] = [first.ms, second.ms];
    return second.panel;
  };

  const pdf = await openTwice('PDF of 500 pages', 'For how many crowns was the dredger of Portsall sold?', pageMark);
  await expect(pdf).toContainText(/page 412 of 500/i);
  // The mark lies over the words of the sentence.
  const words = pdf.getByText('The dredger of Portsall').last();
  const [mark, text] = [await pageMark(pdf).boundingBox(), await words.boundingBox()];
  if (!mark || !text) throw new Error('nothing is marked');
  expect(text.y + text.height / 2).toBeGreaterThan(mark.y);
  expect(text.y + text.height / 2).toBeLessThan(mark.y + mark.height);

  const sheet = await openTwice('workbook', 'What is the rent of the dovecote of Trezien?', marked('Dovecote of Trezien'));
  // House 12 stands in row 12, so the marked rows say which the place must name.
  const rows = (await sheet.locator('mark').allTextContents()).flatMap((cell) => /^House (\d+)$/.exec(cell)?.[1] ?? []);
  await expect(sheet).toContainText(`sheet “Rents”, rows ${rows[0]}–${rows.at(-1)}`);
  expect(Number(rows[0])).toBeLessThan(34);
  expect(Number(rows.at(-1))).toBeGreaterThan(34);

  const lines = await openTwice('text', 'Where was the bell of Lampaul cast?', marked('The bell of Lampaul was cast in Brest.'));
  await expect(lines).toContainText(/line(s 1,?1\d\d–| )1,?201|lines 1,?201–/i);
  console.log('milliseconds to the marked passage, first and second time:', JSON.stringify(times));
});
