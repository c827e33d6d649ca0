import type { ReadableDb, WritableDb } from './database';

interface ModelPlace {
  accountId: string;
  /** The account's address when the habit was learnt. */
  address: string;
  model: string;
}

/** The fields that a model's server refuses, as JSON; null when nothing is known. */
export const readModelHabits = (db: ReadableDb, { accountId, address, model }: ModelPlace): string | null =>
  db
    .prepare<[string, string, string], string>('SELECT habits FROM model_habits WHERE account_id = ? AND model = ? AND address = ?')
    .pluck()
    .get(accountId, model, address) ?? null;

/** Replaces what is known of a model's server; nothing is kept of accounts that were deleted. */
export const writeModelHabits = (
  db: WritableDb,
  { accountId, address, model, habits, at }: ModelPlace & { habits: string; at: number },
): void => {
  db.transaction(() => {
    db.prepare('DELETE FROM model_habits WHERE account_id NOT IN (SELECT id FROM provider_accounts)').run();
    db.prepare(
      `INSERT INTO model_habits(account_id, model, address, habits, at) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET address = excluded.address, habits = excluded.habits, at = excluded.at`,
    ).run(accountId, model, address, habits, at);
  })();
};
