import { createOneAtATime } from '@main/settings/oneAtATime';
import type { Secrets } from '@main/settings/secrets';
import type { ChangeBus } from '@main/store/changes';
import type { WritableDb } from '@main/store/database';
import {
  deleteProviderAccount,
  listProviderAccounts,
  orderProviderAccounts,
  readProviderAccount,
  type StoredAccount,
  unreadableProviderAccounts,
  writeProviderAccount,
} from '@main/store/providerAccounts';
import type { Logger } from '@main/telemetry/telemetry';
import { EmergenceError, type ErrorRecord, type ModelInfo, newId, type PresetId, type ProviderAccount } from '@shared/model';
import type { Catalogue } from './catalogue';
import type { Circuits } from './circuits';
import { type Connections, createConnections, storedAccount } from './connections';
import type { ModelListing } from './modelEntries';
import { afterEdit, afterListing, apartFrom, mergedModels, pickDefaultModel } from './models';
import type { Policies } from './policies';
import { isLoopback, presetOf } from './presets';
import type { ListedModel } from './protocol';

interface AccountTest {
  ok: boolean;
  ms: number;
  models: string[];
  error: ErrorRecord | null;
}

export interface ProviderAccounts {
  list(): ProviderAccount[];
  /** Stored accounts that this version cannot read; they are left alone. */
  unreadable(): number;
  /** Throws `not_found`. */
  get(id: string): ProviderAccount;
  /** The same id twice is one account. Throws `input.invalid` for an address that is missing or unusable. */
  add(input: {
    id: string;
    preset: PresetId;
    name?: string | undefined;
    baseUrl?: string | undefined;
    key?: string | undefined;
  }): Promise<ProviderAccount>;
  update(input: AccountPatch): Promise<ProviderAccount>;
  remove(id: string): Promise<void>;
  reorder(ids: string[]): void;
  /** Lists the models, which costs nothing, and keeps what was found; a failure is an answer, not an exception. */
  test(id: string): Promise<AccountTest>;
  /** A model server found on this machine: its account, new or known, with its models. */
  adopt(found: { preset: PresetId; baseUrl: string; models: ListedModel[] }): ProviderAccount;
  connect: Connections['connect'];
  credentials: Connections['credentials'];
}

interface AccountPatch {
  id: string;
  name?: string | undefined;
  baseUrl?: string | undefined;
  /** Null removes the key. */
  key?: string | null | undefined;
  enabled?: boolean | undefined;
  defaultModel?: string | null | undefined;
  models?: ModelInfo[] | undefined;
}

export interface ProviderAccountsDeps {
  db: WritableDb;
  secrets: Secrets;
  changes: ChangeBus;
  catalogue: Catalogue;
  circuits: Circuits;
  policies: Policies;
  fetch: typeof globalThis.fetch;
  log: Logger;
  now: () => number;
}

/** Dots and the last four characters; a short key shows none of itself. */
export const maskKey = (key: string): string => `••••${key.length >= 12 ? key.slice(-4) : ''}`;

const checkedAddress = (baseUrl: string): string => {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : null;
  const usable = url !== null && /^https?:$/.test(url.protocol) && !url.username && !url.password && !url.search && !url.hash;
  if (!usable) throw new EmergenceError('input.invalid', { field: 'baseUrl' });
  return baseUrl.replace(/\/+$/, '');
};

/** The providers that the person set up, and those found on this machine. Keys live in `secrets`; here are only their masks. */
export const createProviderAccounts = (deps: ProviderAccountsDeps): ProviderAccounts => {
  const { db, secrets, changes, catalogue, circuits, now } = deps;
  const connections = createConnections(deps);
  /** What is done to accounts: two at once must not lose one, nor bring back an account that is being removed. */
  const inTurn = createOneAtATime();

  const toAccount = ({ secretRef, models, unread, ...stored }: StoredAccount): ProviderAccount => {
    const { protocol } = presetOf(stored.preset);
    const merged = mergedModels({ ...stored, models }, catalogue);
    const apart = models.flatMap(({ id, kind }) => (kind ? [{ id, kind }] : []));
    return {
      ...stored,
      protocol,
      local: isLoopback(stored.baseUrl),
      models: merged,
      apart,
      unread: unread + (stored.lastTest?.skipped ?? 0),
      circuit: circuits.stateOf(stored.id),
    };
  };

  const stored = (id: string): StoredAccount => storedAccount(db, id);

  const save = (account: StoredAccount): ProviderAccount => {
    writeProviderAccount(db, account);
    changes.publish('provider', account.id);
    return toAccount(account);
  };

  /** Keeps the default model while the account has it; else takes another. One that is only now known not to chat was never chosen. */
  const withModels = (account: StoredAccount, models: StoredAccount['models']): StoredAccount => {
    const before = account.models.find(({ id }) => id === account.defaultModel);
    const now = models.find(({ id }) => id === account.defaultModel);
    const kept = now !== undefined && (now.kind === undefined || before?.kind !== undefined);
    return { ...account, models, defaultModel: kept ? account.defaultModel : pickDefaultModel(account.preset, models, catalogue) };
  };

  const today = (): string => new Date(now()).toISOString().slice(0, 10);

  const nextPosition = (): number => 1 + Math.max(-1, ...listProviderAccounts(db).map(({ position }) => position));

  /** A second account of one service is told from the first by a number, until the person names it. */
  const freeName = (name: string): string => {
    const taken = new Set(listProviderAccounts(db).map((account) => account.name));
    for (let number = 2, free = name; ; free = `${name} ${number++}`) if (!taken.has(free)) return free;
  };

  const newAccount = (facts: Pick<StoredAccount, 'id' | 'preset' | 'name' | 'baseUrl' | 'detected'>): StoredAccount => ({
    ...facts,
    secretRef: null,
    keyMask: null,
    enabled: true,
    position: nextPosition(),
    defaultModel: pickDefaultModel(facts.preset, catalogue.modelsOf(facts.preset), catalogue),
    models: [],
    unread: 0,
    lastTest: null,
  });

  /**
   * Seals the key, or removes it (null); returns the columns that change with it. While there is a key, a row names it: a crash
   * on the way leaves an account without a key, never a key without an account.
   */
  const keepKey = async (account: StoredAccount, key: string | null): Promise<Pick<StoredAccount, 'secretRef' | 'keyMask'>> => {
    const ref = account.secretRef ?? `provider:${account.id}`;
    if (key === null) {
      await secrets.remove(ref);
      return { secretRef: null, keyMask: null };
    }
    const before = readProviderAccount(db, account.id);
    if (account.secretRef === null) writeProviderAccount(db, { ...account, secretRef: ref });
    try {
      await secrets.set(ref, key);
    } catch (error) {
      if (before) writeProviderAccount(db, before);
      else deleteProviderAccount(db, account.id);
      throw error;
    }
    return { secretRef: ref, keyMask: maskKey(key) };
  };

  const test = async (id: string): Promise<AccountTest> => {
    const started = performance.now();
    let outcome: { listing: ModelListing } | { error: EmergenceError };
    try {
      outcome = { listing: await connections.listModels(id) };
    } catch (error) {
      if (!(error instanceof EmergenceError)) throw error;
      outcome = { error };
    }
    const ms = Math.round(performance.now() - started);
    const error = 'error' in outcome ? outcome.error.toRecord() : null;
    const lastTest = { at: now(), ok: error === null, ms, error };
    // Read again: the person may have changed or removed the account meanwhile.
    const account = stored(id);
    if ('error' in outcome) {
      save({ ...account, lastTest });
      return { ok: false, ms, models: [], error };
    }
    circuits.reset(id);
    const { models, skipped } = outcome.listing;
    save({ ...withModels(account, afterListing(account.models, models, today())), lastTest: { ...lastTest, skipped } });
    return { ok: true, ms, models: models.filter(({ kind }) => !kind).map((model) => model.id), error: null };
  };

  /** A server without a catalogue of its own has no models until it is asked. */
  const testInBackground = (id: string): void => {
    test(id).catch((error: unknown) => deps.log.warn({ err: error, account: id }, 'a provider could not be asked for its models'));
  };

  return {
    list: () => listProviderAccounts(db).map(toAccount),
    unreadable: () => unreadableProviderAccounts(db),
    get: (id) => toAccount(stored(id)),
    add: ({ id, preset, name, baseUrl, key }) =>
      inTurn(async () => {
        const existing = readProviderAccount(db, id);
        if (existing) return toAccount(existing);
        const known = presetOf(preset);
        const account = newAccount({
          id,
          preset,
          name: name ?? freeName(known.name),
          baseUrl: checkedAddress(baseUrl ?? known.baseUrl),
          detected: false,
        });
        const saved = save({ ...account, ...(key === undefined ? {} : await keepKey(account, key)) });
        if (saved.models.length === 0) testInBackground(id);
        return saved;
      }),
    update: ({ id, name, baseUrl, key, enabled, defaultModel, models }) =>
      inTurn(async () => {
        // Refused before anything is written: a key goes with the address it was given with, or not at all.
        const address = baseUrl === undefined ? undefined : checkedAddress(baseUrl);
        const sealed = key === undefined ? {} : await keepKey(stored(id), key);
        // Read again: a test may have ended meanwhile.
        const account = stored(id);
        const moved = address !== undefined && address !== account.baseUrl;
        if (key !== undefined || moved) circuits.reset(id);
        return save({
          ...account,
          ...sealed,
          ...(name !== undefined && { name }),
          ...(address !== undefined && { baseUrl: address }),
          ...(enabled !== undefined && { enabled }),
          ...(defaultModel !== undefined && { defaultModel }),
          ...(models !== undefined && { models: [...afterEdit(account, models, catalogue), ...apartFrom(account.models, models)] }),
          // An old verdict says nothing about a new key or address.
          ...((key !== undefined || moved) && { lastTest: null }),
        });
      }),
    remove: (id) =>
      inTurn(async () => {
        const { secretRef } = stored(id);
        if (secretRef !== null) await secrets.remove(secretRef);
        deleteProviderAccount(db, id);
        circuits.reset(id);
        changes.publish('provider', id);
      }),
    reorder: (ids) => {
      orderProviderAccounts(
        db,
        ids.map((id) => stored(id).id),
      );
      changes.publish('provider', ...ids);
    },
    test,
    adopt: ({ preset, baseUrl, models }) => {
      const address = checkedAddress(baseUrl);
      const known = listProviderAccounts(db).find((account) => account.preset === preset && account.baseUrl === address);
      const account = known ?? newAccount({ id: newId(), preset, name: freeName(presetOf(preset).name), baseUrl: address, detected: true });
      return save(withModels(account, afterListing(account.models, models, today())));
    },
    connect: connections.connect,
    credentials: connections.credentials,
  };
};
