import { ask, go } from './actions';
import { expect, test } from './app';
import { expectNoBarrier } from './axe';

test('reads earlier chats on request, shows what was noted, and takes one back', async ({ app }) => {
  const { page } = app;
  await ask(page, 'I live in Lyon. I prefer short answers.');
  const chat = page.url();

  await go(page, 'Settings');
  await page.getByRole('complementary', { name: 'Settings' }).getByRole('link', { name: 'Memory' }).click();
  await page.getByRole('button', { name: 'See what there is' }).click();
  await expect(page.getByText('1 conversation, 1 message.')).toBeVisible();
  await expectNoBarrier(page, 'Settings of the memory');
  await page.getByRole('button', { name: 'Read them' }).click();

  await page.goto(chat);
  const note = page.getByRole('button', { name: /things? noted/ });
  await expect(note).toHaveText('2 things noted');
  await note.click();
  const dialog = page.getByRole('dialog', { name: 'Noted from this conversation' });
  await expect(dialog.getByRole('listitem').filter({ hasText: 'Lyon' })).toBeVisible();
  await expectNoBarrier(page, 'What was noted');
  await dialog.getByRole('listitem').filter({ hasText: 'short answers' }).getByRole('button', { name: 'Undo' }).click();
  await expect(dialog.getByRole('listitem')).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(note).toHaveText('1 thing noted');
});

test('keeps a private conversation out of learning, by its menu', async ({ app }) => {
  const { page } = app;
  await ask(page, 'I live in Lyon.');
  await page.getByRole('button', { name: 'More' }).first().click();
  await page.getByRole('menuitem', { name: 'Make it private' }).click();
  await expect(page.getByText('Private: nothing is learnt from it').first()).toBeVisible();

  await go(page, 'Settings');
  await page.getByRole('complementary', { name: 'Settings' }).getByRole('link', { name: 'Memory' }).click();
  await page.getByRole('button', { name: 'See what there is' }).click();
  await expect(page.getByText('Everything is read.')).toBeVisible();
});
