import { join } from 'node:path';
import Database from 'better-sqlite3';
import { addProvider, ask, go, newChat } from './actions';
import { expect, test } from './app';
import { expectNoBarrier } from './axe';

/** Stores a summary of the conversation up to its last message, as the program does of a long one. */
const sumUp = (dataFolder: string, text: string): void => {
  const db = new Database(join(dataFolder, 'emergence.db'));
  const last = db.prepare<[], { id: string; conversation_id: string }>('SELECT id, conversation_id FROM messages ORDER BY id DESC').get();
  db.prepare(
    `INSERT INTO conversation_summaries(id, conversation_id, up_to_message, text, origin, model, enabled, created_at)
     VALUES ('00000000-0000-7000-8000-000000000001', ?, ?, ?, 'model', 'gpt-4', 1, ?)`,
  ).run(last?.conversation_id, last?.id, text, Date.now());
  db.close();
};

test('shows the summary of a long chat, edits it, switches it off and takes it back', async ({ app, provider }) => {
  const { page } = app;
  provider.onMessage(/.*/, { content: 'The lamp burns oil.' });
  await addProvider(page, provider);
  await newChat(page);
  await ask(page, 'What does the lamp burn?');
  sumUp(app.dataFolder, 'The lamp was spoken of.');
  await page.reload();
  await page.getByRole('button', { name: 'Earlier messages are summed up' }).click();
  const dialog = page.getByRole('dialog', { name: 'Summary of the earlier messages' });
  await expect(dialog).toContainText('Written by gpt-4');
  await expectNoBarrier(page, 'Summary of a chat');
  await dialog.getByRole('textbox', { name: 'Summary' }).fill('The lamp burns oil, never gas.');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('button', { name: 'Earlier messages are summed up' }).click();
  await expect(dialog.getByRole('textbox', { name: 'Summary' })).toHaveValue('The lamp burns oil, never gas.');
  await expect(dialog).toContainText('Edited by you');
  await dialog.getByRole('switch', { name: 'Use the summary' }).click();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'The summary of earlier messages is off' }).click();
  await dialog.getByRole('button', { name: 'Take the summary back' }).click();
  await expect(page.getByRole('button', { name: /summar|summed/ })).toHaveCount(0);
});

test('keeps the choice not to sum up long chats', async ({ app }) => {
  const { page } = app;
  await go(page, 'Settings');
  // The rail has a link of this name too.
  await page.getByRole('complementary', { name: 'Settings' }).getByRole('link', { name: 'Memory' }).click();
  const choice = page.getByRole('switch', { name: 'Sum up long chats' });
  await expect(choice).toBeChecked();
  await choice.click();
  await page.reload();
  await expect(choice).not.toBeChecked();
});
