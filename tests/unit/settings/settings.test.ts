import { createSettings } from '@main/settings/settings';
import { createChangeBus } from '@main/store/changes';
import { migrate } from '@main/store/migrate';
import { readSettingRow, writeSettingRows } from '@main/store/settings';
import { type Change, defaultSettings, settingsPatchSchema } from '@shared/model';
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

  it('starts with the defaults and keeps changes', () => {
    const changes = createChangeBus();
    const heard: Change[] = [];
    changes.subscribe((change) => heard.push(change));
    const settings = createSettings({ db, changes, log });
    expect(settings.get()).toEqual(defaultSettings);
    expect(settings.update({ appearance: { theme: 'dark' }, providers: { fallback: false } })).toEqual({
      ...defaultSettings,
      appearance: { ...defaultSettings.appearance, theme: 'dark' },
      providers: { ...defaultSettings.providers, fallback: false },
    });
    expect(createSettings({ db, changes, log }).get()).toEqual(settings.get());
    expect(heard).toEqual([{ entity: 'settings', ids: ['appearance.theme', 'providers.fallback'] }]);
  });

  it('refuses invalid values and changes nothing', () => {
    const settings = createSettings({ db, changes: createChangeBus(), log });
    expect(() => settings.update({ appearance: { theme: 'pink' as 'dark' }, providers: { fallback: false } })).toThrow(
      expect.objectContaining({ code: 'input.invalid', details: { field: 'appearance.theme' } }),
    );
    expect(settings.get()).toEqual(defaultSettings);
  });

  it('reads past broken and unknown rows', () => {
    writeSettingRows(db, [
      { key: 'appearance.theme', value: '{' },
      { key: 'appearance.language', value: '"de"' },
      { key: 'search.cache', value: 'false' },
      { key: 'from.the.future', value: '1' },
    ]);
    const settings = createSettings({ db, changes: createChangeBus(), log });
    expect(settings.get()).toEqual({ ...defaultSettings, search: { ...defaultSettings.search, cache: false } });
    settings.update({ appearance: { language: 'fr' } });
    expect(readSettingRow(db, 'from.the.future')).toBe('1');
  });

  it('changes the field that a script of version 0.1 names without its group', () => {
    const former = settingsPatchSchema.parse({
      modelTitles: false,
      fallback: false,
      modelHub: 'https://hub.example/',
      theme: 'dark',
      search: { cache: false },
    });
    const settings = createSettings({ db, changes: createChangeBus(), log });
    settings.update(former);
    expect(settings.get()).toEqual({
      ...defaultSettings,
      appearance: { ...defaultSettings.appearance, theme: 'dark' },
      providers: { ...defaultSettings.providers, fallback: false },
      conversations: { ...defaultSettings.conversations, modelTitles: false },
      search: { ...defaultSettings.search, cache: false, hub: 'https://hub.example/' },
    });
    expect(settingsPatchSchema.safeParse({ theme: 'pink' }).success).toBe(false);
    expect(settingsPatchSchema.safeParse(null).success).toBe(false);
  });
});
