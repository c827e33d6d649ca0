import { join } from 'node:path';
import Database from 'better-sqlite3';

/** Makes the settings unreadable for the running program. Returns what mends the store again. */
export const damageStore = (dataFolder: string): (() => void) => {
  const db = new Database(join(dataFolder, 'emergence.db'));
  db.exec('ALTER TABLE settings RENAME TO settings_elsewhere');
  return () => {
    db.exec('ALTER TABLE settings_elsewhere RENAME TO settings');
    db.close();
  };
};
