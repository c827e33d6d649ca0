import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { Page } from '@playwright/test';
import { go, readyRow } from './actions';
import { expect, test } from './app';
import { expectNoBarrier } from './axe';
import { expectNoOverflow } from './overflow';

test.skip(({ host }) => host !== 'browser', 'a path is typed on the headless host only');

let root = '';
test.beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'emergence-watched-'));
});
test.afterEach(() => rmSync(root, { recursive: true, force: true }));

let minute = 0;
const put = (path: string, content: string): void => {
  const full = join(root, path);
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, content);
  minute += 1;
  const at = new Date(Date.UTC(2026, 0, 1, 0, minute));
  utimesSync(full, at, at);
};

const watch = async (page: Page, path: string): Promise<void> => {
  await go(page, 'Library');
  await page.getByRole('button', { name: 'Add documents' }).click();
  await page.getByRole('menuitem', { name: 'Watch a folder…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Watch a folder of this computer' });
  await dialog.getByRole('textbox', { name: 'Path of the folder' }).fill(path);
  await dialog.getByRole('button', { name: 'Watch', exact: true }).click();
};

test('a folder is watched, versions of a file are compared, and a gone one is restored', async ({ app }) => {
  const { page } = app;
  put('lease.md', '# The lease of the mill\n\nThe rent of the mill is ninety crowns.');
  put('old/boat.md', '# The boat of Yvonne\n\nThe boat is blue and leaks.');
  symlinkSync(join(root, 'lease.md'), join(root, 'shortcut.md'));
  await watch(page, join(root, 'nothing-here'));
  await expect(page.getByRole('dialog')).toContainText('no longer there');
  await page.keyboard.press('Escape');
  await watch(page, root);

  const main = page.getByRole('main');
  await expect(main.getByRole('heading', { level: 1, name: basename(root) })).toBeVisible();
  await expect(main).toContainText('In step');
  await expect(main.getByRole('region', { name: 'Not in the library' })).toContainText('shortcut.md');
  await expectNoBarrier(page, 'watched folder');
  await expectNoOverflow(page, 'watched folder');

  await main.getByRole('link', { name: basename(root) }).click();
  await (await readyRow(page, 'The lease of the mill')).dblclick();
  await expect(page.getByRole('main')).toContainText('ninety crowns');
  await expect(page.getByRole('link', { name: `${basename(root)}/lease.md` })).toBeVisible();

  put('lease.md', '# The lease of the mill\n\nThe rent of the mill is a hundred crowns.');
  await expect(page.getByRole('main')).toContainText('a hundred crowns');
  await expect(page.getByRole('button', { name: /Version 2/ })).toBeVisible();

  await page.getByRole('button', { name: /Version 1/ }).click();
  await page.getByRole('button', { name: 'Compare with the current one' }).click();
  const compared = page.getByRole('region', { name: 'Comparison of two versions' });
  await expect(compared.locator('del')).toHaveText(['ninety']);
  await expect(compared.locator('ins')).toHaveText(['a hundred']);
  await expectNoBarrier(page, 'comparison of versions');
  await expectNoOverflow(page, 'comparison of versions');
  await page.getByRole('button', { name: 'Restore this version' }).click();
  await expect(page.getByRole('button', { name: /Version 3/ })).toContainText('current');
  await expect(page.getByRole('main')).toContainText('ninety crowns');

  await page.getByRole('link', { name: `${basename(root)}/lease.md` }).click();
  rmSync(join(root, 'old'), { recursive: true });
  const gone = page.getByRole('region', { name: 'Gone from the folder' });
  await expect(gone).toContainText('old/boat.md');
  await gone.getByRole('button', { name: 'Restore' }).click();
  await expect(gone).toBeHidden();

  renameSync(root, `${root}-away`);
  await page.getByRole('button', { name: 'Look now' }).click();
  await expect(page.getByRole('main')).toContainText('Not reachable');
  renameSync(`${root}-away`, root);
  await page.getByRole('button', { name: 'Look now' }).click();
  await expect(page.getByRole('main')).toContainText('In step');

  await page.getByRole('button', { name: 'Stop watching…' }).click();
  await page.getByRole('button', { name: 'Keep the documents' }).click();
  await expect(await readyRow(page, 'The lease of the mill')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Watched folders' })).toBeHidden();
});

test('a note of a vault shows its tags, and its link opens the linked note', async ({ app }) => {
  const { page } = app;
  put('.obsidian/app.json', '{}');
  put('Mill.md', '---\ntags: [rent]\naliases: Moulin\n---\n# The mill\n\nOwned by [[Yvonne]], not by [[Nobody]].');
  put('people/Yvonne.md', '# Yvonne of Kerguen\n\nShe owns [[Mill]].');
  await watch(page, root);
  await page
    .getByRole('main')
    .getByRole('link', { name: basename(root) })
    .click();
  await readyRow(page, 'Yvonne of Kerguen');
  await (await readyRow(page, 'The mill')).dblclick();
  const facts = page.getByRole('complementary', { name: 'About this document' });
  await expect(facts.getByRole('list', { name: 'Tags' })).toHaveText('rent');
  await expect(facts).toContainText('Moulin');
  await expect(facts.getByRole('link', { name: 'Nobody' })).toHaveCount(0);
  await expectNoBarrier(page, 'a note');
  await facts.getByRole('link', { name: 'Yvonne' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Yvonne of Kerguen');
});
