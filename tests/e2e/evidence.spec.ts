import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { makePdf } from '../support/makePdf';
import { addProvider, ask, dropDocuments, go, newChat, readyRow } from './actions';
import { expect, test } from './app';
import { writeDocuments } from './documents';

test.skip(({ host }) => host !== 'browser', 'the same window as in the browser');

let folder = '';
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'emergence-evidence-'));
});
test.afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The visible text of the page that contains these words, with its layout. */
const read = (panel: Locator, words: string): Promise<{ size: number; left: number; right: number; view: [number, number] }> =>
  panel.evaluate((element, sought) => {
    const scroller = element.querySelector('section');
    const span = [...element.querySelectorAll<HTMLElement>('section section span')].find(({ textContent }) =>
      textContent?.includes(sought),
    );
    if (!scroller || !span) throw new Error('not drawn yet');
    const box = span.getBoundingClientRect();
    const view = scroller.getBoundingClientRect();
    return { size: Number.parseFloat(getComputedStyle(span).fontSize), left: box.left, right: box.right, view: [view.left, view.right] };
  }, words);

const openSource = async (page: Page): Promise<Locator> => {
  await page.locator('article').last().locator('[data-citation]').first().click();
  const panel = page.getByRole('complementary', { name: 'Evidence panel' });
  await expect(panel.locator('canvas[data-drawn]').first()).toBeVisible();
  return panel;
};

test("shows the lines of a PDF's passage whole at any width, and keeps the person's size", async ({ app }) => {
  const { page } = app;
  const tiny = join(folder, 'lease.pdf');
  const clause = 'The tenant of Kerguen repairs the roof of the barn before the first of March.';
  const other = 'In year of the barn the stones were counted and the counting was written down.';
  writeFileSync(tiny, makePdf([Array.from({ length: 60 }, (_, index) => ({ text: index === 30 ? clause : other, size: 6 }))]));
  await go(page, 'Library');
  await dropDocuments(page, [writeDocuments(folder).pdf, tiny]);
  await readyRow(page, /lighthouse/i);
  await readyRow(page, /lease/i);
  await newChat(page);
  await ask(page, 'When was the lamp of the Kermorvan lighthouse lit for the first time?');
  const panel = await openSource(page);
  const lamp = 'lit for the first time';
  const isWhole = async (shown: Locator, words: string): Promise<boolean> => {
    const { left, right, view } = await read(shown, words);
    return left >= view[0] && right <= view[1];
  };
  for (const width of [940, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    await expect.poll(() => isWhole(panel, lamp)).toBe(true);
  }
  const opened = await read(panel, lamp);

  await panel.hover();
  await panel.getByRole('button', { name: 'Larger' }).click();
  await expect.poll(async () => (await read(panel, lamp)).size).toBeGreaterThan(opened.size + 0.5);
  const chosen = (await read(panel, lamp)).size;
  await page.setViewportSize({ width: 1400, height: 700 });
  await expect.poll(async () => (await read(panel, lamp)).size).toBeCloseTo(chosen, 0);
  await page.keyboard.press('Escape');
  await ask(page, 'Who repairs the roof of the barn of Kerguen?');
  const again = await openSource(page);
  await page.setViewportSize({ width: 940, height: 800 });
  await expect.poll(() => isWhole(again, 'repairs the roof')).toBe(true);
});

test('counts the page on which a passage begins, also at the end of that page', async ({ app, provider }) => {
  const { page } = app;
  const clause = 'The tenant of Kerguen repairs the roof of the barn before the first of March.';
  const others = (about: string): { text: string }[] =>
    Array.from({ length: 44 }, (_, index) => ({
      text: `In year ${1800 + index} the ${about} were counted and the counting was written down.`,
    }));
  provider.onMessage(/.*/, { content: 'The tenant of Kerguen repairs the roof before the first of March [1].' });
  const lease = join(folder, 'lease.pdf');
  writeFileSync(lease, makePdf([others('stones'), others('sheep'), [...others('beams'), { text: clause }], others('tiles')]));
  await go(page, 'Library');
  await dropDocuments(page, [lease]);
  await readyRow(page, /lease/i);
  await addProvider(page, provider);
  await newChat(page);
  await ask(page, 'Who repairs the roof of the barn of Kerguen?');
  const panel = await openSource(page);
  const third = panel.getByRole('region', { name: 'Page 3', exact: true });
  await expect(third.locator('[class*="pageMark"]').first()).toBeInViewport();
  await expect(panel.getByText('page 3 of 4')).toBeVisible();

  // When the passage is out of sight, the counter follows the scroll position.
  await panel.getByRole('region', { name: 'Pages' }).press('End');
  await expect(panel.getByText('page 4 of 4')).toBeVisible();
});

test('in a wide window the lines of a page are seen whole at reading size', async ({ app }) => {
  const { page } = app;
  await page.setViewportSize({ width: 1920, height: 1080 });
  const clause = 'The tenant of Kerguen repairs the roof of the barn, its gutters and its doors before the first of March';
  const lease = join(folder, 'lease.pdf');
  writeFileSync(lease, makePdf([Array.from({ length: 30 }, (_, index) => ({ text: `${clause} of ${1800 + index}.`, size: 10 }))]));
  await go(page, 'Library');
  await dropDocuments(page, [lease]);
  await readyRow(page, /lease/i);
  await newChat(page);
  await ask(page, 'Who repairs the roof of the barn of Kerguen?');
  const panel = await openSource(page);
  await expect.poll(async () => (await read(panel, 'of 1810')).size).toBeGreaterThanOrEqual(13);
  const { left, right, view } = await read(panel, 'of 1810');
  expect(left).toBeGreaterThanOrEqual(view[0]);
  expect(right).toBeLessThanOrEqual(view[1]);
});
