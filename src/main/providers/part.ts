import { join } from 'node:path';
import type { HealthProbe, Part } from '@main/parts/part';
import type { Secrets } from '@main/settings/secrets';
import type { SettingsService } from '@main/settings/settings';
import type { ChangeBus } from '@main/store/changes';
import type { WritableDb } from '@main/store/database';
import type { DiskRoom } from '@main/store/diskRoom';
import type { Telemetry } from '@main/telemetry/telemetry';
import { readCatalogue } from './catalogue';
import { createCircuits } from './circuits';
import { createLedger } from './ledger';
import { createLocalServers } from './localServers';
import { createModelGateway, type ModelGatewayDeps } from './modelGateway';
import type { Policies } from './policies';
import { createProviderAccounts } from './providerAccounts';

export interface ProvidersDeps {
  db: WritableDb;
  changes: ChangeBus;
  settings: SettingsService;
  secrets: Secrets;
  agents: ModelGatewayDeps['agents'];
  diskRoom: Pick<DiskRoom, 'retryLater'>;
  telemetry: Telemetry;
  fetch: typeof globalThis.fetch;
  policies: Policies;
  resourcesFolder: string;
  now: () => number;
}

/** The accounts of providers, the servers on this machine, and the gateway to their models. */
export const createProvidersPart = (deps: ProvidersDeps) => {
  const { telemetry, changes, policies, resourcesFolder } = deps;
  const { log } = telemetry;
  const circuits = createCircuits({ telemetry, changes, policy: policies.circuit });
  const ledger = createLedger(deps);
  const catalogue = readCatalogue(join(resourcesFolder, 'model-catalogue.json'));
  const accounts = createProviderAccounts({ ...deps, catalogue, circuits, ledger, log });
  const localServers = createLocalServers({ ...deps, accounts, log });
  const gateway = createModelGateway({ ...deps, accounts, circuits, ledger, localServers });

  const providers: HealthProbe = () => {
    const enabled = accounts.list().filter((account) => account.enabled);
    const troubled = enabled.filter(({ circuit, lastTest }) => circuit !== 'closed' || lastTest?.ok === false);
    /** Stored accounts that this version cannot read. */
    const unreadable = accounts.unreadable().length;
    return {
      state: troubled.length > 0 || unreadable > 0 ? 'degraded' : enabled.length === 0 ? 'off' : 'ok',
      data: { configured: enabled.length, troubled: troubled.map(({ name }) => name).join(', '), ...(unreadable > 0 && { unreadable }) },
    };
  };
  return {
    api: { accounts, localServers, gateway },
    // It asks other programs, and loads what calls them.
    startLater: localServers.start,
    stop: localServers.stop,
    health: { providers },
  } satisfies Part<unknown>;
};
