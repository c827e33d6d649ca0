import { join } from 'node:path';
import Database from 'better-sqlite3';
import { composer } from './actions';
import { expect, test } from './app';
import { expectNoBarrier } from './axe';

const dayMs = 86_400_000;

/** Stores an intent that is due in two days, as the program does when it learns one. */
const intend = (dataFolder: string, text: string): void => {
  const now = Date.now();
  const db = new Database(join(dataFolder, 'emergence.db'));
  const row = {
    ...{
      id: '00000000-0000-7000-8000-000000000002',
      kind: 'intent',
      text,
      normal: text,
      subject: 'me',
      subject_key: 'me',
      attribute: '',
      value: '',
    },
    ...{
      learned_at: now,
      due_at: now + 2 * dayMs,
      origin: 'person',
      confidence: 1,
      confirmed: 1,
      protected: 0,
      muted: 0,
      vitality: 1,
      vitality_at: now,
    },
    ...{ uses: 0, mentions: 1, first_mention_at: now, last_mention_at: now, revision: 1, created_at: now, updated_at: now },
  };
  const names = Object.keys(row);
  db.prepare(`INSERT INTO memory_items(${names.join(', ')}) VALUES (${names.map((name) => `@${name}`).join(', ')})`).run(row);
  db.close();
};

test('shows an intent that is due above the composer, leaves the draft alone, and ticks it off', async ({ app, host }) => {
  const { page } = app;
  await expect(composer(page)).toBeVisible();
  intend(app.dataFolder, 'Send the offer to Lindqvist');
  await composer(page).fill('Which offer is still open?');
  const hint = page.getByRole('region', { name: 'Hint from the memory' });
  await expect(hint).toContainText('Send the offer to Lindqvist');
  await expect(hint).toContainText('Due on');
  await expectNoBarrier(page, 'Hint');
  await hint.getByRole('button', { name: 'Done' }).click();
  await expect(hint).toBeHidden();
  await expect(composer(page)).toHaveValue('Which offer is still open?');
  await composer(page).fill('Which offer is still open now?');
  // A window of Electron is not reloaded by a person: they end the program.
  if (host === 'browser') await page.reload();
  else {
    await app.stop();
    await app.start();
  }
  await expect(composer(app.page)).toHaveValue('Which offer is still open now?');
  await expect(app.page.getByRole('region', { name: 'Hint from the memory' })).toBeHidden();
});
