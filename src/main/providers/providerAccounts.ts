import { createOneAtATime } from '@main/settings/oneAtATime';
import type { Secrets } from '@main/settings/secrets';
import type { ChangeBus } from '@main/store/changes';
import type { WritableDb } from '@main/store/database';
import {
  deleteProviderAccount,
  listProviderAccounts,
  listUnreadableAccounts,
  orderProviderAccounts,
  readProviderAccount,
  type StoredAccount,
  type StoredModel,
  writeProviderAccount,
} from '@main/store/providerAccounts';
import type { Logger } from '@main/telemetry/telemetry';
import {
  EmergenceError,
  type ErrorCode,
  type ErrorRecord,
  type ModelInfo,
  newId,
  type PresetId,
  type ProviderAccount,
  readAddress,
  type UnreadableAccount,
} from '@shared/model';
import type { Catalogue } from './catalogue';
import type { Circuits } from './circuits';
import { type Connections, createConnections, keyElsewhere, storedAccount } from './connections';
import { deploymentOf, endpointOf } from './endpoint';
import type { Ledger } from './ledger';
import type { ModelListing } from './modelEntries';
import { afterEdit, afterListing, apartFrom, mergedModels, pickDefaultModel, withNamed } from './models';
import type { Policies } from './policies';
import { isLoopback, presetOf, presets } from './presets';
import { usageOf } from './tokens';

interface AccountTest {
  ok: boolean;
  ms: number;
  models: string[];
  error: ErrorRecord | null;
}

export interface ProviderAccounts {
  list(): ProviderAccount[];
  /** Stored accounts that this version cannot read; they are kept unchanged until they are removed. */
  unreadable(): UnreadableAccount[];
  /** Removes one of them and the key that only it names. Throws `not_found` for any other account. */
  removeUnreadable(id: string): Promise<void>;
  /** Throws `not_found`. */
  get(id: string): ProviderAccount;
  /** Adds an account; an id that exists changes nothing. Throws `input.invalid` for an address that is missing or unusable. */
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
  /** Lists the models, which costs nothing, and stores the list; a failure is returned, not thrown. */
  refresh(id: string): Promise<AccountTest>;
  /**
   * Lists the models, then runs a small chat with the default model: only an answer proves that the model answers. With `chat:
   * false` the chat runs only where there is no list.
   */
  test(id: string, how?: { chat: boolean }): Promise<AccountTest>;
  /** The account of a model server found on this machine, new or known. `refresh` then lists its models. */
  adopt(found: { preset: PresetId; baseUrl: string; name?: string }): ProviderAccount;
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
  ledger: Pick<Ledger, 'record'>;
  log: Logger;
  now: () => number;
}

/** Failures that show only that there is no list; chats may still work. */
const noList: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['provider.address', 'provider.protocol', 'provider.rejected']);
const versionPath = '/v1';

/** Dots and the last four characters of a key; a short key shows none. */
export const maskKey = (key: string): string => `••••${key.length >= 12 ? key.slice(-4) : ''}`;

/** The checked base address, completed where it is that of a known service. Throws `input.invalid`. */
const checkedAddress = (text: string, preset: PresetId): string => {
  const read = readAddress(text, preset);
  if ('refused' in read) throw new EmergenceError('input.invalid', { field: 'baseUrl', reason: read.refused });
  return presets.find(({ baseUrl }) => baseUrl !== '' && new URL(baseUrl).origin === read.address)?.baseUrl ?? read.address;
};

/** The key without characters that are often copied along with it. Throws `input.invalid` for one that no header can carry. */
const checkedKey = (text: string): string => {
  const key = text.replace(/^(bearer\s+|[\s"'`\u200b\u2060\ufeff])+|[\s"'`\u200b\u2060\ufeff]+$/gi, '');
  if (!/^[\x21-\x7e]+$/.test(key)) throw new EmergenceError('input.invalid', { field: 'key', reason: 'characters' });
  return key;
};

const keyName = (accountId: string): string => `provider:${accountId}`;

/** The providers that the person set up, and those found on this machine. Keys are in `secrets`; this holds only their masks. */
export const createProviderAccounts = (deps: ProviderAccountsDeps): ProviderAccounts => {
  const { db, secrets, changes, catalogue, circuits, ledger, now } = deps;
  const connections = createConnections(deps);
  /** Changes of accounts run one at a time: two at once must not lose one, nor bring back an account that is being removed. */
  const inTurn = createOneAtATime();

  const toAccount = (account: StoredAccount): ProviderAccount => {
    const { secretRef, keyAddress, models, unread, ...stored } = account;
    const keyFor = keyElsewhere(account);
    const { protocol } = presetOf(stored.preset);
    const merged = mergedModels({ ...stored, models }, catalogue);
    const apart = models.flatMap(({ id, kind }) => (kind ? [{ id, kind }] : []));
    return {
      ...stored,
      keyMask: keyFor === null ? stored.keyMask : null,
      keyFor,
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

  /**
   * Keeps the default model while the account has it or the address names it; else takes another. A default that turns out not to
   * chat was never chosen, so it is replaced.
   */
  const withModels = (account: StoredAccount, models: StoredAccount['models']): StoredAccount => {
    const { defaultModel: chosen } = account;
    const before = account.models.find(({ id }) => id === chosen);
    const now = models.find(({ id }) => id === chosen);
    const kept =
      now === undefined
        ? chosen !== null && chosen === deploymentOf(account.baseUrl)
        : now.kind === undefined || before?.kind !== undefined;
    return { ...account, models, defaultModel: kept ? chosen : pickDefaultModel(account.preset, models, catalogue) };
  };

  /** The models after the person's changes; a default that no list has counts as named by the person. */
  const afterChanges = (account: StoredAccount, { models, defaultModel }: Pick<AccountPatch, 'models' | 'defaultModel'>): StoredModel[] => {
    const edited = models ? [...afterEdit(account, models, catalogue), ...apartFrom(account.models, models)] : account.models;
    return defaultModel ? withNamed({ ...account, models: edited }, defaultModel, catalogue) : edited;
  };

  const today = (): string => new Date(now()).toISOString().slice(0, 10);

  const nextPosition = (): number => 1 + Math.max(-1, ...listProviderAccounts(db).map(({ position }) => position));

  /** A second account of one service gets a number, until the person names it. */
  const freeName = (name: string): string => {
    const taken = new Set(listProviderAccounts(db).map((account) => account.name));
    for (let number = 2, free = name; ; free = `${name} ${number++}`) if (!taken.has(free)) return free;
  };

  const newAccount = (facts: Pick<StoredAccount, 'id' | 'preset' | 'name' | 'baseUrl' | 'detected'>): StoredAccount => ({
    ...facts,
    secretRef: null,
    keyMask: null,
    keyAddress: null,
    enabled: true,
    position: nextPosition(),
    defaultModel: deploymentOf(facts.baseUrl) ?? pickDefaultModel(facts.preset, catalogue.modelsOf(facts.preset), catalogue),
    models: [],
    unread: 0,
    lastTest: null,
  });

  /**
   * Seals the key, or removes it (null); returns the columns that change with it. A row names every key that exists: a crash on the
   * way leaves an account without a key, never a key without an account.
   */
  const keepKey = async (
    account: StoredAccount,
    key: string | null,
  ): Promise<Pick<StoredAccount, 'secretRef' | 'keyMask' | 'keyAddress'>> => {
    const ref = account.secretRef ?? keyName(account.id);
    if (key === null) {
      await secrets.remove(ref);
      return { secretRef: null, keyMask: null, keyAddress: null };
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
    return { secretRef: ref, keyMask: maskKey(key), keyAddress: account.baseUrl };
  };

  /** The models at the account's address; if that has none, those at the path below it where most servers have them. */
  const listed = async (id: string): Promise<{ listing: ModelListing; from: string; below: string }> => {
    const { preset, baseUrl } = stored(id);
    try {
      return { listing: await connections.listModels(id), from: baseUrl, below: '' };
    } catch (error) {
      const bare = new URL(baseUrl).pathname === '/' && presetOf(preset).protocol.startsWith('openai') && preset !== 'ollama';
      if (!bare || !(error instanceof EmergenceError) || !noList.has(error.code)) throw error;
      const listing = await connections.listModels(id, versionPath).catch(() => null);
      if (listing === null) throw error;
      return { listing, from: baseUrl, below: versionPath };
    }
  };

  /** The account with the findings of a test. Its key stays with the completed address, which belongs to the same service. */
  const saveTest = (id: string, change: (account: StoredAccount) => Partial<StoredAccount>): ProviderAccount => {
    const account = stored(id);
    return save({ ...account, ...change(account) });
  };

  const refresh = async (id: string): Promise<AccountTest> => {
    const started = performance.now();
    const outcome = await listed(id).catch((error: unknown) => {
      if (!(error instanceof EmergenceError)) throw error;
      return { error };
    });
    const ms = Math.round(performance.now() - started);
    const error = 'error' in outcome ? outcome.error.toRecord() : null;
    const lastTest = { at: now(), ok: error === null, ms, error };
    if ('error' in outcome) {
      saveTest(id, () => ({ lastTest }));
      return { ok: false, ms, models: [], error };
    }
    const { listing, from, below } = outcome;
    const { models, skipped } = listing;
    circuits.reset(id);
    saveTest(id, (account) => ({
      ...withModels(account, afterListing(account.models, models, today())),
      ...(below !== '' &&
        account.baseUrl === from && {
          baseUrl: endpointOf(from, below),
          ...(account.keyAddress === from && { keyAddress: endpointOf(from, below) }),
        }),
      lastTest: { ...lastTest, skipped },
    }));
    return { ok: true, ms, models: models.filter(({ kind }) => !kind).map((model) => model.id), error: null };
  };

  /** Runs a small chat with a model and writes it into the ledger like every other call, since it costs money too. */
  const tryChat = async (id: string, model: string): Promise<{ ms: number; error: ErrorRecord | null }> => {
    const { name: provider, models } = toAccount(stored(id));
    const at = now();
    const { ms, error, firstWordMs, reported, estimate } = await connections.trial(id, model);
    const prices = models.find((known) => known.id === model) ?? null;
    ledger.record(
      { purpose: 'test', turnId: null, conversationId: null, agentId: null },
      {
        candidate: { provider, model },
        promptVersionId: null,
        attempt: 1,
        at,
        usage: usageOf({ reported, complete: error === null, estimate, prices }),
        firstWordMs,
        ms,
        error,
      },
    );
    return { ms, error: error?.toRecord() ?? null };
  };

  const test = async (id: string, { chat: withChat } = { chat: true }): Promise<AccountTest> => {
    const list = await refresh(id);
    if (!list.error && !withChat) return list;
    // A service without a list may still answer; one that refuses the key, for example, will not.
    if (list.error && !noList.has(list.error.code)) return list;
    const { defaultModel, models, lastTest } = toAccount(stored(id));
    const model = defaultModel ?? models[0]?.id;
    const chat = model === undefined ? null : await tryChat(id, model);
    const failed = chat === null ? list.error && { ...list.error, details: { ...list.error.details, noList: true } } : chat.error;
    const result: AccountTest = { ...list, ok: failed === null, ms: chat?.ms ?? list.ms, error: failed };
    if (result.ok) circuits.reset(id);
    saveTest(id, () => ({
      lastTest: {
        at: now(),
        ok: result.ok,
        ms: result.ms,
        error: failed,
        ...(lastTest?.skipped !== undefined && { skipped: lastTest.skipped }),
      },
    }));
    return result;
  };

  /** A server without a catalogue entry has no models until it lists them. */
  const listInBackground = (id: string): void => {
    refresh(id).catch((error: unknown) => deps.log.warn({ err: error, account: id }, 'a provider could not be asked for its models'));
  };

  return {
    list: () => listProviderAccounts(db).map(toAccount),
    unreadable: () => listUnreadableAccounts(db),
    removeUnreadable: (id) =>
      inTurn(async () => {
        const account = listUnreadableAccounts(db).find((each) => each.id === id);
        if (!account) throw new EmergenceError('not_found', { account: id });
        // A damaged row may name the key of another account, or no longer its own.
        const others = new Set(listProviderAccounts(db).map(({ secretRef }) => secretRef));
        for (const ref of [account.secretRef, keyName(id)]) if (ref !== null && !others.has(ref)) await secrets.remove(ref);
        deleteProviderAccount(db, id);
        changes.publish('provider', id);
      }),
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
          baseUrl: checkedAddress(baseUrl ?? known.baseUrl, preset),
          detected: false,
        });
        const given = key === undefined ? undefined : checkedKey(key);
        const saved = save({ ...account, ...(given === undefined ? {} : await keepKey(account, given)) });
        if (saved.models.length === 0) listInBackground(id);
        return saved;
      }),
    update: ({ id, name, baseUrl, key, enabled, defaultModel, models }) =>
      inTurn(async () => {
        // Refused before anything is written: a key is only sent to the address with which it was given.
        const before = stored(id);
        const address = baseUrl === undefined ? undefined : checkedAddress(baseUrl, before.preset);
        const given = typeof key === 'string' ? checkedKey(key) : key;
        const sealed = given === undefined ? {} : await keepKey({ ...before, baseUrl: address ?? before.baseUrl }, given);
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
          models: afterChanges(account, { models, defaultModel }),
          // An earlier test does not apply to a new key or address.
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
    refresh,
    reorder: (ids) => {
      orderProviderAccounts(
        db,
        ids.map((id) => stored(id).id),
      );
      changes.publish('provider', ...ids);
    },
    test,
    adopt: ({ preset, baseUrl, name }) => {
      const address = checkedAddress(baseUrl, preset);
      const known = listProviderAccounts(db).find((account) => account.preset === preset && account.baseUrl === address);
      return save(
        known ?? newAccount({ id: newId(), preset, name: freeName(name ?? presetOf(preset).name), baseUrl: address, detected: true }),
      );
    },
    connect: connections.connect,
    credentials: connections.credentials,
  };
};
