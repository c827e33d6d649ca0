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
import { EmergenceError, type ModelInfo, newId, type PresetId, type ProviderAccount, type UnreadableAccount } from '@shared/model';
import { checkedAddress, checkedKey, maskKey } from './accountInput';
import { type AccountTests, createAccountTests } from './accountTests';
import type { Catalogue } from './catalogue';
import type { Circuits } from './circuits';
import { type Connections, createConnections, keyElsewhere, storedAccount } from './connections';
import { deploymentOf } from './endpoint';
import type { Ledger } from './ledger';
import { afterEdit, apartFrom, mergedModels, pickDefaultModel, withNamed } from './models';
import type { Policies } from './policies';
import { isLoopback, presetOf } from './presets';

export interface ProviderAccounts extends AccountTests {
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

  const { refresh, test } = createAccountTests({ connections, circuits, ledger, now, stored, save, toAccount, withModels });

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
