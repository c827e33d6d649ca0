import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addProvider, ask, dropDocuments, go, newChat, readyRow } from './actions';
import { expect, test } from './app';
import { expectNoBarrier } from './axe';

test.skip(({ host }) => host !== 'browser', 'the same window as in the browser');

let folder = '';
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'emergence-questions-'));
});
test.afterEach(() => rmSync(folder, { recursive: true, force: true }));

const written: Record<string, string> = {
  'lease.md':
    '# Lease\n\n## Article 1 Rent\n\nThe rent is 9,000 euros a year.\n\n## Article 2 Notice\n\nThe notice period is six months.\n',
  'bees.md': '# Bees\n\nBees live in a hive and dance.\n',
  'honey.md': '# Honey\n\nHoney is made by bees.\n',
};

test('says quietly how a question was understood, and opens all that is listed', async ({ app, provider }) => {
  const { page } = app;
  provider.onMessage(/.*/, { content: 'It is six months [1].' });
  const files = Object.entries(written).map(([name, text]) => {
    const file = join(folder, name);
    writeFileSync(file, text);
    return file;
  });
  await go(page, 'Library');
  await dropDocuments(page, files);
  for (const title of [/lease/i, /bees/i, /honey/i]) await readyRow(page, title);

  // The program lists and quotes without a model.
  await newChat(page);
  const listed = await ask(page, 'List all documents about bees');
  await expect(listed).toContainText('2 documents hold “bees”');
  await listed.getByRole('button', { name: 'Listed: 2 documents' }).click();
  const dialog = page.getByRole('dialog', { name: '2 documents' });
  await expect(dialog.getByRole('link')).toHaveText(['Bees', 'Honey']);
  await expectNoBarrier(page, 'the listed documents');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();

  const quoted = await ask(page, 'Quote exactly article 2');
  await expect(quoted).toContainText('Quoted word for word: complete');
  await expect(quoted.locator('blockquote')).toContainText('The notice period is six months.');
  await expect(quoted.locator('blockquote')).not.toContainText('9,000');

  await quoted.getByRole('button', { name: /Lease/ }).last().click();
  const panel = page.getByRole('complementary', { name: 'Evidence panel' });
  await panel.getByRole('button', { name: 'Why this source' }).click();
  const why = page.getByRole('dialog', { name: 'Why this source' });
  await expect(why).toContainText('It is exactly what the question names by its number.');
  await expect(why).toContainText('Place by words: ');
  await expectNoBarrier(page, 'why a source was chosen');
  await page.keyboard.press('Escape');
  await expect(why).toBeHidden();

  await addProvider(page, provider);
  await newChat(page);
  await ask(page, 'What is the notice period of the lease?');
  const next = await ask(page, 'And the rent?');
  await expect(next).toContainText('Searched as: the notice period of the lease, the rent');
  await expectNoBarrier(page, 'a rewritten question');
  await page.reload();
  await expect(next).toContainText('Searched as: the notice period of the lease, the rent');
});
