import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { ask, choose, go, newChat, readyRow } from './actions';
import { expect, test } from './app';

/** Axe on every page, in both themes: no violation, and no text below AA contrast. */
const check = async (page: Page, name: string): Promise<void> => {
  // Fades are over and skeletons gone before the colours are judged.
  await page.waitForTimeout(400);
  // The newer mode opens a second page, which Electron does not have.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
  expect.soft(found, name).toEqual([]);
};

for (const theme of ['Light', 'Dark'] as const)
  test(`no page has a barrier, ${theme.toLowerCase()}`, async ({ app }) => {
    const { page } = app;
    await go(page, 'Settings');
    await choose(page.getByRole('radio', { name: theme }));
    for (const name of ['General', 'Providers', 'Agents', 'Search and embeddings', 'Data and backups', 'About']) {
      await page.getByRole('complementary', { name: 'Settings' }).getByRole('link', { name }).click();
      await check(page, `Settings, ${name}`);
    }
    await go(page, 'Library');
    await readyRow(page, /Adding documents/);
    await check(page, 'Library');
    await page.getByRole('row', { name: /Adding documents/ }).dblclick();
    await check(page, 'Document');

    await newChat(page);
    await check(page, 'Chat, empty');
    const answer = await ask(page, 'How do I add documents to the library?');
    await check(page, 'Chat, answered');
    await answer
      .getByRole('button', { name: /^Source \d+/ })
      .first()
      .click();
    await expect(page.getByRole('complementary', { name: 'Evidence panel' }).locator('mark').first()).toBeVisible();
    await check(page, 'Chat with evidence');
    await page.keyboard.press('ControlOrMeta+k');
    await expect(page.getByRole('dialog')).toBeVisible();
    await check(page, 'Command palette');
    await page.keyboard.press('Escape');

    await go(page, 'Debates');
    await check(page, 'Debates, set-up');
    await go(page, 'Metrics');
    for (const name of ['Overview', 'Performance', 'Usage and cost', 'Search and reading', 'Health']) {
      await page.getByRole('complementary', { name: 'Metrics' }).getByRole('link', { name }).click();
      await check(page, `Metrics, ${name}`);
    }
  });
