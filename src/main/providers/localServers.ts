import { readBounded } from '@main/network/boundedBody';
import type { SettingsService } from '@main/settings/settings';
import type { ChangeBus } from '@main/store/changes';
import type { WritableDb } from '@main/store/database';
import { parseJson, readJson } from '@main/store/json';
import { readSettingRow, writeSettingRows } from '@main/store/settings';
import type { Logger } from '@main/telemetry/telemetry';
import { EmergenceError, type LocalOffer, type PresetId, type ProviderAccount } from '@shared/model';
import { z } from 'zod';
import { openTransport } from './callTransport';
import { endpointOf } from './endpoint';
import { readModelList } from './modelEntries';
import type { CallLimits } from './policies';
import { presetOf } from './presets';
import type { ProviderAccounts } from './providerAccounts';

/** A server on this machine answers at once or is not running. */
const limits: CallLimits = { responseMs: 2_000, idleMs: 2_000 };
const mostBytes = 2_000_000;
const lookEveryMs = 60_000;
/** A server that was identified is not probed again before each call for this long. */
const provenForMs = 30_000;
/** Addresses whose account or offer the person declined: not offered again unless the person asks. */
const dismissedKey = 'providers.dismissed';

export interface LocalServers {
  /** Probes now, including declined addresses; returns the accounts of the servers that are running. New servers become offers. */
  detect(): Promise<ProviderAccount[]>;
  /** Servers found that the person has neither accepted nor declined. Nothing but the probe is sent to them. */
  offers(): LocalOffer[];
  /** The person accepts: the server becomes an account. Throws `not_found` for a server that is no longer offered. */
  accept(baseUrl: string): Promise<ProviderAccount>;
  decline(baseUrl: string): void;
  /** Probes at start, if the person allows it, and from time to time. Returns at once; `settled` resolves after the first probe. */
  start(): void;
  stop(): void;
  readonly settled: Promise<void>;
  /** True for the account of an automatically found server that was not running at the last probe: it is not called unasked. */
  isAbsent(accountId: string): boolean;
  /**
   * To be called before anything is sent: throws `provider.unavailable` where another server, or none, runs at the address of one
   * found.
   */
  confirm(accountId: string): Promise<void>;
  /** To be called when an account is removed. */
  dismiss(account: ProviderAccount): void;
}

export interface LocalServersDeps {
  db: WritableDb;
  accounts: ProviderAccounts;
  settings: SettingsService;
  changes: ChangeBus;
  fetch: typeof globalThis.fetch;
  log: Logger;
  /** Addresses to probe; the presets' own by default. */
  addresses?: readonly { preset: PresetId; baseUrl: string }[];
}

const defaultAddresses = (['ollama', 'lmstudio'] as const).map((preset) => ({ preset, baseUrl: presetOf(preset).baseUrl }));

const ollamaVersion = z.object({ version: z.string().regex(/^v?\d+\.\d+/) });
const ollamaTags = z.object({ models: z.array(z.object({ name: z.string(), model: z.string(), digest: z.string(), size: z.number() })) });
const lmStudioModels = z.object({
  object: z.literal('list'),
  data: z.array(z.object({ id: z.string(), object: z.literal('model'), type: z.enum(['llm', 'vlm', 'embeddings']), state: z.string() })),
});
/** LM Studio before it had an interface of its own. */
const lmStudioOlder = z.object({
  object: z.literal('list'),
  data: z.array(z.object({ id: z.string(), object: z.literal('model'), owned_by: z.literal('organization_owner') })).min(1),
});

type Read = (path: string) => Promise<unknown>;

/** The models that a server of each kind lists in answer to requests without content; null where it is another kind of server. */
const proofs: Partial<Record<PresetId, (read: Read) => Promise<string[] | null>>> = {
  ollama: async (read) => {
    if (!ollamaVersion.safeParse(await read('/api/version')).success) return null;
    return ollamaTags.safeParse(await read('/api/tags')).data?.models.map(({ name }) => name) ?? null;
  },
  lmstudio: async (read) => {
    const own = lmStudioModels.safeParse(await read('/api/v0/models'));
    const found = own.success ? own : lmStudioOlder.safeParse(await read('/v1/models'));
    return found.data?.data.map(({ id }) => id) ?? null;
  },
};

/** Any server that lists models the OpenAI way: its kind cannot be known. */
const unknownServer = async (read: Read): Promise<string[] | null> =>
  readModelList(await read('/v1/models'))?.models.map(({ id }) => id) ?? null;

/** Finds model servers running on this machine and offers them; a server that the person accepts becomes an account. */
export const createLocalServers = (deps: LocalServersDeps): LocalServers => {
  const { db, accounts, settings, changes, log } = deps;
  const addresses = deps.addresses ?? defaultAddresses;
  const absent = new Set<string>();
  const provenAt = new Map<string, number>();
  let offered: LocalOffer[] = [];
  let settled = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;

  const dismissed = (): string[] => readJson(z.array(z.string()), readSettingRow(db, dismissedKey), [], `settings ${dismissedKey}`);
  const keepDismissed = (list: string[]): void => writeSettingRows(db, [{ key: dismissedKey, value: JSON.stringify(list) }]);

  /** Reads JSON from a path of the server, with no key and no content; undefined for an answer that is not JSON. */
  const reader = (baseUrl: string) => {
    const { origin } = new URL(baseUrl);
    return async (path: string): Promise<unknown> => {
      const transport = openTransport({ fetch: deps.fetch, limits, signal: AbortSignal.timeout(2 * limits.responseMs) });
      try {
        const response = await transport.fetch(endpointOf(origin, path));
        return response.ok ? parseJson(await readBounded(response, mostBytes)) : undefined;
      } catch (error) {
        log.debug({ path, code: error instanceof EmergenceError ? error.code : 'unreachable' }, 'no model server at this address');
        return undefined;
      } finally {
        transport.close();
      }
    };
  };

  const prove = async (preset: PresetId, baseUrl: string): Promise<string[] | null> => (proofs[preset] ?? unknownServer)(reader(baseUrl));

  const isThere = async ({ id, preset, baseUrl }: ProviderAccount): Promise<boolean> => {
    const there = (await prove(preset, baseUrl)) !== null;
    if (there) provenAt.set(id, performance.now());
    else provenAt.delete(id);
    return there;
  };

  const ask = async ({ preset, baseUrl }: { preset: PresetId; baseUrl: string }): Promise<LocalOffer[]> => {
    const known = await prove(preset, baseUrl);
    if (known) return [{ preset, baseUrl, name: presetOf(preset).name, models: known.slice(0, 20), proven: true }];
    const { origin, host } = new URL(baseUrl);
    const models = await unknownServer(reader(baseUrl));
    return models ? [{ preset: 'custom', baseUrl: `${origin}/v1`, name: host, models: models.slice(0, 20), proven: false }] : [];
  };

  const sameServer = (one: string, other: string): boolean => new URL(one).host === new URL(other).host;

  const look = async (skip: readonly string[]): Promise<ProviderAccount[]> => {
    const detected = accounts.list().filter((account) => account.detected && URL.canParse(account.baseUrl));
    const taken = accounts
      .list()
      .map(({ baseUrl }) => baseUrl)
      .filter((baseUrl) => URL.canParse(baseUrl));
    const free = addresses.filter(({ baseUrl }) => ![...taken, ...skip].some((other) => sameServer(other, baseUrl)));
    const [there, found] = await Promise.all([Promise.all(detected.map(isThere)), Promise.all(free.map(ask))]);
    const before = JSON.stringify([offered, [...absent]]);
    offered = found.flat();
    absent.clear();
    for (const [index, { id }] of detected.entries()) if (!there[index]) absent.add(id);
    if (JSON.stringify([offered, [...absent]]) !== before) changes.publish('provider', ...detected.map(({ id }) => id));
    return accounts.list().filter(({ id }) => detected.some((account) => account.id === id) && !absent.has(id));
  };

  const lookAndLog = (): Promise<void> =>
    look(dismissed()).then(
      (found) => log.debug({ found: found.length, offered: offered.length }, 'looked for model servers on this machine'),
      (error: unknown) => log.warn({ err: error }, 'looking for model servers failed'),
    );

  const withdraw = (baseUrl: string): void => {
    offered = offered.filter((offer) => offer.baseUrl !== baseUrl);
    changes.publish('provider');
  };

  return {
    detect: () => {
      keepDismissed([]);
      return look([]);
    },
    offers: () => offered,
    accept: async (baseUrl) => {
      const offer = offered.find((one) => one.baseUrl === baseUrl);
      if (!offer) throw new EmergenceError('not_found', { offer: baseUrl });
      const account = accounts.adopt({ preset: offer.preset, baseUrl, ...(!offer.proven && { name: offer.name }) });
      withdraw(baseUrl);
      provenAt.set(account.id, performance.now());
      await accounts.refresh(account.id);
      return accounts.get(account.id);
    },
    decline: (baseUrl) => {
      keepDismissed([...new Set([...dismissed(), baseUrl])]);
      withdraw(baseUrl);
    },
    start: () => {
      if (!settings.get().providers.detectLocal) return;
      settled = lookAndLog();
      clearInterval(timer);
      timer = setInterval(() => settings.get().providers.detectLocal && void lookAndLog(), lookEveryMs);
      timer.unref();
    },
    stop: () => clearInterval(timer),
    get settled() {
      return settled;
    },
    isAbsent: (accountId) => absent.has(accountId),
    confirm: async (accountId) => {
      const account = accounts.get(accountId);
      if (!account.detected || performance.now() - (provenAt.get(accountId) ?? Number.NEGATIVE_INFINITY) < provenForMs) return;
      if (await isThere(account)) {
        if (absent.delete(accountId)) changes.publish('provider', accountId);
        return;
      }
      throw new EmergenceError('provider.unavailable', { reason: 'not_running' }, { action: 'choose_model' });
    },
    dismiss: ({ detected, baseUrl }) => {
      if (detected) keepDismissed([...new Set([...dismissed(), baseUrl])]);
    },
  };
};
