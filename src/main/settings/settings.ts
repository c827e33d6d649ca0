import type { ChangeBus } from '@main/store/changes';
import type { WritableDb } from '@main/store/database';
import { readJson } from '@main/store/json';
import { readSettingRows, writeSettingRows } from '@main/store/settings';
import type { Logger } from '@main/telemetry/telemetry';
import { defaultSettings, EmergenceError, type Settings, settingsPatchSchema, settingsSchema } from '@shared/model';

export interface SettingsService {
  /** The present settings; cheap, may be called often. */
  get(): Settings;
  /** Writes the fields of the patch and returns all settings. Throws `input.invalid`. */
  update(patch: Partial<Settings>): Settings;
}

/** Settings as rows of key and JSON value. A broken row falls back to its default and is logged; an unknown one is not changed. */
export const createSettings = ({ db, changes, log }: { db: WritableDb; changes: ChangeBus; log: Logger }): SettingsService => {
  const read = (): Settings => {
    const found: Record<string, unknown> = {};
    for (const { key, value } of readSettingRows(db)) {
      if (!(key in settingsSchema.shape)) continue;
      const field = readJson<unknown>(settingsSchema.shape[key as keyof Settings], value, undefined, `settings ${key}`);
      if (field !== undefined) found[key] = field;
      else log.warn({ setting: key }, 'a stored setting is broken and its default is used');
    }
    return { ...defaultSettings, ...found };
  };
  let current = read();
  return {
    get: () => current,
    update: (patch) => {
      const parsed = settingsPatchSchema.safeParse(patch);
      if (!parsed.success) throw new EmergenceError('input.invalid', { field: parsed.error.issues[0]?.path.join('.') ?? '' });
      const rows = Object.entries(parsed.data).filter(([, value]) => value !== undefined);
      writeSettingRows(
        db,
        rows.map(([key, value]) => ({ key, value: JSON.stringify(value) })),
      );
      current = { ...current, ...Object.fromEntries(rows) };
      changes.publish('settings', ...rows.map(([key]) => key));
      return current;
    },
  };
};
