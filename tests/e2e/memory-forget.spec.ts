import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { addProvider, ask, composer, go, newChat } from './actions';
import { expect, test } from './app';
import { expectNoBarrier } from './axe';
import { askWithMemory, chooseForMemory, memoryRow } from './memoryActions';

test.describe.configure({ timeout: 120_000 });

/** The bytes of a file; none of one that is gone meanwhile, as files of a browser's cache may be. */
const bytesOf = (path: string): Buffer => {
  try {
    return readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return Buffer.alloc(0);
    throw error;
  }
};

/** Backups are older copies by design: the program names the day on which the last of them goes. */
const inBackups = (path: string): boolean => path.startsWith('backups');

/** Files in which the browser that stands in for Electron keeps the titles and forms of its tabs. Electron keeps neither. */
const ofStandIn = /^window\/standin-chromium\/Default\/(History|Sessions)/;

/** The files below a folder that hold a text, also as UTF-16, by their paths in it. */
const filesWith = (folder: string, text: string): string[] => {
  const forms = [Buffer.from(text, 'utf8'), Buffer.from(text, 'utf16le')];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => {
      const bytes = bytesOf(path);
      return forms.some((form) => bytes.includes(form));
    })
    .map((path) => path.slice(folder.length + 1))
    .filter((path) => !ofStandIn.test(path));
};

test('leaves a memory that was forgotten for good in no file of the data folder', async ({ app, provider }) => {
  const { page } = app;
  const canary = 'zwirbelkanarie';
  provider.onMessage(/.*/, { content: 'I see.' });
  await newChat(page);
  await composer(page).fill(`/remember The cat of Odile is called ${canary}`);
  await composer(page).press('Enter');
  await expect(composer(page)).toHaveValue('');
  await addProvider(page, provider);
  await askWithMemory(page, 'What is the cat of Odile called?');
  expect(
    provider
      .getRequests()
      .map(({ body }) => JSON.stringify(body))
      .join(),
  ).toContain(canary);
  expect(filesWith(app.dataFolder, canary)).not.toEqual([]);

  await go(page, 'Memory');
  await chooseForMemory(page, canary, 'Forget for good…');
  const dialog = page.getByRole('dialog', { name: 'Forget this memory for good?' });
  await expectNoBarrier(page, 'A memory is forgotten for good');
  await dialog.getByRole('button', { name: 'Forget for good' }).click();
  const said = page.getByText(/^The memory is gone/).first();
  await expect(said).toBeVisible();
  await expect(memoryRow(page, canary)).toHaveCount(0);
  await expect.poll(() => filesWith(app.dataFolder, canary).filter((path) => !inBackups(path)), { timeout: 20_000 }).toEqual([]);
  if (filesWith(app.dataFolder, canary).some(inBackups)) await expect(said).toContainText('Backups made before keep it until');
  await app.stop();
  expect(filesWith(app.dataFolder, canary).filter((path) => !inBackups(path))).toEqual([]);
  await app.start();
});

test('leaves a conversation that was forgotten for good in no file of the data folder', async ({ app }) => {
  const { page } = app;
  const canary = 'kranichzwirbel';
  await newChat(page);
  await ask(page, `My cat is called ${canary}.`);
  const rows = page.getByRole('navigation', { name: 'Conversations' });
  const row = rows.getByRole('link', { name: canary });
  const more = rows.getByRole('button', { name: /^Actions for.*kranichzwirbel/ });
  const forgetRow = async () => {
    await more.click();
    await page.getByRole('menuitem', { name: 'Forget for good…' }).click();
  };
  await forgetRow();
  const dialog = page.getByRole('dialog', { name: /^Forget “.*” for good\?$/ });
  await expect(dialog).toContainText('the memories that were learnt from it alone');
  await expectNoBarrier(page, 'A conversation is forgotten for good');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(more).toBeFocused();
  await forgetRow();
  await dialog.getByRole('button', { name: 'Forget for good' }).click();
  await expect(page.getByText(/^The conversation is gone/).first()).toBeVisible();
  await expect(row).toHaveCount(0);
  await expect.poll(() => filesWith(app.dataFolder, canary).filter((path) => !inBackups(path))).toEqual([]);
});
