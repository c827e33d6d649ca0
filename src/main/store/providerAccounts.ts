import {
  apartModelSchema,
  idSchema,
  type ModelInfo,
  modelInfoSchema,
  type PresetId,
  type ProviderAccount,
  presetIds,
  providerAccountSchema,
  type UnreadableAccount,
} from '@shared/model';
import { z } from 'zod';
import type { ReadableDb, WritableDb } from './database';
import { parseJson, readFields } from './json';

/** A model as stored with its account. */
export type StoredModel = ModelInfo & {
  /** The figures are the person's and go before those of the catalogue and of the provider's list. */
  edited: boolean;
  /** The person named the model: it stays whether the provider lists it or not. */
  added?: true | undefined;
  kind?: z.infer<typeof apartModelSchema>['kind'] | undefined;
};

export interface StoredAccount {
  id: string;
  preset: PresetId;
  name: string;
  baseUrl: string;
  /** Name under which `Secrets` keeps the key; the key itself is never stored here. */
  secretRef: string | null;
  keyMask: string | null;
  /** The base address that the key was given for. */
  keyAddress: string | null;
  enabled: boolean;
  detected: boolean;
  position: number;
  defaultModel: string | null;
  models: StoredModel[];
  /** How many stored entries of `models` cannot be read; the next list of models removes them. */
  unread: number;
  lastTest: ProviderAccount['lastTest'];
}

const rowSchema = z.object({
  id: idSchema,
  preset: z.enum(presetIds),
  name: z.string(),
  base_url: z.string(),
  secret_ref: z.string().nullable(),
  key_mask: z.string().nullable(),
  key_address: z.string().nullable(),
  enabled: z.number(),
  detected: z.number(),
  position: z.number().int(),
  default_model: z.string().nullable(),
  models: z.string(),
  last_test: z.string().nullable(),
});

const price = z.number().nonnegative().max(100_000).nullable().catch(null);
/**
 * Earlier versions stored a server's list as it came: a field that is no figure counts as unknown, a model without a name is left
 * out.
 */
const modelSchema = z
  .object({
    id: z.string().min(1),
    name: z.string().min(1).nullish().catch(null),
    contextTokens: z.number().min(1).max(100_000_000).transform(Math.floor).nullable().catch(null),
    priceInput: price,
    priceOutput: price,
    priceCached: price,
    pricedAt: z.string().nullable().catch(null),
    kind: apartModelSchema.shape.kind.optional().catch(undefined),
    remote: modelInfoSchema.shape.remote.catch(undefined),
    edited: z.boolean().catch(false),
    added: z.literal(true).optional().catch(undefined),
  })
  .transform(({ name, ...model }): StoredModel => ({ ...model, name: name ?? model.id }));

const readModels = (text: string): { models: StoredModel[]; unread: number } => {
  const list = parseJson(text);
  if (!Array.isArray(list)) return { models: [], unread: 1 };
  const entries = list.map((entry) => modelSchema.safeParse(entry).data);
  const models = new Map(entries.flatMap((model) => (model ? [[model.id, model]] : [])));
  return { models: [...models.values()], unread: entries.filter((model) => model === undefined).length };
};

const lastTestSchema = providerAccountSchema.shape.lastTest.unwrap();

/** Null for a row that is no account known to this version: the row is not changed, and the others are still read. */
const toAccount = (row: unknown): StoredAccount | null => {
  const known = rowSchema.safeParse(row);
  if (!known.success) return null;
  const account = known.data;
  return {
    id: account.id,
    preset: account.preset,
    name: account.name,
    baseUrl: account.base_url,
    secretRef: account.secret_ref,
    keyMask: account.key_mask,
    keyAddress: account.key_address,
    enabled: account.enabled === 1,
    detected: account.detected === 1,
    position: account.position,
    defaultModel: account.default_model,
    ...readModels(account.models),
    lastTest: readFields(lastTestSchema, account.last_test, { ms: 0, error: null }, `provider_accounts ${account.id}`),
  };
};

const columns =
  'id, preset, name, base_url, secret_ref, key_mask, key_address, enabled, detected, position, default_model, models, last_test';

const allRows = (db: ReadableDb): unknown[] =>
  db.prepare<[], unknown>(`SELECT ${columns} FROM provider_accounts ORDER BY position, id`).all();

/** All accounts in the order in which they are tried. */
export const listProviderAccounts = (db: ReadableDb): StoredAccount[] => allRows(db).flatMap((row) => toAccount(row) ?? []);

const unreadSchema = z.object({
  id: z.string(),
  name: z.string().nullable().catch(null),
  base_url: z.string().nullable().catch(null),
  secret_ref: z.string().nullable().catch(null),
});

/** Rows that cannot be read, with the fields that can: they are kept until the person removes them, and count as no account. */
export const listUnreadableAccounts = (db: ReadableDb): (UnreadableAccount & { secretRef: string | null })[] =>
  allRows(db).flatMap((row) => {
    const known = toAccount(row) === null ? unreadSchema.safeParse(row).data : undefined;
    return known ? [{ id: known.id, name: known.name, baseUrl: known.base_url, secretRef: known.secret_ref }] : [];
  });

export const readProviderAccount = (db: ReadableDb, id: string): StoredAccount | null => {
  const row = db.prepare<[string], unknown>(`SELECT ${columns} FROM provider_accounts WHERE id = ?`).get(id);
  return row === undefined ? null : toAccount(row);
};

/** Inserts the account or replaces the one with its id. */
export const writeProviderAccount = (db: WritableDb, account: StoredAccount): void => {
  db.prepare(
    `INSERT INTO provider_accounts (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET preset = excluded.preset, name = excluded.name, base_url = excluded.base_url,
       secret_ref = excluded.secret_ref, key_mask = excluded.key_mask, key_address = excluded.key_address, enabled = excluded.enabled, detected = excluded.detected,
       position = excluded.position, default_model = excluded.default_model, models = excluded.models, last_test = excluded.last_test`,
  ).run(
    account.id,
    account.preset,
    account.name,
    account.baseUrl,
    account.secretRef,
    account.keyMask,
    account.keyAddress,
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

/** Puts the accounts of `ids` first, in that order; the others follow in their own order. */
export const orderProviderAccounts = (db: WritableDb, ids: string[]): void => {
  const others = listProviderAccounts(db)
    .map(({ id }) => id)
    .filter((id) => !ids.includes(id));
  const update = db.prepare('UPDATE provider_accounts SET position = ? WHERE id = ?');
  db.transaction(() => {
    for (const [position, id] of [...ids, ...others].entries()) update.run(position, id);
  })();
};
