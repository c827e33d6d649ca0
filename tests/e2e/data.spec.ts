import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import Database from 'better-sqlite3';
import { addProvider, ask, dropDocuments, go, newChat, readyRow, startShortDebate } from './actions';
import { expect, test } from './app';
import { expectNoBarrier } from './axe';

const openData = (page: Page): Promise<void> =>
  page.evaluate(() => {
    location.hash = '#/settings/data';
  });

/** Overwrites pages, as a failing disk does. */
const damage = (path: string): void => {
  const bytes = readFileSync(path);
  bytes.fill(0x5a, 8192, Math.min(bytes.length, 80_000));
  writeFileSync(path, bytes);
};
const backupsOf = (dataFolder: string): string[] => readdirSync(join(dataFolder, 'backups')).filter((name) => name.endsWith('.db'));

test("shows a backup's content and soundness, and refuses a damaged one", async ({ app }) => {
  const { page, dataFolder } = app;
  await openData(page);
  // The advice names the newest sound backup; the one of the start may still be in the making.
  await expect(page.getByRole('listitem').filter({ hasText: 'daily' })).toContainText('sound');
  await page.getByRole('button', { name: 'Back up now' }).click();
  await expect(page.getByText(/^Backup made/)).toBeVisible();
  const rows = page.getByRole('listitem').filter({ hasText: 'made by you' });
  await expect(rows).toContainText('0 conversations');
  await expect(rows).toContainText('sound');
  await expect(rows).toContainText('go back to this one');
  await expectNoBarrier(page, 'Data');

  // The backup is damaged on the disk: choosing it checks, refuses and marks it.
  const name = backupsOf(dataFolder).find((one) => one.includes('manual')) ?? '';
  damage(join(dataFolder, 'backups', name));
  await rows.getByRole('button', { name: /Restore the backup/ }).click();
  await page.getByRole('button', { name: 'Restore at the next start' }).click();
  await expect(page.getByText(/^This backup is damaged and cannot be restored\./)).toBeVisible();
  await expect(rows).toContainText('damaged');
  await expect(rows).not.toContainText('go back to this one');
  await expect(rows.getByRole('button', { name: /Restore the backup/ })).toHaveAttribute('aria-disabled', 'true');
  await expectNoBarrier(page, 'Data with a damaged backup');

  const daily = page.getByRole('listitem').filter({ hasText: 'daily' });
  await expect(daily).toContainText('go back to this one');
  await daily.getByRole('button', { name: /Restore the backup/ }).click();
  await page.getByRole('button', { name: 'Restore at the next start' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'is put in place when the program starts next' })).toBeVisible();
});

test('reports a database damaged while the program runs, with the way to the backups', async ({ app }) => {
  const { dataFolder } = app;
  await openData(app.page);
  await app.page.getByRole('button', { name: 'Back up now' }).click();
  await expect(app.page.getByText(/^Backup made/)).toBeVisible();
  // A clean stop moves the writes from the log into the file.
  await app.stop();
  await app.start();
  const { page } = app;
  damage(join(dataFolder, 'emergence.db'));
  await page.evaluate(() => {
    location.hash = '#/metrics';
  });
  const button = page.getByRole('alert').getByRole('button', { name: 'Go back to a backup' });
  await expect(button).toBeVisible({ timeout: 45_000 });
  await expect(page.getByText('The database is damaged. What you write may not be kept.')).toBeVisible();
  await expectNoBarrier(page, 'A damaged database');
  await button.click();
  await expect(page.getByRole('heading', { name: 'Backups', exact: true })).toBeVisible();
  await app.kill();
});

test('names a damaged document under “Needs attention” and deletes it for good there', async ({ app }, testInfo) => {
  const path = testInfo.outputPath('harbour.md');
  writeFileSync(path, '# Harbour\n\nThe harbour of Brest opens at dawn.');
  await go(app.page, 'Library');
  await dropDocuments(app.page, [path]);
  await readyRow(app.page, /harbour/i);
  await app.stop();
  const db = new Database(join(app.dataFolder, 'emergence.db'));
  db.pragma('foreign_keys = OFF');
  db.exec("UPDATE document_versions SET id = 'no id' WHERE document_id = (SELECT id FROM documents WHERE source LIKE '%harbour%')");
  db.close();
  await app.start();
  const { page } = app;
  await go(page, 'Library');
  await page.getByRole('link', { name: /Needs attention/ }).click();
  const entries = page.getByRole('region', { name: 'Damaged entries' });
  await expect(entries).toContainText(/harbour.*Its entry in the database is damaged/i);
  await expectNoBarrier(page, 'A damaged entry');
  await entries.getByRole('button', { name: 'Delete for good…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete for good' }).click();
  await expect(entries).toBeHidden();
  await expect(page.getByText(/harbour.* is gone/i).first()).toBeVisible();
  await expect(page.getByText('Nothing needs attention')).toBeVisible();
});

test('lists what was deleted, brings a conversation back, and forgets a debate for good', async ({ app, provider }) => {
  const { page } = app;
  provider.onMessage(/.*/, { content: 'So be it.' });
  await addProvider(page, provider);
  await newChat(page);
  await ask(page, 'My roses need more sun');
  await page.getByRole('button', { name: 'More' }).first().click();
  await page.getByRole('menuitem', { name: 'Delete', exact: true }).click();
  await startShortDebate(page, 'Should roses be pruned?');
  const debates = page.getByRole('navigation', { name: 'Debates' });
  const openMenu = (): Promise<void> => page.getByRole('main').getByRole('button', { name: 'More' }).click();
  await openMenu();
  await page.getByRole('menuitem', { name: 'Forget for good…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Forget “Should roses be pruned?” for good?' });
  await expectNoBarrier(page, 'a debate is forgotten for good');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await openMenu();
  await page.getByRole('menuitem', { name: 'Delete', exact: true }).click();
  await expect(debates.getByRole('link')).toHaveCount(0);

  await openData(page);
  const deleted = page.getByRole('region', { name: 'Deleted conversations' });
  await expect(deleted.getByRole('listitem')).toHaveText([/Should roses be pruned\?.*debate/, /So be it.*conversation/]);
  await expectNoBarrier(page, 'the deleted conversations');
  await deleted.getByRole('button', { name: /^Forget for good… “Should roses/ }).click();
  await dialog.getByRole('button', { name: 'Forget for good' }).click();
  await expect(deleted.getByRole('listitem')).toHaveCount(1);
  await deleted.getByRole('button', { name: /^Restore “So be it/ }).click();
  await expect(deleted).toBeHidden();
  await go(page, 'Chat');
  await expect(page.getByRole('navigation', { name: 'Conversations' }).getByRole('link', { name: /So be it/ })).toBeVisible();
});
