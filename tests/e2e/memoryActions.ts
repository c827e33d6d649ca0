import type { Locator, Page } from '@playwright/test';
import { answers, ask, go, newChat } from './actions';
import { expect } from './app';

/** Acts in the memory as a person does, by the visible words. */
export const memoryGrid = (page: Page): Locator => page.getByRole('grid', { name: 'Memories' });
export const memoryRow = (page: Page, text: string): Locator => memoryGrid(page).getByRole('row', { name: text });

/** Remembers something by the dialog of the memory's page; `due` is a day such as 2026-03-02. */
export const remember = async (page: Page, text: string, kind = 'Fact', due?: string): Promise<void> => {
  await page.getByRole('main').getByRole('button', { name: 'Remember something' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Remember something' });
  await dialog.getByRole('textbox', { name: 'Text' }).fill(text);
  await dialog.getByRole('combobox', { name: 'Kind' }).selectOption(kind);
  if (due) await dialog.getByLabel('Due').fill(due);
  await dialog.getByRole('button', { name: 'Remember', exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect(memoryRow(page, text)).toBeVisible();
};

/** Chooses an item of the menu of a memory. */
export const chooseForMemory = async (page: Page, text: string, item: string | RegExp): Promise<void> => {
  await memoryRow(page, text).click({ button: 'right' });
  await page.getByRole('menuitem', { name: item }).click();
};

/** Has the messages read that were not yet. */
export const startReading = async (page: Page): Promise<void> => {
  await go(page, 'Settings');
  // The rail has a link of this name too.
  await page.getByRole('complementary', { name: 'Settings' }).getByRole('link', { name: 'Memory' }).click();
  await page.getByRole('button', { name: 'See what there is' }).click();
  await page.getByRole('button', { name: 'Read them' }).click();
};

/** Has the messages read that were not yet, and waits for the end. */
export const readEarlierChats = async (page: Page): Promise<void> => {
  await startReading(page);
  // The estimate is made once: a page that is opened anew makes another one.
  await expect(async () => {
    await page.reload();
    await page.getByRole('button', { name: 'See what there is' }).click();
    await expect(page.getByText('Everything is read.')).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 30_000 });
};

/** The line below an answer that says how many memories it was given. */
export const memoryUsed = (answer: Locator): Locator => answer.getByRole('button', { name: /^memory used: [1-9]/ });

/**
 * Asks in a new chat, and again until memories were given with the question. Something else is asked first: reading the past may take
 * longer than an answer waits, and a question that is asked twice finds itself before anything else.
 */
export const askWithMemory = async (page: Page, question: string): Promise<Locator> => {
  await newChat(page);
  await ask(page, 'Which harbour has the oldest lighthouse?');
  let answer = answers(page).last();
  await expect(async () => {
    await newChat(page);
    answer = await ask(page, question);
    await expect(memoryUsed(answer)).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 60_000 });
  return answer;
};
