import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { App } from './app';

const dayMs = 86_400_000;

/** Lets days pass while the program is closed: all that was said and learnt so far becomes so much older. */
export const letDaysPass = async (app: App, days: number): Promise<void> => {
  await app.stop();
  const by = days * dayMs;
  const db = new Database(join(app.dataFolder, 'emergence.db'));
  db.transaction(() => {
    db.prepare('UPDATE messages SET at = at - ?').run(by);
    db.prepare('UPDATE conversations SET created_at = created_at - ?, updated_at = updated_at - ?').run(by, by);
    db.prepare('UPDATE memory_sources SET at = at - ?').run(by);
    db.prepare('UPDATE memory_hints SET last_at = last_at - ?').run(by);
    db.prepare(
      `UPDATE memory_items SET learned_at = learned_at - @by, vitality_at = vitality_at - @by, created_at = created_at - @by,
         updated_at = updated_at - @by, last_used_at = last_used_at - @by, first_mention_at = first_mention_at - @by,
         last_mention_at = last_mention_at - @by, valid_from = valid_from - @by`,
    ).run({ by });
  })();
  db.close();
  await app.start();
};
