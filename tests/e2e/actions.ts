import type { LLMock } from '@copilotkit/aimock';
import type { Locator, Page } from '@playwright/test';
import { type App, expect } from './app';

/** Acts in the window as a person does, by the visible words. */
export const go = async (page: Page, section: 'Chat' | 'Library' | 'Debates' | 'Memory' | 'Metrics' | 'Settings'): Promise<void> => {
  const link = page.getByRole('navigation', { name: 'Sections' }).getByRole('link', { name: section });
  await link.click();
  await expect(link).toHaveAttribute('aria-current', 'page');
  // The rail leads to the last place in the section, and from there to its beginning.
  await link.click();
  await expect(page.getByRole('main')).toBeVisible();
};

export const composer = (page: Page): Locator => page.getByRole('textbox', { name: 'Message' });
export const answers = (page: Page): Locator => page.getByRole('article', { name: /^Answer by/ });

export const newChat = async (page: Page): Promise<void> => {
  await go(page, 'Chat');
  await page.getByRole('button', { name: 'New chat' }).first().click();
};

/** Asks a question and, unless `wait` is false, waits for the end of the answer. */
export const ask = async (page: Page, question: string, { wait = true } = {}): Promise<Locator> => {
  // By its position: a long conversation mounts the messages around the view only.
  const before = await page
    .locator('[role="feed"] article')
    .evaluateAll((articles) => Number(articles.at(-1)?.getAttribute('aria-setsize') ?? 0));
  await composer(page).fill(question);
  await composer(page).press('Enter');
  const answer = answers(page).and(page.locator(`[aria-posinset="${before + 2}"]`));
  await expect(answer).toBeVisible();
  if (wait) await expect(page.getByRole('button', { name: 'Send' })).toBeVisible();
  return answer;
};

/** Adds a custom server as a provider, as a person would, and waits for the result of its test. Returns its card, unfolded. */
export const addServer = async (page: Page, address: string, { name = '', says = /Working/ } = {}): Promise<Locator> => {
  await go(page, 'Settings');
  await page.getByRole('link', { name: 'Providers' }).click();
  await page.getByRole('button', { name: 'Add a provider' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: /Another address/ }).click();
  await dialog.getByRole('textbox', { name: 'Address' }).fill(address);
  await dialog.getByRole('textbox', { name: 'Key' }).fill('test-key-1234');
  await dialog.getByRole('textbox', { name: 'Name' }).fill(name);
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(dialog).toBeHidden();
  // The new card is the unfolded one.
  const card = page
    .getByRole('list', { name: /^Providers/ })
    .getByRole('listitem')
    .filter({ has: page.getByRole('textbox', { name: 'Address' }) });
  await expect(card.getByRole('textbox', { name: 'Address' })).toHaveValue(address);
  await expect(card).toContainText(says);
  return card;
};

export const addProvider = (page: Page, provider: LLMock): Promise<Locator> => addServer(page, `${provider.url}/v1`);

/** Answers the file dialog that `open` shows, by the means of this host: Chromium's, or Electron's with a prepared answer. */
export const answerFileDialog = async ({ page, electron }: App, paths: string[], open: () => Promise<void>): Promise<void> => {
  await electron?.evaluate(({ dialog }, filePaths) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths });
  }, paths);
  const chooser = electron ? null : page.waitForEvent('filechooser');
  await open();
  await (await chooser)?.setFiles(paths);
};

export const chooseDocuments = (app: App, what: 'Files…' | 'A folder…', paths: string[]): Promise<void> =>
  answerFileDialog(app, paths, async () => {
    await app.page.getByRole('button', { name: 'Add documents' }).click();
    await app.page.getByRole('menuitem', { name: what, exact: true }).click();
  });

/** Drops files as a person drags them from the desktop, with their real paths. */
export const dropDocuments = async (page: Page, paths: string[]): Promise<void> => {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: paths, dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await session.send('Input.dispatchDragEvent', { type, x: 640, y: 400, data });
  await session.detach();
};

/** The table's row of a document, once it is ingested. */
export const readyRow = async (page: Page, title: string | RegExp): Promise<Locator> => {
  const row = page.getByRole('row', { name: title });
  await expect(row).toContainText('Ready');
  return row;
};

/** Opens a document from the table, once it is ingested, by a double click. */
export const openDocument = async (page: Page, title: string | RegExp): Promise<void> => {
  const row = await readyRow(page, title);
  // A document that is still read, as the guide at a first start, changes its title and moves the rows when it is ready, also between
  // a look at a row and the click, or between the two clicks: another document would open.
  const unread = page.getByRole('row').filter({ has: page.getByRole('gridcell'), hasNotText: /Ready|Not read/ });
  await expect(unread).toHaveCount(0, { timeout: 60_000 });
  await row.dblclick();
};

/** Chooses one of several; the choice shows a moment after the click. */
export const choose = async (radio: Locator): Promise<void> => {
  await radio.click();
  await expect(radio).toBeChecked();
};

/** Starts a debate of one round. */
export const startShortDebate = async (page: Page, topic: string): Promise<void> => {
  await go(page, 'Debates');
  await page.getByRole('button', { name: 'New debate' }).click();
  await page.getByRole('textbox', { name: 'Topic' }).fill(topic);
  await choose(page.getByRole('radio', { name: '1', exact: true }));
  await page.getByRole('button', { name: 'Start the debate' }).click();
  await expect(page.getByRole('heading', { level: 2, name: topic })).toBeVisible();
};
