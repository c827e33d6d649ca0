import type { StoredAccount } from '@main/store/providerAccounts';
import { EmergenceError, type ErrorCode, type ErrorRecord, type ProviderAccount } from '@shared/model';
import type { Circuits } from './circuits';
import type { Connections } from './connections';
import { endpointOf } from './endpoint';
import type { Ledger } from './ledger';
import type { ModelListing } from './modelEntries';
import { afterListing } from './models';
import { presetOf } from './presets';
import { usageOf } from './tokens';

export interface AccountTest {
  ok: boolean;
  ms: number;
  models: string[];
  error: ErrorRecord | null;
}

export interface AccountTests {
  /** Lists the models, which costs nothing, and stores the list; a failure is returned, not thrown. */
  refresh(id: string): Promise<AccountTest>;
  /**
   * Lists the models, then runs a small chat with the default model: only an answer proves that the model answers. With `chat:
   * false` the chat runs only where there is no list.
   */
  test(id: string, how?: { chat: boolean }): Promise<AccountTest>;
}

interface AccountTestsDeps {
  connections: Pick<Connections, 'listModels' | 'trial'>;
  circuits: Circuits;
  ledger: Pick<Ledger, 'record'>;
  now: () => number;
  /** The account as it is stored; throws `not_found`. */
  stored(id: string): StoredAccount;
  save(account: StoredAccount): ProviderAccount;
  toAccount(account: StoredAccount): ProviderAccount;
  /** The account with another list of models, and with a default model that is in it. */
  withModels(account: StoredAccount, models: StoredAccount['models']): StoredAccount;
}

/** Failures that show only that there is no list; chats may still work. */
const noList: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['provider.address', 'provider.protocol', 'provider.rejected']);
const versionPath = '/v1';

/** Asks a provider for its models and for an answer, and stores what it found out with the account. */
export const createAccountTests = (deps: AccountTestsDeps): AccountTests => {
  const { connections, circuits, ledger, now, stored, save, toAccount, withModels } = deps;

  const today = (): string => new Date(now()).toISOString().slice(0, 10);

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

  return { refresh, test };
};
