import type { Locator } from '@playwright/test';
import { ask, go, newChat, readyRow } from './actions';
import { expect, test } from './app';

test.skip(({ host }) => host !== 'browser', 'the same window as in the browser');

test('focuses the first item of a menu that is opened by the keys of context menus', async ({ app }) => {
  const { page } = app;
  const focused = page.locator(':focus');
  await newChat(page);
  await ask(page, 'Hello there!');
  const row = page.getByRole('navigation', { name: 'Conversations' }).getByRole('link').first();
  for (const key of ['Shift+F10', 'ContextMenu']) {
    await row.focus();
    await page.keyboard.press(key);
    await expect(page.getByRole('menu')).toBeVisible();
    await expect(focused).toHaveRole('menuitem');
    await expect(focused).toHaveText('Rename');
    await page.keyboard.press('Escape');
    await expect(row).toBeFocused();
  }

  await go(page, 'Library');
  await readyRow(page, /Adding documents/);
  const grid = page.getByRole('grid', { name: 'Documents' });
  await grid.focus();
  await page.keyboard.press('ArrowDown');
  for (const key of ['Shift+F10', 'ContextMenu']) {
    await page.keyboard.press(key);
    await expect(page.getByRole('menu')).toBeVisible();
    await expect(focused).toHaveRole('menuitem');
    await expect(focused).toHaveText(/^Open/);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('menu')).toHaveCount(0);
    await expect(grid).toBeFocused();
  }

  // The guide alone fills more than a page of this height.
  await page.setViewportSize({ width: 1280, height: 420 });
  await grid.hover();
  await page.mouse.wheel(0, 2_000);
  await expect(grid.locator('[aria-selected="true"]')).not.toBeInViewport();
  await page.keyboard.press('Shift+F10');
  await expect(page.getByRole('menuitem', { name: /^Open/ })).toBeInViewport();
  await expect(grid.locator('[aria-selected="true"]')).toBeInViewport();
});

test('focuses the first item of the menu of a button that is pressed by a key, not by a click', async ({ app }) => {
  const { page } = app;
  await newChat(page);
  await ask(page, 'Hello there!');
  const more = page
    .getByRole('navigation', { name: 'Conversations' })
    .getByRole('button', { name: /^Actions for/ })
    .first();
  const rename = page.getByRole('menuitem', { name: 'Rename' });
  await more.focus();
  await page.keyboard.press('Enter');
  await expect(rename).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('menu')).toHaveCount(0);
  await expect(more).toBeFocused();
  await more.click();
  await expect(rename).toBeVisible();
  await expect(rename).not.toBeFocused();
});

test('gives the focus back with the Escape that closes a menu, for the next key', async ({ app }) => {
  const { page } = app;
  await newChat(page);
  await ask(page, 'Hello there!');
  const list = page.getByRole('navigation', { name: 'Conversations' });
  const row = list.getByRole('link').first();
  const more = list.getByRole('button', { name: /^Actions for/ }).first();
  /** Presses Escape within the page, and returns true if an element has the focus before any later task. */
  const escapes = (focused: Locator): Promise<boolean> =>
    focused.evaluate(async (element) => {
      const menu = document.activeElement;
      menu?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true }));
      for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
      return menu !== element && document.activeElement === element;
    });
  await row.focus();
  await page.keyboard.press('Shift+F10');
  await expect(page.getByRole('menuitem', { name: 'Rename' })).toBeFocused();
  expect(await escapes(row)).toBe(true);

  await more.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: 'Rename' })).toBeFocused();
  expect(await escapes(more)).toBe(true);
  await page.keyboard.press('F2');
  const title = list.getByRole('textbox');
  await expect(title).toBeFocused();
  await title.fill('Greetings');
  await title.press('Enter');
  await expect(list.getByRole('link', { name: 'Greetings' })).toBeFocused();

  await go(page, 'Library');
  await readyRow(page, /Adding documents/);
  const grid = page.getByRole('grid', { name: 'Documents' });
  await grid.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Shift+F10');
  await expect(page.getByRole('menuitem', { name: /^Open/ })).toBeFocused();
  expect(await escapes(grid)).toBe(true);
});
