import { createSettings } from '@main/settings/settings';
import { createChangeBus } from '@main/store/changes';
import { migrate } from '@main/store/migrate';
import { readSettingRow, writeSettingRows } from '@main/store/settings';
import { type Change, defaultSettings } from '@shared/model';
import Database from 'better-sqlite3';
import { pino } from 'pino';
import { beforeEach, describe, expect, it } from 'vitest';

describe('settings', () => {
  let db: Database.Database;
  const log = pino({ level: 'silent' });
  beforeEach(() => {
    db = new Database(':memory:');
    migrate(db);
  });

  it('starts with the defaults and keeps what was changed', () => {
    const changes = createChangeBus();
    const heard: Change[] = [];
    changes.subscribe((change) => heard.push(change));
    const settings = createSettings({ db, changes, log });
    expect(settings.get()).toEqual(defaultSettings);
    expect(settings.update({ theme: 'dark', fallback: false })).toEqual({ ...defaultSettings, theme: 'dark', fallback: false });
    expect(createSettings({ db, changes, log }).get()).toEqual(settings.get());
    expect(heard).toEqual([{ entity: 'settings', ids: ['theme', 'fallback'] }]);
  });

  it('refuses what is not valid and changes nothing', () => {
    const settings = createSettings({ db, changes: createChangeBus(), log });
    expect(() => settings.update({ theme: 'pink' as 'dark', fallback: false })).toThrow(
      expect.objectContaining({ code: 'input.invalid', details: { field: 'theme' } }),
    );
    expect(settings.get()).toEqual(defaultSettings);
  });

  it('reads past broken and unknown rows', () => {
    writeSettingRows(db, [
      { key: 'theme', value: '{' },
      { key: 'language', value: '"de"' },
      { key: 'searchCache', value: 'false' },
      { key: 'from.the.future', value: '1' },
    ]);
    const settings = createSettings({ db, changes: createChangeBus(), log });
    expect(settings.get()).toEqual({ ...defaultSettings, searchCache: false });
    settings.update({ language: 'fr' });
    expect(readSettingRow(db, 'from.the.future')).toBe('1');
  });
});
