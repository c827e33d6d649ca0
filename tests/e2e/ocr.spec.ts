import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { makeScannedPdf, scan } from '../support/scannedPages';
import { ask, dropDocuments, go, newChat } from './actions';
import { expect, test } from './app';
import { expectNoBarrier } from './axe';

test.skip(({ host }) => host !== 'browser', 'the same window as in the browser');

let folder = '';
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'emergence-ocr-'));
});
test.afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (name: string, bytes: Buffer): string => {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
};
const openFirstSource = async (page: Page): Promise<Locator> => {
  await page.locator('article').last().locator('[data-citation]').first().click();
  return page.getByRole('complementary', { name: 'Evidence panel' });
};
const row = (page: Page, title: RegExp): Locator => page.getByRole('row', { name: title });

test('a scan is read page by page, asked, and its words are marked on the page', async ({ app }) => {
  test.slow();
  const { page } = app;
  const pages = [
    'Les abeilles dorment en hiver.',
    'La ruche de Kermorvan est ouverte en avril.',
    'Le miel est vendu au marché.',
    'La cire est fondue.',
  ];
  const path = write('ruches.pdf', makeScannedPdf(pages.map((line) => ({ scanned: [line] }))));
  await go(page, 'Library');
  await dropDocuments(page, [path]);
  await expect(row(page, /ruches/)).toContainText(/\d of 4 pages/, { timeout: 30_000 });
  await expect(row(page, /ruches/)).toContainText('Ready', { timeout: 120_000 });

  await newChat(page);
  await ask(page, 'Quand la ruche de Kermorvan est-elle ouverte ?');
  const panel = await openFirstSource(page);
  await expect(panel).toContainText('page 2');
  await expect(panel.getByRole('note')).toContainText(/Recognised text, \d+\s?% sure/);
  // The mark lies on the words of the picture: in its upper part, and not as wide as the page.
  const mark = panel.locator('[class*="pageMark"]').first();
  await expect(mark).toBeInViewport();
  const [box, paper] = [await mark.boundingBox(), await panel.getByRole('region', { name: 'page 2', exact: false }).boundingBox()];
  expect(((box?.y ?? 0) - (paper?.y ?? 0)) / (paper?.height ?? 1)).toBeLessThan(0.5);
  expect((box?.width ?? 0) / (paper?.width ?? 1)).toBeGreaterThan(0.2);
  await expect(panel.getByText('Kermorvan', { exact: false }).first()).toBeAttached();
  await expectNoBarrier(page, 'A citation of a scanned page');
});

test('a long scan waits for the person, and a picture opens as a page', async ({ app }) => {
  test.slow();
  const { page } = app;
  await go(page, 'Settings');
  await page
    .getByRole('complementary', { name: 'Settings' })
    .getByRole('link', { name: /Search/ })
    .click();
  await page.getByRole('combobox', { name: 'Recognise their text by itself' }).selectOption({ label: 'Only when I ask' });
  await go(page, 'Library');
  await dropDocuments(page, [write('affiche.png', scan(['La fête du port a lieu le 14 juillet.'], 'png'))]);
  const offer = page.getByRole('button', { name: 'Recognise text (1 page)' });
  await offer.click();
  await expect(row(page, /affiche/)).toContainText('Ready', { timeout: 120_000 });
  await expect(row(page, /affiche/)).toContainText('IMAGE');

  await newChat(page);
  await ask(page, 'Quand a lieu la fête du port ?');
  const panel = await openFirstSource(page);
  await expect(panel.getByRole('note')).toContainText('Recognised text');
  await expect(panel.locator('[class*="pageMark"]').first()).toBeInViewport();
});
