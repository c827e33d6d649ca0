import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { addProvider, answers, ask, composer, go, newChat } from './actions';
import { type App, expect, test } from './app';
import { expectNoBarrier } from './axe';
import { chooseForMemory, memoryGrid, memoryRow, remember } from './memoryActions';

/** Memory as a person uses it: made, found, changed, put away, brought back, and forgotten. */
const visit = (page: Page, path: string): Promise<void> =>
  page.evaluate((hash) => {
    location.hash = hash;
  }, path);

test('makes, searches, edits, archives and restores a memory, and takes a deletion back', async ({ app }) => {
  const { page } = app;
  await go(page, 'Memory');
  await expect(page.getByRole('heading', { name: 'Nothing is remembered yet' })).toBeVisible();
  await remember(page, 'The pump house stands in Brest');
  await remember(page, 'Short answers, please', 'Preference');

  const search = page.getByRole('searchbox', { name: 'Search the memory' });
  await search.fill('pump');
  await expect(memoryRow(page, 'Short answers')).toBeHidden();
  await expect(memoryRow(page, 'pump house')).toBeVisible();
  // By its meaning: no memory holds this word.
  await search.fill('brief');
  await expect(memoryRow(page, 'Short answers')).toContainText('close in meaning');
  await expect(page.getByRole('status').filter({ hasText: '0 with these words · 1 close in meaning' })).toBeVisible();
  await expect(memoryRow(page, 'pump house')).toBeHidden();
  await search.fill('nothing of the kind');
  await page.getByRole('button', { name: 'Show all' }).click();
  await page.getByRole('combobox', { name: 'Kind' }).selectOption('Preference');
  await expect(memoryRow(page, 'pump house')).toBeHidden();
  await page.getByRole('combobox', { name: 'Kind' }).selectOption('Every kind');

  // By keyboard alone.
  await memoryGrid(page).focus();
  await page.keyboard.press('End');
  await page.keyboard.press('F2');
  const dialog = page.getByRole('dialog', { name: 'Edit the memory' });
  await dialog.getByRole('textbox', { name: 'Text' }).fill('The pump house stands in Concarneau');
  await dialog.getByLabel('True from', { exact: true }).fill('2026-03-02');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(memoryRow(page, 'Concarneau')).toContainText(/since (2 Mar|Mar 2,) 2026/);

  await chooseForMemory(page, 'Concarneau', 'Archive');
  await expect(page.getByText('“The pump house stands in Concarneau” archived', { exact: true })).toBeVisible();
  await expect(memoryRow(page, 'Concarneau')).toBeHidden();
  await page
    .getByRole('navigation', { name: 'Memory' })
    .getByRole('link', { name: /Archive/ })
    .click();
  await chooseForMemory(page, 'Concarneau', 'Take out of the archive');
  await expect(page.getByRole('heading', { name: 'The archive is empty' })).toBeVisible();

  await page
    .getByRole('navigation', { name: 'Memory' })
    .getByRole('link', { name: /Remembered/ })
    .click();
  await memoryRow(page, 'Concarneau').click();
  await memoryGrid(page).focus();
  await page.keyboard.press('Delete');
  await expect(memoryRow(page, 'Concarneau')).toBeHidden();
  await page.getByRole('button', { name: 'Undo' }).last().click();
  await expect(memoryRow(page, 'Concarneau')).toBeVisible();
});

test('forgets for good after one question that says what goes', async ({ app }) => {
  const { page } = app;
  await go(page, 'Memory');
  await remember(page, 'The canary sings at dawn');
  await remember(page, 'The lamp burns oil');
  await memoryRow(page, 'canary').dblclick();
  await expect(page.getByRole('complementary', { name: 'About this memory' })).toContainText('you said so');
  await page.getByRole('main').getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Forget for good…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Forget this memory for good?' });
  await expect(dialog).toContainText('all that was computed from it');
  await dialog.getByRole('button', { name: 'Forget for good' }).click();
  await expect(memoryRow(page, 'lamp')).toBeVisible();
  await expect(memoryRow(page, 'canary')).toHaveCount(0);
  await page.getByRole('searchbox', { name: 'Search the memory' }).fill('canary');
  await expect(page.getByRole('heading', { name: 'No memory matches' })).toBeVisible();
});

test('acts on the chosen rows: tags, protection, merging', async ({ app }) => {
  const { page } = app;
  await go(page, 'Memory');
  for (const text of ['Claire leads the audit', 'Claire works in Rennes', 'The bridge is closed']) await remember(page, text);
  await memoryRow(page, 'Rennes').click();
  await memoryRow(page, 'audit').click({ modifiers: ['ControlOrMeta'] });
  await expect(page.getByRole('main')).toContainText('2 chosen');
  await chooseForMemory(page, 'audit', 'Tags…');
  await page.getByRole('dialog').getByRole('textbox', { name: 'Tags' }).fill('people, audit');
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await chooseForMemory(page, 'audit', 'Protect');
  await expect(memoryRow(page, 'audit')).toContainText('protected');
  await page.getByRole('button', { name: 'Choose none' }).click();
  await page.getByRole('combobox', { name: 'Tag' }).selectOption('people');
  await expect(memoryRow(page, 'bridge')).toBeHidden();
  await expect(memoryRow(page, 'Rennes')).toBeVisible();
  await memoryGrid(page).focus();
  await page.keyboard.press('ControlOrMeta+a');
  await chooseForMemory(page, 'audit', 'Merge…');
  await page.getByRole('dialog').getByRole('radio', { name: 'Claire leads the audit' }).check();
  await page.getByRole('dialog').getByRole('button', { name: 'Merge' }).click();
  await expect(memoryRow(page, 'Claire works in Rennes')).toHaveCount(0);
  await expect(memoryRow(page, 'audit')).toBeVisible();
  await expect(page.getByText('2 memories became one', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).last().click();
  await expect(memoryRow(page, 'Claire works in Rennes')).toBeVisible();

  await page.getByRole('button', { name: 'Choose none' }).click();
  await chooseForMemory(page, 'Rennes', 'Split…');
  await page.getByRole('dialog').getByRole('textbox', { name: 'One memory a line' }).fill('Claire works\nClaire lives in Rennes');
  await page.getByRole('dialog').getByRole('button', { name: 'Split' }).click();
  await expect(memoryRow(page, 'Claire works in Rennes')).toHaveCount(0);
  await expect(memoryRow(page, 'Claire lives in Rennes')).toBeVisible();
  await page.getByText('Split into 2 memories', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Undo' }).last().click();
  await expect(memoryRow(page, 'Claire works in Rennes')).toBeVisible();
  await expect(memoryRow(page, 'Claire lives in Rennes')).toHaveCount(0);
});

test('takes a split back from the page of a part, long after its message', async ({ app }) => {
  const { page } = app;
  await go(page, 'Memory');
  await remember(page, 'Claire works in Rennes');
  await chooseForMemory(page, 'Rennes', 'Split…');
  await page.getByRole('dialog').getByRole('textbox', { name: 'One memory a line' }).fill('Claire works\nClaire lives in Rennes');
  await page.getByRole('dialog').getByRole('button', { name: 'Split' }).click();
  await expect(memoryRow(page, 'Claire lives in Rennes')).toBeVisible();
  await page.reload();
  await memoryRow(page, 'Claire lives in Rennes').dblclick();
  const note = page.getByRole('main').getByRole('status').filter({ hasText: 'Split on' });
  await expectNoBarrier(page, 'a memory that can be put together again');
  await note.getByRole('button', { name: 'Undo' }).click();
  await expect(note).toBeHidden();
  await go(page, 'Memory');
  await expect(memoryRow(page, 'Claire works in Rennes')).toBeVisible();
  await expect(memoryRow(page, 'Claire lives in Rennes')).toHaveCount(0);
});

test('says in words that another window changed the memory being edited', async ({ app, host }) => {
  test.skip(host !== 'browser', 'Electron has one window');
  const { page } = app;
  await go(page, 'Memory');
  await remember(page, 'The budget is 40,000 euros');
  await memoryRow(page, 'budget').dblclick();
  await page.getByRole('main').getByRole('button', { name: 'Edit…' }).click();
  const other = await page.context().newPage();
  // The token comes with the address that the host printed.
  await other.goto(app.address ?? '');
  await expect(composer(other)).toBeVisible();
  await other.goto(page.url());
  await other.getByRole('main').getByRole('button', { name: 'Edit…' }).click();
  await other.getByRole('dialog').getByRole('textbox', { name: 'Text' }).fill('The budget is 45,000 euros');
  await other.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await expect(other.getByRole('dialog')).toBeHidden();
  await other.close();

  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Text' }).fill('The budget is 50,000 euros');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.getByRole('alert')).toContainText('changed in another window');
  await dialog.getByRole('button', { name: 'Load it again' }).click();
  await expect(dialog.getByRole('textbox', { name: 'Text' })).toHaveValue('The budget is 45,000 euros');
  await dialog.getByRole('textbox', { name: 'Text' }).fill('The budget is 50,000 euros');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('region', { name: 'Memory' })).toContainText('50,000');
});

test('remembers from the composer and from a message, whose source opens it', async ({ app, provider }) => {
  const { page } = app;
  provider.onMessage(/.*/, { content: 'The audit begins on Monday.' });
  await addProvider(page, provider);
  await newChat(page);
  await ask(page, 'When does the audit begin?');
  await composer(page).fill('/remember I take the early train');
  await expect(page.getByText('Enter keeps this in the memory.')).toBeVisible();
  await composer(page).press('Enter');
  await expect(page.getByText('Remembered: “I take the early train”', { exact: true })).toBeVisible();
  await expect(composer(page)).toHaveValue('');
  await expect(answers(page)).toHaveCount(1);

  await answers(page).first().click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Remember this' }).click();
  await expect(page.getByText('Remembered: “The audit begins on Monday.”', { exact: true })).toBeVisible();
  await go(page, 'Memory');
  await expect(memoryRow(page, 'early train')).toBeVisible();
  await memoryRow(page, 'begins on Monday').dblclick();
  const sources = page.getByRole('region', { name: 'Sources' });
  await expect(sources.locator('mark')).toHaveText('The audit begins on Monday.');
  await sources.getByRole('link').click();
  await expect(answers(page).first()).toBeInViewport();
  expect(await page.evaluate(() => location.hash)).toMatch(/^#\/chat\/[0-9a-f-]+/);
});

test('exports what is remembered, and imports it into another program', async ({ app, host }) => {
  test.skip(host !== 'browser', 'Electron asks for a file by a dialog of the system');
  const { page } = app;
  const folder = mkdtempSync(join(tmpdir(), 'emergence-memory-'));
  await go(page, 'Memory');
  await remember(page, 'The key lies under the stone');
  const file = await exported(app, folder);
  await chooseForMemory(page, 'stone', 'Forget for good…');
  await page.getByRole('dialog').getByRole('button', { name: 'Forget for good' }).click();
  await expect(memoryRow(page, 'stone')).toHaveCount(0);
  await page.locator('main input[type="file"]').setInputFiles(file);
  await expect(page.getByText('1 memory added.').first()).toBeVisible();
  await expect(memoryRow(page, 'stone')).toBeVisible();
  rmSync(folder, { recursive: true, force: true });
});

const exported = async ({ page }: App, folder: string): Promise<string> => {
  const download = page.waitForEvent('download');
  await page.getByRole('main').getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Export to a file' }).click();
  const path = join(folder, 'memory.json');
  await (await download).saveAs(path);
  return path;
};

test('names a memory that is gone as such', async ({ app }) => {
  const { page } = app;
  await visit(page, '#/memory/00000000-0000-7000-8000-000000000000');
  await expect(page.getByRole('heading', { level: 1, name: 'This memory does not exist any more' })).toBeVisible();
  await page.getByRole('button', { name: 'Back to the memory' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Remembered' })).toBeVisible();
});
