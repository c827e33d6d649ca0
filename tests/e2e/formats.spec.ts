import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { utils, write } from '@e965/xlsx';
import type { Locator, Page } from '@playwright/test';
import { makePptx } from '../support/makePptx';
import { makeZip } from '../support/makeZip';
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

/** A program whose function `grindWheat` begins at line 42; the lines above it are another function. */
const program = (): string => {
  const path = join(folder, 'mill.py');
  const lines = (name: string): string[] => Array.from({ length: 36 }, (_, index) => `    ${name}_${index} = measure(${index}, "litres")`);
  const head = ['import os', '', 'def openGate(level):', ...lines('level'), ''];
  const below = [
    '# Grinds sacks of wheat between two stones.',
    'def grindWheat(sacks):',
    '    stones = "granite of Kerguen"',
    ...lines('flour'),
  ];
  writeFileSync(path, [...head, ...below, ''].join('\n'));
  return path;
};

test('code, subtitles and a notebook are cited at their lines, time and cell', async ({ app }) => {
  const { page } = app;
  const film = join(folder, 'film.srt');
  writeFileSync(
    film,
    '1\n00:00:01,000 --> 00:00:02,500\nThe mill stands by the river.\n\n2\n00:12:03,000 --> 00:12:05,000\nThe miller Yannick sold it\n\n3\n00:12:05,100 --> 00:12:07,000\nfor ninety crowns.\n',
  );
  const notebook = join(folder, 'water.ipynb');
  writeFileSync(
    notebook,
    JSON.stringify({
      metadata: { language_info: { name: 'python' } },
      cells: [
        { cell_type: 'markdown', source: '# Water of the river' },
        { cell_type: 'code', source: 'depth_of_river()', outputs: [{ text: 'The depth of the ford is 137 centimetres.\n' }] },
      ],
    }),
  );
  await go(page, 'Library');
  await dropDocuments(page, [program(), film, notebook]);
  await expect(await readyRow(page, /^mill/i)).toContainText('CODE');
  await expect(await readyRow(page, /film/i)).toContainText('SRT');
  await expect(await readyRow(page, /water/i)).toContainText('IPYNB');

  await newChat(page);
  await ask(page, 'Of which stones does grind wheat of the sacks make use?');
  const code = await openFirstSource(page);
  await expect(code).toContainText(/lines 4[12]–\d+/i);
  await expect(code.locator('mark').filter({ hasText: 'granite of Kerguen' }).first()).toBeInViewport();

  await newChat(page);
  await ask(page, 'For how many crowns did the miller Yannick sell the mill?');
  const said = await openFirstSource(page);
  await expect(said).toContainText(/12:03/);
  await expect(said.locator('mark').filter({ hasText: 'The miller Yannick sold it for ninety crowns.' }).first()).toBeInViewport();

  await newChat(page);
  await ask(page, 'What is the depth of the ford?');
  const cell = await openFirstSource(page);
  await expect(cell).toContainText(/cell/i);
  await expect(cell.locator('mark').filter({ hasText: '137 centimetres' }).first()).toBeInViewport();
});

test('a mail and an archive bring their files along, which are deleted and restored with them', async ({ app }) => {
  const { page } = app;
  const archive = join(folder, 'estate.zip');
  writeFileSync(archive, makeZip({ 'barn.md': '# The barn\n\nThe barn has nine doors.', 'photo.png': '\x89PNG' }));
  const letter = join(folder, 'letter.eml');
  writeFileSync(
    letter,
    [
      'From: Claire Morvan <claire@example.org>',
      'To: Yann <yann@example.org>',
      'Subject: The orchard',
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary="b"',
      '',
      '--b',
      'Content-Type: text/plain; charset=utf-8',
      '',
      'The orchard has forty trees.',
      '--b',
      'Content-Type: text/markdown; name="pears.md"',
      'Content-Disposition: attachment; filename="pears.md"',
      '',
      '# Pears',
      '',
      'The pears ripen in October.',
      '--b--',
      '',
    ].join('\r\n'),
  );
  await go(page, 'Library');
  await dropDocuments(page, [archive, letter]);
  const barn = await readyRow(page, /barn/i);
  await readyRow(page, /pears/i);
  await expect(await readyRow(page, /estate/i)).toContainText('ZIP');
  await expect(await readyRow(page, /orchard/i)).toContainText('EML');

  await (await readyRow(page, /estate/i)).click();
  await page.keyboard.press('Delete');
  await expect(page.getByText('“estate” and the file within it deleted', { exact: true })).toBeVisible();
  await expect(barn).toBeHidden();
  await page.getByRole('button', { name: 'Undo' }).click();
  await readyRow(page, /barn/i);

  await newChat(page);
  await ask(page, 'When do the pears ripen?');
  const pears = await openFirstSource(page);
  await expect(pears.locator('mark').filter({ hasText: 'ripen in October' }).first()).toBeInViewport();
});
