import { defaultSettings, settingsSchema } from '@shared/model';
import type { ReadableDb, WritableDb } from './database';
import { readJson } from './json';

/** All settings rows: JSON text by key. */
export const readSettingRows = (db: ReadableDb): { key: string; value: string }[] =>
  db.prepare<[], { key: string; value: string }>('SELECT key, value FROM settings').all();

export const readSettingRow = (db: ReadableDb, key: string): string | null =>
  db.prepare<[string], { value: string }>('SELECT value FROM settings WHERE key = ?').get(key)?.value ?? null;

/** Read from its row, since the store makes backups and is open before the settings are. */
export const backupsKeepOriginals = (db: ReadableDb): boolean =>
  readJson(
    settingsSchema.shape.backups.shape.originals,
    readSettingRow(db, 'backups.originals'),
    defaultSettings.backups.originals,
    'settings backups.originals',
  );

/** Writes several rows at once; values are JSON text. */
export const writeSettingRows = (db: WritableDb, rows: { key: string; value: string }[]): void => {
  const write = db.prepare('INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value');
  db.transaction(() => {
    for (const { key, value } of rows) write.run(key, value);
  })();
};
