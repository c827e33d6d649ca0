import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator } from '@playwright/test';
import { addProvider, ask, dropDocuments, go, newChat, readyRow } from './actions';
import { expect, test } from './app';
import { expectNoBarrier } from './axe';

test.skip(({ host }) => host !== 'browser', 'the same window as in the browser');

let folder = '';
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'emergence-checked-'));
});
test.afterEach(() => rmSync(folder, { recursive: true, force: true }));

const lease = [
  '# Lease of 14 Mill Street',
  'The annual rent is 9,000 euros, payable in monthly instalments on the fifth day of each month.',
  'The lease begins on 1 April 2025 and runs for nine years. The tenant may leave with six months’ notice.',
  'The premises are let for a bakery only. Music is not allowed after 22:00.',
].join('\n\n');
const written =
  'The rent is 15,000 euros a year [1]. The lease begins on 1 April 2025 and runs for nine years. Music is not allowed after 10 pm. ' +
  'The landlord pays the property tax of the whole building and its garden. Do you want to know more?';

/** The places of the words of an answer on the screen. */
const layout = (answer: Locator): Promise<number[]> =>
  answer.locator('[data-words] p').evaluateAll((paragraphs) => {
    const range = document.createRange();
    return paragraphs.flatMap((paragraph) => {
      const texts = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
      const places: number[] = [paragraph.getBoundingClientRect().height];
      for (let text = texts.nextNode(); text; text = texts.nextNode()) {
        if (text.parentElement?.closest('[data-citation]')) continue;
        range.selectNodeContents(text);
        places.push(
          ...Array.from(range.getClientRects())
            .flatMap(({ left, top, width }) => [left, top, width])
            .map(Math.round),
        );
      }
      return places;
    });
  });

test('marks what its passages do not have, and matches what cites nothing, without moving a word', async ({ app, provider }) => {
  const { page } = app;
  provider.onMessage(/.*/, { content: written });
  const file = join(folder, 'lease.md');
  writeFileSync(file, lease);
  await go(page, 'Library');
  await dropDocuments(page, [file]);
  await readyRow(page, /lease/i);
  await addProvider(page, provider);
  await newChat(page);
  const answer = await ask(page, 'What does the lease say about the rent, its term and music?');

  const figure = answer.locator('[data-check="number"]');
  await expect(figure).toHaveText('15,000');
  await figure.hover();
  await expect(page.getByText('15,000 is not in the cited passage')).toBeVisible();
  await expect(answer.locator('[data-check="unsupported"]')).toHaveCount(1);
  await expect(answer.getByRole('note', { name: 'No passage that the model was given says this' })).toHaveCount(1);
  const matched = answer.getByRole('button', { name: /matched by Emergence/ });
  await expect(matched).toHaveCount(2);
  await matched.first().hover();
  await expect(page.getByText('matched by Emergence').first()).toBeVisible();
  await expectNoBarrier(page, 'a checked answer');

  // The chips and the mark stand between the lines: without them every word is where it was.
  await page.mouse.move(5, 5);
  const before = await layout(answer);
  await answer.evaluate((element) => {
    for (const added of element.querySelectorAll('[data-check="unsupported"], [aria-label*="matched by"]')) added.parentElement?.remove();
  });
  expect(await layout(answer)).toEqual(before);
  await page.reload();

  await matched.first().click();
  const panel = page.getByRole('complementary', { name: 'Evidence panel' });
  await expect(panel).toContainText('runs for nine years');
});
