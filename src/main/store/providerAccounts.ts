import { errorRecordSchema, type ModelInfo, modelInfoSchema, type PresetId, presetIds } from '@shared/model';
import { z } from 'zod';
import type { ReadableDb, WritableDb } from './database';

/** A model as kept with its account. `edited`: the person's figures, which go before those of the catalogue. */
export type StoredModel = ModelInfo & { edited: boolean };

export interface StoredAccount {
  id: string;
  preset: PresetId;
  name: string;
  baseUrl: string;
  /** Name under which `Secrets` keeps the key; the key itself is never stored here. */
  secretRef: string | null;
  keyMask: string | null;
  enabled: boolean;
  detected: boolean;
  position: number;
  defaultModel: string | null;
  models: StoredModel[];
  lastTest: z.infer<typeof lastTestSchema> | null;
}

const lastTestSchema = z.object({ at: z.number(), ok: z.boolean(), ms: z.number(), error: errorRecordSchema.nullable() });
const modelsSchema = z.array(modelInfoSchema.extend({ edited: z.boolean() }));
const rowSchema = z.object({
  id: z.string(),
  preset: z.enum(presetIds),
  name: z.string(),
  base_url: z.string(),
  secret_ref: z.string().nullable(),
  key_mask: z.string().nullable(),
  enabled: z.number(),
  detected: z.number(),
  position: z.number(),
  default_model: z.string().nullable(),
  models: z.string(),
  last_test: z.string().nullable(),
});

const toAccount = (row: unknown): StoredAccount => {
  const account = rowSchema.parse(row);
  return {
    id: account.id,
    preset: account.preset,
    name: account.name,
    baseUrl: account.base_url,
    secretRef: account.secret_ref,
    keyMask: account.key_mask,
    enabled: account.enabled === 1,
    detected: account.detected === 1,
    position: account.position,
    defaultModel: account.default_model,
    models: modelsSchema.parse(JSON.parse(account.models)),
    lastTest: account.last_test === null ? null : lastTestSchema.parse(JSON.parse(account.last_test)),
  };
};

const columns = 'id, preset, name, base_url, secret_ref, key_mask, enabled, detected, position, default_model, models, last_test';

/** All accounts in the order in which they are tried. */
export const listProviderAccounts = (db: ReadableDb): StoredAccount[] =>
  db.prepare<[], unknown>(`SELECT ${columns} FROM provider_accounts ORDER BY position, id`).all().map(toAccount);

export const readProviderAccount = (db: ReadableDb, id: string): StoredAccount | null => {
  const row = db.prepare<[string], unknown>(`SELECT ${columns} FROM provider_accounts WHERE id = ?`).get(id);
  return row === undefined ? null : toAccount(row);
};

/** Inserts the account or replaces the one with its id. */
export const writeProviderAccount = (db: WritableDb, account: StoredAccount): void => {
  db.prepare(
    `INSERT INTO provider_accounts (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET preset = excluded.preset, name = excluded.name, base_url = excluded.base_url,
       secret_ref = excluded.secret_ref, key_mask = excluded.key_mask, enabled = excluded.enabled, detected = excluded.detected,
       position = excluded.position, default_model = excluded.default_model, models = excluded.models, last_test = excluded.last_test`,
  ).run(
    account.id,
    account.preset,
    account.name,
    account.baseUrl,
    account.secretRef,
    account.keyMask,
    Number(account.enabled),
    Number(account.detected),
    account.position,
    account.defaultModel,
    JSON.stringify(account.models),
    account.lastTest === null ? null : JSON.stringify(account.lastTest),
  );
};

export const deleteProviderAccount = (db: WritableDb, id: string): void => {
  db.prepare('DELETE FROM provider_accounts WHERE id = ?').run(id);
};

/** Puts the accounts named in `ids` first, in that order; the others keep theirs behind. */
export const orderProviderAccounts = (db: WritableDb, ids: string[]): void => {
  const others = listProviderAccounts(db)
    .map(({ id }) => id)
    .filter((id) => !ids.includes(id));
  const update = db.prepare('UPDATE provider_accounts SET position = ? WHERE id = ?');
  db.transaction(() => {
    for (const [position, id] of [...ids, ...others].entries()) update.run(position, id);
  })();
};
