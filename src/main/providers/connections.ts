import { damagedSecret } from '@main/settings/keyFile';
import type { Secrets } from '@main/settings/secrets';
import type { ReadableDb } from '@main/store/database';
import { readProviderAccount, type StoredAccount } from '@main/store/providerAccounts';
import { EmergenceError, type ErrorDetails } from '@shared/model';
import { createClient } from './clients';
import { connectionError, keepFailure, quietCause } from './failure';
import { listModels } from './listing';
import type { ModelListing } from './modelEntries';
import type { CallLimits, Policies } from './policies';
import { isLoopback, presetOf } from './presets';
import { type ProtocolClient, withNamedErrors } from './protocol';
import { openWire, type Wire } from './wire';

/** Calls to a provider account, with its key. */
export interface Connections {
  /** Opens one call: the client and the wire under it. The caller closes the wire. Throws `provider.auth`, `secrets.damaged`. */
  connect(id: string, call: { signal: AbortSignal; limits?: CallLimits }): Promise<{ client: ProtocolClient; wire: Wire }>;
  /** What another kind of call needs (an embeddings endpoint); null when the account is gone. Throws as `connect`. */
  credentials(id: string): Promise<{ baseUrl: string; key: string | null } | null>;
  /** The account's models as its server lists them; costs nothing. Throws typed errors only, but for what the disk does. */
  listModels(id: string): Promise<ModelListing>;
}

/** The details without the key, which a server may have quoted. */
export const withoutKey = (details: ErrorDetails, key: string | null): ErrorDetails =>
  key === null || typeof details.said !== 'string' ? details : { ...details, said: details.said.replaceAll(key, '…') };

/** Throws `not_found`. */
export const storedAccount = (db: ReadableDb, id: string): StoredAccount => {
  const account = readProviderAccount(db, id);
  if (!account) throw new EmergenceError('not_found', { account: id });
  return account;
};

/** The client, whose errors do not quote the key. */
const quiet = (client: ProtocolClient, key: string | null): ProtocolClient =>
  withNamedErrors(
    (error) =>
      error instanceof EmergenceError
        ? keepFailure(
            new EmergenceError(error.code, withoutKey(error.details, key), {
              message: error.message,
              action: error.action,
              cause: error.cause,
            }),
            error,
          )
        : error,
    client,
  );

export const createConnections = ({
  db,
  secrets,
  policies,
  fetch,
}: {
  db: ReadableDb;
  secrets: Secrets;
  policies: Policies;
  fetch: typeof globalThis.fetch;
}): Connections => {
  const keyOf = async ({ secretRef, preset, name }: StoredAccount): Promise<string | null> => {
    const key = secretRef === null ? null : await secrets.get(secretRef);
    // A key was there once: a damaged file was put aside, or the start was cut.
    if (secretRef !== null && key === null) throw damagedSecret('missing');
    if (presetOf(preset).needsKey && !key) throw new EmergenceError('provider.auth', { provider: name, reason: 'no_key' });
    return key;
  };

  const connect: Connections['connect'] = async (id, { signal, limits }) => {
    const account = storedAccount(db, id);
    const { preset, baseUrl } = account;
    const key = await keyOf(account);
    const wire = openWire({ fetch, limits: limits ?? (isLoopback(baseUrl) ? policies.local : policies.remote), signal });
    return { client: quiet(createClient({ preset, baseUrl, key, fetch: wire.fetch }), key), wire };
  };

  return {
    connect,
    credentials: async (id) => {
      const account = readProviderAccount(db, id);
      return account && { baseUrl: account.baseUrl, key: await keyOf(account) };
    },
    listModels: async (id) => {
      const account = storedAccount(db, id);
      const { name: provider, preset, baseUrl } = account;
      const key = await keyOf(account);
      const signal = AbortSignal.timeout(policies.listingMs);
      const wire = openWire({ fetch, limits: policies.listing, signal });
      try {
        return await listModels({ preset, baseUrl, key, fetch: wire.fetch });
      } catch (error) {
        const timeout = signal.aborted
          ? new EmergenceError('provider.timeout', { stage: 'list', limitMs: policies.listingMs })
          : wire.timeout;
        const known = timeout ?? (error instanceof EmergenceError ? error : connectionError(error, wire.opened));
        // There is no model in a listing: what is missing is the address.
        const { code, action } = known.code === 'model.missing' ? new EmergenceError('provider.address') : known;
        throw new EmergenceError(code, withoutKey({ ...known.details, provider }, key), { action, cause: quietCause(error) });
      } finally {
        wire.close();
      }
    },
  };
};
