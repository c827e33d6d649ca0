import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { utils, write } from '@e965/xlsx';
import type { Locator, Page } from '@playwright/test';
import { makePptx } from '../support/makePptx';
import { ask, dropDocuments, go, newChat, readyRow } from './actions';
import { expect, test } from './app';

test.skip(({ host }) => host !== 'browser', 'the same window as in the browser');

let folder = '';
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'emergence-formats-'));
});
test.afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A workbook whose second sheet is longer than a passage; row 73 holds the rent of the mill. */
const rents = (): string => {
  const path = join(folder, 'rents.xlsx');
  const rows = Array.from({ length: 120 }, (_, index) => [
    index + 2 === 73 ? 'The mill of Kerguen' : `House ${index + 2} of the village`,
    index + 2 === 73 ? 4210 : 100 + index,
    'paid by the month, with the water and the care of the garden, as in the years before',
  ]);
  const book = utils.book_new();
  utils.book_append_sheet(book, utils.aoa_to_sheet([['Read me first']]), 'Cover');
  utils.book_append_sheet(book, utils.aoa_to_sheet([['Place', 'Rent', 'Terms'], ...rows]), 'Rents 2026');
  writeFileSync(path, new Uint8Array(write(book, { type: 'array', bookType: 'xlsx' }) as ArrayBuffer));
  return path;
};

const openFirstSource = async (page: Page): Promise<Locator> => {
  await page.locator('article').last().locator('[data-citation]').first().click();
  return page.getByRole('complementary', { name: 'Evidence panel' });
};

test('a workbook is cited at its sheet and rows, a presentation at its slide', async ({ app }) => {
  const { page } = app;
  const talk = join(folder, 'talk.pptx');
  writeFileSync(
    talk,
    makePptx([
      { title: 'The regatta', lines: ['Boats of every size take part.'] },
      { title: 'The prizes', lines: ['The winner of the regatta receives a bronze anchor.'], notes: 'Thank the harbour master Yann.' },
    ]),
  );
  await go(page, 'Library');
  await dropDocuments(page, [rents(), talk]);
  await expect(await readyRow(page, /rents/i)).toContainText('XLSX');
  await expect(await readyRow(page, /talk|regatta/i)).toContainText('PPTX');

  await newChat(page);
  const rent = await ask(page, 'What is the rent of the mill of Kerguen?');
  await expect(rent).toContainText('4210');
  const sheet = await openFirstSource(page);
  await expect(sheet).toContainText('sheet “Rents 2026”, row 73');
  await expect(sheet.locator('mark').filter({ hasText: 'The mill of Kerguen' }).first()).toBeInViewport();
  // The rows are drawn as a table, with the cells of the row in their columns.
  await expect(sheet.getByRole('cell', { name: '4210', exact: true }).first()).toBeVisible();
  await expect(sheet.getByRole('columnheader', { name: 'Rent', exact: true })).toHaveCount(1);

  await newChat(page);
  await ask(page, 'What does the winner of the regatta receive?');
  const slide = await openFirstSource(page);
  await expect(slide).toContainText('slide 2 “The prizes”');
  await expect(slide.locator('mark').filter({ hasText: 'bronze anchor' }).first()).toBeInViewport();
});
