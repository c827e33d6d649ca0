import { damagedSecret } from '@main/settings/keyFile';
import type { Secrets } from '@main/settings/secrets';
import type { ReadableDb } from '@main/store/database';
import { readProviderAccount, type StoredAccount } from '@main/store/providerAccounts';
import { EmergenceError, type ErrorDetails } from '@shared/model';
import { type CallTransport, openTransport } from './callTransport';
import { createClient } from './clients';
import { endpointOf, placeOf } from './endpoint';
import { connectionError, failureOf, keepFailure, quietCause } from './failure';
import { habitsAfter, noHabits } from './habits';
import { listModels } from './listing';
import type { ModelListing } from './modelEntries';
import type { CallLimits, Policies } from './policies';
import { isLoopback, presetOf } from './presets';
import { textMessage } from './promptMessage';
import { type EndReason, type ProtocolClient, type ReportedUsage, withNamedErrors } from './protocol';
import { estimatePromptTokens, estimateTokens } from './tokens';
import { mergedUsage } from './usage';

/** Calls to a provider account, with its key. */
export interface Connections {
  /** Opens one call: the client and the transport under it. The caller closes the transport. Throws `provider.auth`, `secrets.damaged`. */
  connect(id: string, call: { signal: AbortSignal; limits?: CallLimits }): Promise<{ client: ProtocolClient; transport: CallTransport }>;
  /**
   * The credentials for another kind of call (an embeddings endpoint); null when the account no longer exists. Throws as `connect`.
   */
  credentials(id: string): Promise<{ baseUrl: string; key: string | null } | null>;
  /** Runs a small chat with a model, ended at the first sign of an answer. Never throws for a failure of the provider. */
  trial(id: string, model: string): Promise<Trial>;
  /**
   * The account's models as its server lists them, at its address or `below` it; costs nothing. Throws typed errors, except for
   * failures of the disk.
   */
  listModels(id: string, below?: string): Promise<ModelListing>;
}

/** The outcome of a small chat, with the figures that the ledger needs. */
export interface Trial {
  ms: number;
  error: EmergenceError | null;
  firstWordMs: number | null;
  reported: ReportedUsage | null;
  /** Tokens by an estimate of the program: none where the provider failed before its first word. */
  estimate: { inputTokens: number; outputTokens: number; cachedTokens: number };
}

/** The other address for which an account's key was given; null where the key is for the present one. */
export const keyElsewhere = ({ secretRef, keyAddress, baseUrl }: StoredAccount): string | null =>
  secretRef !== null && keyAddress !== null && placeOf(keyAddress) !== placeOf(baseUrl) ? placeOf(keyAddress) : null;

/** The details without the key, which a server may have quoted. */
export const withoutKey = (details: ErrorDetails, key: string | null): ErrorDetails =>
  key === null || typeof details.said !== 'string' ? details : { ...details, said: details.said.replaceAll(key, '…') };

/** Throws `not_found`. */
export const storedAccount = (db: ReadableDb, id: string): StoredAccount => {
  const account = readProviderAccount(db, id);
  if (!account) throw new EmergenceError('not_found', { account: id });
  return account;
};

/** A client whose errors do not quote the key. */
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

/** Enough for one word, and for the beginning of thinking. */
const trialTokens = 64;
const trialMessages = [textMessage('user', 'Answer with the word OK.')];

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
  const keyOf = async (account: StoredAccount): Promise<string | null> => {
    const { secretRef, preset, name } = account;
    const elsewhere = keyElsewhere(account) !== null;
    const key = secretRef === null || elsewhere ? null : await secrets.get(secretRef);
    // The account had a key: its damaged file was put aside, or the start was cut.
    if (secretRef !== null && !elsewhere && key === null) throw damagedSecret('missing');
    if (presetOf(preset).needsKey && !key)
      throw new EmergenceError('provider.auth', { provider: name, reason: elsewhere ? 'key_elsewhere' : 'no_key' });
    return key;
  };

  const connect: Connections['connect'] = async (id, { signal, limits }) => {
    const account = storedAccount(db, id);
    const { preset, baseUrl } = account;
    const key = await keyOf(account);
    const transport = openTransport({ fetch, limits: limits ?? (isLoopback(baseUrl) ? policies.local : policies.remote), signal });
    return { client: quiet(createClient({ preset, baseUrl, key, fetch: transport.fetch }), key), transport };
  };

  return {
    connect,
    credentials: async (id) => {
      const account = readProviderAccount(db, id);
      if (account && keyElsewhere(account) !== null)
        throw new EmergenceError('provider.auth', { provider: account.name, reason: 'key_elsewhere' });
      return account && { baseUrl: account.baseUrl, key: await keyOf(account) };
    },
    trial: async (id, model) => {
      const { name: provider, preset, baseUrl } = storedAccount(db, id);
      const limitMs = isLoopback(baseUrl) ? policies.testMs.local : policies.testMs.remote;
      const signal = AbortSignal.timeout(limitMs);
      const started = performance.now();
      const elapsed = (): number => Math.round(performance.now() - started);
      let firstWordMs: number | null = null;
      let received = '';
      let reported: ReportedUsage | null = null;
      const ended = (error: EmergenceError | null, outputTokens = estimateTokens(received)): Trial => {
        const read = error === null || received !== '';
        const inputTokens = read ? estimatePromptTokens({ system: '', messages: trialMessages }) : 0;
        const estimate = { inputTokens, outputTokens, cachedTokens: 0 };
        return { ms: elapsed(), error, firstWordMs, reported, estimate };
      };
      let transport: CallTransport | null = null;
      try {
        const connection = await connect(id, { signal });
        transport = connection.transport;
        const { client } = connection;
        const { protocol } = presetOf(preset);
        const request = {
          model,
          system: '',
          messages: trialMessages,
          temperature: null,
          maxOutputTokens: trialTokens,
          contextTokens: null,
        };
        let end: EndReason | null = null;
        for (let habits = noHabits; ; ) {
          try {
            for await (const piece of client.stream({ ...request, habits })) {
              if (piece.type === 'usage') reported = mergedUsage(reported, piece.usage);
              else if (piece.type === 'end') end = piece.reason;
              else {
                received = piece.text;
                firstWordMs = elapsed();
                return ended(null);
              }
            }
            break;
          } catch (error) {
            // A field that the server refuses here is left out of chats too.
            const told = failureOf(error);
            const next = told && habitsAfter(told, { ...request, habits }, { protocol });
            if (!next) throw error;
            habits = next;
          }
        }
        // The model only thought until the small limit: that is a sign of life too.
        if (end === 'length') return ended(null, trialTokens);
        throw end === null
          ? new EmergenceError('provider.interrupted', { reason: 'early_end' }, { action: 'retry' })
          : new EmergenceError('provider.no_answer', { reason: end === 'tool' ? 'tool' : 'empty' });
      } catch (error) {
        const timeout = signal.aborted ? new EmergenceError('provider.timeout', { stage: 'test', limitMs }) : transport?.timeout;
        const known = timeout ?? (error instanceof EmergenceError ? error : connectionError(error, transport?.opened ?? false));
        return ended(
          new EmergenceError(known.code, { ...known.details, provider, model }, { action: known.action, message: known.message }),
        );
      } finally {
        transport?.close();
      }
    },
    listModels: async (id, below = '') => {
      const account = storedAccount(db, id);
      const { name: provider, preset, baseUrl } = account;
      const key = await keyOf(account);
      const signal = AbortSignal.timeout(policies.listingMs);
      const transport = openTransport({ fetch, limits: policies.listing, signal });
      try {
        return await listModels({ preset, baseUrl: below === '' ? baseUrl : endpointOf(baseUrl, below), key, fetch: transport.fetch });
      } catch (error) {
        const timeout = signal.aborted
          ? new EmergenceError('provider.timeout', { stage: 'list', limitMs: policies.listingMs })
          : transport.timeout;
        const known = timeout ?? (error instanceof EmergenceError ? error : connectionError(error, transport.opened));
        // A listing names no model, so a missing one means that the address is wrong.
        const { code, action } = known.code === 'model.missing' ? new EmergenceError('provider.address') : known;
        throw new EmergenceError(code, withoutKey({ ...known.details, provider }, key), { action, cause: quietCause(error) });
      } finally {
        transport.close();
      }
    },
  };
};
