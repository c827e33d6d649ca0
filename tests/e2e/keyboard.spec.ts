import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { answerFileDialog, answers, composer, readyRow } from './actions';
import { expect, test } from './app';
import { writeDocuments } from './documents';
import { expectFocusShown, expectNoPointer, expectSaid, listen, runFromPalette, typeInto, walkTo } from './keyboard';

/** The seven steps again, by keyboard alone: at every stop the focus is visible and not lost, and each event is announced. */
const words = (count: number): string => Array.from({ length: count }, (_, index) => `word${index}`).join(' ');
/** Arrow keys need a short delay, as with a finger: a choice among several follows them only while the key is down. */
const pressed = (page: Page, key: string): Promise<void> => page.keyboard.press(key, key.startsWith('Arrow') ? { delay: 50 } : {});
const main = (page: Page) => page.getByRole('main');

/** Asks in the composer, which has the focus on every page with one. */
const ask = async (page: Page, question: string) => {
  const before = await answers(page).count();
  await typeInto(page, composer(page), question);
  await pressed(page, 'Enter');
  const answer = answers(page).nth(before);
  await expect(answer).toBeVisible();
  return answer;
};

let folder = '';
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'emergence-documents-'));
});
test.afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('the seven steps by keyboard alone', async ({ app, provider, pageErrors }) => {
  test.setTimeout(180_000);
  const paths = writeDocuments(folder);
  provider.onMessage(/You are its mediator/, { content: '## Verdict\nKeep half of the office.' });
  provider.onMessage(/given up/, { content: words(20) }, { latency: 60, chunkSize: 24 });
  provider.onMessage(/slow/, { content: words(240) }, { latency: 60, chunkSize: 24 });
  provider.onMessage(/.*/, { content: 'The answer is forty-two.' });
  const { page } = app;
  await listen(page);

  await test.step('1. the guide is there: a document is found and opened', async () => {
    await expect(composer(page)).toBeFocused();
    await expectFocusShown(page);
    await pressed(page, 'ControlOrMeta+2');
    await expect(main(page)).toBeFocused();
    await expectFocusShown(page);
    await readyRow(page, /What Emergence can do/);
    const grid = page.getByRole('grid', { name: 'Documents' });
    await walkTo(page, grid);
    await pressed(page, 'Home');
    const named = grid.locator('[data-active]').getByTitle(/./).first();
    // A page of the guide has the name of its file until it was parsed.
    await expect(named).not.toHaveAttribute('title', /^\d\d-/);
    const title = await named.getAttribute('title');
    await pressed(page, 'Enter');
    await expect(page.getByRole('heading', { level: 1 })).toContainText(title ?? 'no title');
    await expect(main(page)).toBeFocused();
    await walkTo(page, main(page).getByRole('link', { name: 'All documents' }));
    await pressed(page, 'Enter');
    await expect(grid).toBeVisible();
    await expectFocusShown(page);
    await pressed(page, 'Shift+?');
    await expect(page.getByRole('dialog', { name: 'Shortcuts' })).toBeVisible();
    await pressed(page, 'Escape');
    await expect(page.getByRole('dialog')).toBeHidden();
    await expect(main(page)).toBeFocused();
  });

  await test.step('2. a question without any key; a citation opens its document and gives the focus back', async () => {
    await pressed(page, 'ControlOrMeta+n');
    const answer = await ask(page, 'How do I add documents to the library?');
    await expectSaid(page, /^The answer is complete\.$/);
    await expect(composer(page)).toBeFocused();
    const chip = answer.getByRole('button', { name: /^Source 1: / }).first();
    await walkTo(page, chip, 'Shift+Tab');
    // The passage is shown beside the focused chip.
    await expect(page.getByRole('tooltip').or(page.locator('[data-radix-popper-content-wrapper]')).first()).toBeVisible();
    await pressed(page, 'Enter');
    const panel = page.getByRole('complementary', { name: 'Evidence panel' });
    await expect(panel.locator('mark').first()).toBeVisible();
    await expectSaid(page, /passage/i);
    await walkTo(page, panel.getByRole('region', { name: 'Text of the document' }));
    await pressed(page, 'ArrowRight');
    await expect(panel).toContainText(/2 of \d/);
    await expectFocusShown(page);
    await pressed(page, 'Escape');
    await expect(panel).toBeHidden();
    await expect(chip).toBeFocused();
  });

  await test.step('3. a file, a folder and a pasted text come in; the answer cites the page', async () => {
    await pressed(page, 'ControlOrMeta+2');
    const add = page.getByRole('button', { name: 'Add documents' });
    await answerFileDialog(app, [paths.pdf], async () => {
      await walkTo(page, add);
      await pressed(page, 'Enter');
      await expect(page.getByRole('menuitem', { name: 'Files…' })).toBeFocused();
      await expectFocusShown(page);
      await pressed(page, 'Enter');
    });
    await expectSaid(page, /“.*lighthouse.*” added/i);
    await readyRow(page, /lighthouse/i);
    await expect(add).toBeFocused();
    await answerFileDialog(app, [paths.notes], () => runFromPalette(page, 'add a folder'));
    await readyRow(page, /Roses/);
    await expectSaid(page, /^Reading/);
    await expectSaid(page, /^Reading is over\. \d+ documents are ready\./);
    await expect(add).toBeFocused();
    // The text comes from elsewhere and is pasted here.
    await pressed(page, 'ControlOrMeta+f');
    await typeInto(page, page.getByRole('combobox', { name: 'Search passages' }), 'Ferry. The ferry to Molene leaves at seven thirty.');
    await pressed(page, 'ControlOrMeta+a');
    await pressed(page, 'ControlOrMeta+x');
    await walkTo(page, add, 'Shift+Tab');
    await pressed(page, 'Enter');
    await walkTo(page, page.getByRole('menuitem', { name: 'Paste a text…' }), 'ArrowDown');
    await pressed(page, 'Enter');
    const dialog = page.getByRole('dialog', { name: 'Add a text' });
    await expect(dialog.getByRole('textbox', { name: 'Text' })).toBeFocused();
    await pressed(page, 'ControlOrMeta+v');
    await expect(dialog.getByRole('textbox', { name: 'Text' })).toHaveValue(/seven thirty/);
    await walkTo(page, dialog.getByRole('button', { name: 'Add to the library' }));
    await pressed(page, 'Enter');
    await expect(dialog).toBeHidden();
    await expect(add).toBeFocused();
    await readyRow(page, /Ferry/);

    await pressed(page, 'ControlOrMeta+n');
    const answer = await ask(page, 'When was the lamp of the Kermorvan lighthouse lit for the first time?');
    await expect(answer.getByRole('list', { name: 'Sources used' })).toContainText(/lighthousep\. 2/i);
    await walkTo(page, answer.getByRole('list', { name: 'Sources used' }).getByRole('button').first(), 'Shift+Tab');
    await pressed(page, 'Enter');
    await expect(page.getByRole('complementary', { name: 'Evidence panel' }).locator('canvas').first()).toBeVisible();
    await pressed(page, 'Escape');
    await expectFocusShown(page);
  });

  await test.step('4. a provider is added and tested; an answer streams, is stopped, and another survives a reload', async () => {
    await runFromPalette(page, 'add a provider');
    await expect(page.getByRole('heading', { level: 1, name: 'Providers' })).toBeVisible();
    const add = main(page).getByRole('button', { name: 'Add a provider' });
    await walkTo(page, add);
    await pressed(page, 'Enter');
    const dialog = page.getByRole('dialog');
    await walkTo(page, dialog.getByRole('button', { name: /Another address/ }));
    await pressed(page, 'Enter');
    await typeInto(page, dialog.getByRole('textbox', { name: 'Address' }), `${provider.url}/v1`);
    await pressed(page, 'Tab');
    await typeInto(page, dialog.getByRole('textbox', { name: 'Key' }), 'test-key-1234');
    await pressed(page, 'Enter');
    await expect(dialog).toBeHidden();
    await expect(add).toBeFocused();
    await expectSaid(page, /^Working/);
    await walkTo(page, page.getByRole('button', { name: 'Test', exact: true }), 'Shift+Tab');
    await pressed(page, 'Enter');
    await expectSaid(page, /^Testing/);

    await pressed(page, 'ControlOrMeta+n');
    const quick = await ask(page, 'What is the answer?');
    await expect(quick).toContainText('The answer is forty-two.');
    await expect(quick).toContainText(/first word/);
    const stopped = await ask(page, 'Write something slow, please');
    await expect(stopped).toContainText('word3');
    await pressed(page, 'Escape');
    await expect(stopped).toContainText('Stopped. What was written is kept.');
    await expectSaid(page, /^Stopped\. What was written is kept\.$/);
    await expect(composer(page)).toBeFocused();
    await expectNoPointer(page);
    const resumed = await ask(page, 'And something slow again');
    await expect(resumed).toContainText('word3');
    await page.reload();
    await listen(page);
    await expect(answers(page).last()).toContainText('word239', { timeout: 40_000 });
    await expectSaid(page, /^The answer is complete\.$/);
    await expect(composer(page)).toBeFocused();
  });

  await test.step('5. a debate is set up, watched and read', async () => {
    await pressed(page, 'ControlOrMeta+3');
    await expect(main(page)).toBeFocused();
    await walkTo(page, page.getByRole('textbox', { name: 'Topic' }));
    await page.keyboard.type('Should the office be given up for remote work?');
    await walkTo(page, page.getByRole('textbox', { name: 'Attacker, Side' }));
    await page.keyboard.type('for remote work');
    await walkTo(page, page.getByRole('textbox', { name: 'Challenger, Side' }));
    await page.keyboard.type('for the office');
    await walkTo(page, page.getByRole('radio', { checked: true }));
    await pressed(page, 'ArrowLeft');
    await pressed(page, 'ArrowLeft');
    await expect(page.getByRole('radio', { name: '1', exact: true })).toBeChecked();
    await walkTo(page, page.getByRole('button', { name: 'Start the debate' }));
    await pressed(page, 'Enter');
    await expect(page.getByRole('heading', { name: /^Synthesis by/ })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Export' })).toBeVisible();
    await expect(page.getByRole('region', { name: /^Synthesis by/ })).toContainText('Keep half of the office.');
    await expectFocusShown(page);
    await expectSaid(page, /^round 1 of 1/);
    await expectSaid(page, /^finished/);
    await walkTo(page, page.getByRole('button', { name: /^Round 1/ }));
    await pressed(page, 'Enter');
    await expect(page.getByRole('button', { name: /^Round 1/ })).toHaveAttribute('aria-expanded', 'false');
  });

  await test.step('6. the metrics are read, over another period and in detail', async () => {
    await pressed(page, 'ControlOrMeta+5');
    await expect(main(page)).toBeFocused();
    await walkTo(page, page.getByRole('radio', { name: '24 h' }));
    await pressed(page, 'ArrowLeft');
    await expect(page.getByRole('radio', { name: '15 min' })).toBeChecked();
    await walkTo(page, main(page).getByRole('link', { name: 'What does it cost?' }));
    await pressed(page, 'Enter');
    await expect(page.getByRole('heading', { level: 1, name: 'Usage and cost' })).toBeVisible();
    await expect(main(page).getByRole('row').filter({ hasText: 'debates' })).toBeVisible();
    await expectFocusShown(page);
    await expectNoPointer(page);
  });

  await test.step('7. after a kill the conversation is found in the list and its answer continued', async () => {
    await pressed(page, 'ControlOrMeta+n');
    const before = await ask(page, 'Something slow that is cut');
    // Longer than the second that a crash may cost.
    await expect(before).toContainText('word90 ');
    await app.kill();
    await app.start();
    const again = app.page;
    await listen(again);
    await expect(composer(again)).toBeFocused();
    const rows = again.getByRole('navigation', { name: 'Conversations' }).getByRole('link');
    await walkTo(again, rows.first(), 'Shift+Tab');
    await pressed(again, 'ArrowDown');
    await expect(rows.nth(1)).toBeFocused();
    await pressed(again, 'ArrowUp');
    await pressed(again, 'Enter');
    const answer = answers(again).last();
    await expect(answer).toContainText('The program ended while this was being written.');
    await walkTo(again, answer.getByRole('button', { name: 'Continue' }), 'Shift+Tab');
    await pressed(again, 'Enter');
    await expectSaid(again, /^The answer is complete\.$/);
    await expectFocusShown(again);
    await expectNoPointer(again);
  });
  expect(pageErrors.filter((text) => !text.includes('WebSocket'))).toEqual([]);
});
