import type { ChangeBus } from '@main/store/changes';
import type { WritableDb } from '@main/store/database';
import { readJson } from '@main/store/json';
import { readSettingRows, writeSettingRows } from '@main/store/settings';
import type { Logger } from '@main/telemetry/telemetry';
import {
  defaultSettings,
  EmergenceError,
  patchedSettings,
  type Settings,
  type SettingsPatch,
  settingsPatchSchema,
  settingsSchema,
} from '@shared/model';
import type { z } from 'zod';

export interface SettingsService {
  /** The present settings; cheap, may be called often. */
  get(): Settings;
  /** Writes the fields that the patch names, group by group, and returns all settings. Throws `input.invalid`. */
  update(patch: SettingsPatch): Settings;
}

/** The rows of a patch: `group.field` and its value. */
const rowsOf = (patch: SettingsPatch): { key: string; value: unknown }[] =>
  Object.entries(patch).flatMap(([group, fields]) =>
    Object.entries(fields ?? {})
      .filter(([, value]) => value !== undefined)
      .map(([field, value]) => ({ key: `${group}.${field}`, value })),
  );

/** Settings as rows of key and JSON value. A broken row falls back to its default and is logged; an unknown one is not changed. */
export const createSettings = ({ db, changes, log }: { db: WritableDb; changes: ChangeBus; log: Logger }): SettingsService => {
  const read = (): Settings => {
    const stored = new Map(readSettingRows(db).map(({ key, value }) => [key, value]));
    const found: Record<string, Record<string, unknown>> = {};
    for (const [group, { shape }] of Object.entries(settingsSchema.shape)) {
      const fields: Record<string, unknown> = {};
      for (const [field, schema] of Object.entries<z.ZodType>(shape)) {
        const key = `${group}.${field}`;
        const text = stored.get(key);
        if (text === undefined) continue;
        const value = readJson<unknown>(schema, text, undefined, `settings ${key}`);
        if (value === undefined) log.warn({ setting: key }, 'a stored setting is broken and its default is used');
        else fields[field] = value;
      }
      found[group] = fields;
    }
    return patchedSettings(defaultSettings, found);
  };
  let current = read();
  return {
    get: () => current,
    update: (patch) => {
      const parsed = settingsPatchSchema.safeParse(patch);
      if (!parsed.success) throw new EmergenceError('input.invalid', { field: parsed.error.issues[0]?.path.join('.') ?? '' });
      const rows = rowsOf(parsed.data);
      writeSettingRows(
        db,
        rows.map(({ key, value }) => ({ key, value: JSON.stringify(value) })),
      );
      current = patchedSettings(current, parsed.data);
      changes.publish('settings', ...rows.map(({ key }) => key));
      return current;
    },
  };
};
