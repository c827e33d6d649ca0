import type { SettingsService } from '@main/settings/settings';
import type { WritableDb } from '@main/store/database';
import { readSettingRow, writeSettingRows } from '@main/store/settings';
import type { Logger } from '@main/telemetry/telemetry';
import { EmergenceError, type PresetId, type ProviderAccount } from '@shared/model';
import { connectionError } from './failure';
import { listModels } from './listing';
import type { CallLimits } from './policies';
import { presetOf } from './presets';
import type { ListedModel } from './protocol';
import type { ProviderAccounts } from './providerAccounts';
import { openWire } from './wire';

/** A server on this machine answers at once or is not there. */
const limits: CallLimits = { responseMs: 2_000, idleMs: 2_000 };
/** Addresses whose account the person removed: not found again by themselves, only when asked for. */
const dismissedKey = 'providers.dismissed';

export interface LocalServers {
  /** Looks now, whatever was dismissed; returns the accounts of the servers that answered. */
  detect(): Promise<ProviderAccount[]>;
  /** At start, if the person allows it. Returns at once; `settled` ends when it has looked. */
  start(): void;
  readonly settled: Promise<void>;
  /** The account of a server that was found by itself but did not answer when last asked: not tried unasked. */
  isAbsent(accountId: string): boolean;
  /** Called when an account is removed. */
  dismiss(account: ProviderAccount): void;
}

export interface LocalServersDeps {
  db: WritableDb;
  accounts: ProviderAccounts;
  settings: SettingsService;
  fetch: typeof globalThis.fetch;
  log: Logger;
  /** Addresses to ask; the presets' own by default. */
  addresses?: readonly { preset: PresetId; baseUrl: string }[];
}

const defaultAddresses = (['ollama', 'lmstudio'] as const).map((preset) => ({ preset, baseUrl: presetOf(preset).baseUrl }));

/** Finds model servers running on this machine and keeps an account for each. */
export const createLocalServers = (deps: LocalServersDeps): LocalServers => {
  const { db, accounts, settings, log } = deps;
  const addresses = deps.addresses ?? defaultAddresses;
  const absent = new Set<string>();
  let settled = Promise.resolve();

  const dismissed = (): string[] => {
    const stored: unknown = JSON.parse(readSettingRow(db, dismissedKey) ?? '[]');
    return Array.isArray(stored) ? stored.filter((value) => typeof value === 'string') : [];
  };
  const keepDismissed = (list: string[]): void => writeSettingRows(db, [{ key: dismissedKey, value: JSON.stringify(list) }]);

  /** The server's models, or null when nothing (or something else) answers there. */
  const ask = async (preset: PresetId, baseUrl: string): Promise<ListedModel[] | null> => {
    const wire = openWire({ fetch: deps.fetch, limits, signal: new AbortController().signal });
    try {
      return (await listModels({ preset, baseUrl, key: null, fetch: wire.fetch })).models;
    } catch (error) {
      const known = error instanceof EmergenceError ? error : connectionError(error, wire.opened);
      log.debug({ preset, code: known.code }, 'no model server at this address');
      return null;
    } finally {
      wire.close();
    }
  };

  const look = async (skip: readonly string[]): Promise<ProviderAccount[]> => {
    const found = await Promise.all(
      addresses
        .filter(({ baseUrl }) => !skip.includes(baseUrl))
        .map(async ({ preset, baseUrl }) => {
          const models = await ask(preset, baseUrl);
          return models === null ? [] : [accounts.adopt({ preset, baseUrl, models })];
        }),
    );
    const present = found.flat();
    absent.clear();
    for (const account of accounts.list()) {
      if (account.detected && !present.some(({ id }) => id === account.id)) absent.add(account.id);
    }
    return present;
  };

  return {
    detect: () => {
      keepDismissed([]);
      return look([]);
    },
    start: () => {
      if (!settings.get().detectLocalProviders) return;
      settled = look(dismissed()).then(
        (found) => log.info({ found: found.length }, 'looked for model servers on this machine'),
        (error: unknown) => log.warn({ err: error }, 'looking for model servers failed'),
      );
    },
    get settled() {
      return settled;
    },
    isAbsent: (accountId) => absent.has(accountId),
    dismiss: ({ detected, baseUrl }) => {
      if (detected) keepDismissed([...new Set([...dismissed(), baseUrl])]);
    },
  };
};
