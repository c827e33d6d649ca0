import { join } from 'node:path';
import Database from 'better-sqlite3';
import { go } from './actions';
import { expect, test } from './app';
import { expectNoBarrier } from './axe';
import { expectNoOverflow } from './overflow';

test('a damaged library is checked, repaired and indexed again, and its room is shown', async ({ app }) => {
  const { page } = app;
  await go(page, 'Settings');
  await page.getByRole('link', { name: 'Maintenance' }).click();
  const main = page.getByRole('main');
  await expect(main.getByRole('heading', { level: 1, name: 'Maintenance' })).toBeVisible();
  await expect(main.getByText('Search index with its vectors')).toBeVisible();
  await main.getByRole('button', { name: 'Check', exact: true }).press('Enter');
  const report = main.getByRole('region', { name: 'Report' });
  await expect(report).toContainText('Everything is in order.');

  const db = new Database(join(app.dataFolder, 'emergence.db'));
  db.exec("DELETE FROM version_texts WHERE version_id = (SELECT current_version FROM documents WHERE source LIKE 'guide/en/%' LIMIT 1)");
  db.close();
  await main.getByRole('button', { name: 'Check', exact: true }).click();
  await expect(report).toContainText('One thing is not in order.');
  await expect(report).toContainText('1 document has lost its text.');
  await expect(report).toContainText('Can be repaired');
  await expectNoBarrier(page, 'maintenance');
  await expectNoOverflow(page, 'maintenance');
  await main.getByRole('button', { name: 'Repair', exact: true }).click();
  await expect(report).toContainText('All that was not in order has been repaired.', { timeout: 60_000 });
  await main.getByRole('button', { name: 'Index everything again' }).click();
  await expect(main.getByRole('button', { name: 'Index everything again' })).toBeVisible({ timeout: 60_000 });
  await expect(report).toContainText('has been repaired');
});
