import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { dropDocuments, go, openDocument } from './actions';
import { expect, test } from './app';
import { expectNoBarrier } from './axe';
import { expectNoOverflow } from './overflow';

test.skip(({ host }) => host !== 'browser', 'the same window as in the browser');

let folder = '';
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'emergence-encodings-'));
});
test.afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a text that may be read in several ways is read in the encoding that the person chooses', async ({ app }) => {
  const { page } = app;
  const path = join(folder, 'mill.txt');
  writeFileSync(path, iconv.encode('Młyn ma koło', 'windows-1250'));
  await go(page, 'Library');
  await expect(page.getByRole('button', { name: 'Add documents' })).toBeVisible();
  await dropDocuments(page, [path]);
  const row = page.getByRole('row', { name: 'mill' });
  await expect(row).toContainText('Not read', { timeout: 30_000 });
  await row.getByRole('button', { name: 'Choose the encoding…' }).click();
  const dialog = page.getByRole('dialog', { name: /In which encoding/ });
  await expect(dialog.getByRole('radio', { name: /Western Europe \(windows-1252\)/ })).toBeVisible();
  await expectNoBarrier(page, 'choice of an encoding');
  await expectNoOverflow(page, 'choice of an encoding');
  await dialog.getByRole('radio', { name: /windows-1252/ }).check();
  await dialog.getByRole('button', { name: 'Read it so' }).click();
  await openDocument(page, 'mill');
  await expect(page.getByRole('main')).toContainText('M³yn ma ko³o');

  await page.getByRole('button', { name: 'Actions for mill' }).click();
  await page.getByRole('menuitem', { name: 'Read in another encoding…' }).click();
  await expect(dialog.getByRole('radio', { name: /windows-1252/ })).toBeChecked();
  await dialog.getByRole('radio', { name: /Central Europe \(windows-1250\).*Młyn ma koło/ }).check();
  await dialog.getByRole('button', { name: 'Read it so' }).click();
  await expect(page.getByRole('main')).toContainText('Młyn ma koło');
  await expect(page.getByRole('complementary', { name: 'About this document' })).toContainText('windows-1250');
});
