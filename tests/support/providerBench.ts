import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createNetwork } from '@main/network/fetch';
import { readCatalogue } from '@main/providers/catalogue';
import { createCircuits } from '@main/providers/circuits';
import type { Candidate, GatewayEvent, GatewayRequest } from '@main/providers/gateway';
import { createLedger } from '@main/providers/ledger';
import { createLocalServers } from '@main/providers/localServers';
import { createModelGateway } from '@main/providers/modelGateway';
import { defaultPolicies, type Policies } from '@main/providers/policies';
import { textMessage } from '@main/providers/promptMessage';
import { createProviderAccounts } from '@main/providers/providerAccounts';
import { createSealedFileSecrets } from '@main/settings/sealedFileSecrets';
import type { Secrets } from '@main/settings/secrets';
import { createSettings } from '@main/settings/settings';
import { createChangeBus } from '@main/store/changes';
import { openStore } from '@main/store/open';
import { createTelemetry } from '@main/telemetry/createTelemetry';
import { createLogger } from '@main/telemetry/logger';
import { EmergenceError, newId, type PresetId, type ProviderAccount } from '@shared/model';
import { openAgents } from './agents';
import { plainDiskRoom } from './diskRoom';

/** Limits short enough for tests, with the proportions of the program's. */
export const quickPolicies: Policies = {
  ...defaultPolicies,
  remote: { responseMs: 600, idleMs: 400 },
  local: { responseMs: 600, idleMs: 400 },
  listing: { responseMs: 2_000, idleMs: 2_000 },
  settleMs: 300,
  retry: { ...defaultPolicies.retry, minWaitMs: 10 },
  circuit: { failures: 5, halfOpenAfterMs: 300 },
};

/** The providers room with real parts on a real database in a temporary folder. */
export const openProviderBench = (
  options: {
    policies?: Partial<Policies>;
    localAddresses?: { preset: PresetId; baseUrl: string }[];
    /** Wraps the sealed file for the accounts. */
    around?: (secrets: Secrets) => Secrets;
  } = {},
) => {
  const folder = mkdtempSync(join(tmpdir(), 'providers-'));
  const policies = { ...quickPolicies, ...options.policies };
  const logLines: string[] = [];
  const store = openStore({ dataFolder: folder });
  const { db } = store;
  const changes = createChangeBus();
  const diskRoom = plainDiskRoom();
  const telemetry = createTelemetry({ db, now: Date.now, log: createLogger({ write: (line) => logLines.push(line) }), diskRoom });
  const settings = createSettings({ db, changes, log: telemetry.log });
  const { around = (secrets) => secrets } = options;
  const secrets = around(createSealedFileSecrets({ folder }));
  const circuits = createCircuits({ telemetry, changes, policy: policies.circuit });
  const catalogue = readCatalogue(resolve('resources/model-catalogue.json'));
  const network = createNetwork(() => null);
  const { fetch } = network;
  const ledger = createLedger({ db, telemetry, diskRoom });
  const accounts = createProviderAccounts({
    db,
    secrets,
    changes,
    catalogue,
    circuits,
    policies,
    fetch,
    ledger,
    log: telemetry.log,
    now: Date.now,
  });
  const localServers = createLocalServers({
    db,
    accounts,
    settings,
    changes,
    fetch,
    log: telemetry.log,
    addresses: options.localAddresses ?? [],
  });
  const agents = openAgents({ db, changes });
  const gateway = createModelGateway({
    db,
    accounts,
    agents,
    settings,
    circuits,
    policies,
    telemetry,
    ledger,
    now: Date.now,
    localServers,
  });

  const request = (candidates: Candidate[], more: Partial<GatewayRequest> = {}): GatewayRequest => ({
    purpose: 'answer',
    turnId: newId(),
    conversationId: newId(),
    agentId: 'anima',
    candidates,
    build: () => ({ system: 'Be brief.', messages: [textMessage('user', 'hello')], versionId: 'answer.en@1' }),
    temperature: null,
    maxOutputTokens: null,
    signal: new AbortController().signal,
    ...more,
  });

  /** Runs a request to its end; returns its events, the text so far, and the error if there was one. */
  const ask = async (wanted: GatewayRequest) => {
    const events: GatewayEvent[] = [];
    let error: EmergenceError | null = null;
    try {
      for await (const event of gateway.stream(wanted)) events.push(event);
    } catch (thrown) {
      if (!(thrown instanceof EmergenceError)) throw thrown;
      error = thrown;
    }
    const text = events.map((event) => (event.type === 'delta' ? event.text : '')).join('');
    return { events, kinds: events.map(({ type }) => type).filter((type) => type !== 'delta'), text, error };
  };

  return {
    folder,
    db,
    accounts,
    agents,
    settings,
    secrets,
    changes,
    circuits,
    catalogue,
    gateway,
    localServers,
    telemetry,
    diskRoom,
    logLines,
    request,
    ask,
    add: (preset: PresetId, baseUrl: string, more: { key?: string; name?: string } = {}): Promise<ProviderAccount> =>
      accounts.add({ id: newId(), preset, baseUrl, key: 'test-key-0123456789', ...more }),
    candidate: (account: ProviderAccount, model = 'model-a'): Candidate => ({
      ref: { accountId: account.id, model },
      provider: account.name,
      model,
      contextTokens: 8192,
      local: account.local,
    }),
    close: async () => {
      await network.close();
      telemetry.close();
      store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
export type ProviderBench = ReturnType<typeof openProviderBench>;
