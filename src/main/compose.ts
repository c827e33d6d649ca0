import { join } from 'node:path';
import packageFile from '../../package.json' with { type: 'json' };
import { createAgents } from './agents/agents';
import { readAgentProfiles } from './agents/profiles';
import { createRouter } from './api/router';
import { createSystemInfo } from './api/systemInfo';
import { createConversations } from './chat/conversationService';
import { createChatPart } from './chat/part';
import { createDebatesPart } from './debates/part';
import type { ComposeOptions, Engine } from './engine';
import { createFoldersPart } from './folders/part';
import { redeemGrants } from './host/fileGrants';
import { createUrlSigner } from './http/urlSigner';
import { embedderAtStart } from './knowledge/embeddingModels';
import { createOwnedFiles } from './knowledge/ownedFiles';
import { createKnowledgePart } from './knowledge/part';
import { usesSecondModel } from './knowledge/passageReading';
import { createMaintenancePart } from './maintenance/part';
import { createMemoryPart } from './memory/part';
import { createFetch } from './network/fetch';
import { environmentProxies } from './network/proxies';
import { runParts } from './parts/runParts';
import { createProcessesPart } from './processes/part';
import { createPrompts } from './prompts/createPrompts';
import { createProvidersPart } from './providers/part';
import { answerFromPassages } from './providers/passages';
import { defaultPolicies } from './providers/policies';
import { createSettingsPart } from './settings/part';
import { namedDamage } from './store/open';
import { openData } from './store/part';
import { createSafeguardsPart } from './store/safeguardsPart';
import { createHealth } from './telemetry/health';
import { createTelemetryPart } from './telemetry/part';
import { logSlowQueries } from './telemetry/slowQueries';
import { anyRunner } from './turns/conversationRunner';
import { createTurnsPart } from './turns/part';

/** Builds the program. Throws `storage.*` where it cannot open the data; damage may show at the first read. */
export const compose = async (options: ComposeOptions): Promise<Engine> => {
  try {
    return build(options);
  } catch (error) {
    throw namedDamage(error, options.dataFolder, (options.now ?? Date.now)());
  }
};

/** The one place that wires the parts, by hand, top to bottom. A part uses only those above it. */
const build = (options: ComposeOptions): Engine => {
  const { host, dataFolder, resourcesFolder, secrets, grants, now = Date.now, policies = defaultPolicies } = options;
  const startedAt = now();
  const { version } = packageFile;
  const proxyFor = options.proxyFor ?? environmentProxies(process.env);
  const fetch = createFetch(proxyFor);

  const data = options.data ?? openData({ ...options, version, now });
  const { store, db, changes } = data.api;
  const telemetry = createTelemetryPart({ ...data.api, dataFolder, now });
  const { log, diskRoom } = telemetry.api;
  const safeguards = createSafeguardsPart({ ...data.api, log, diskRoom, dataFolder, now });
  logSlowQueries(db, log, { onDamage: safeguards.api.watch.suspect });
  const settings = createSettingsPart({ db, changes, secrets, log });
  const shared = { db, changes, settings: settings.api, telemetry: telemetry.api.telemetry, diskRoom, resourcesFolder, dataFolder, now };

  const embedder = () => embedderAtStart(settings.api.get(), dataFolder);
  const processes = createProcessesPart({
    ...options,
    telemetry: telemetry.api.telemetry,
    log,
    embedder,
    usesSecondModel: () => usesSecondModel(settings.api.get()),
  });
  const prompts = createPrompts({ folder: join(resourcesFolder, 'prompts') });
  const agents = createAgents({ db, changes, prompts, profiles: readAgentProfiles(join(resourcesFolder, 'agents.json')) });
  const providers = createProvidersPart({ ...shared, secrets, agents, fetch, policies });
  const { accounts, gateway } = providers.api;
  const knowledge = createKnowledgePart({
    ...shared,
    ...processes.api,
    batteryIsLow: options.batteryIsLow,
    fetch,
    proxyFor,
    account: accounts.credentials,
  });
  const { library, retriever, embeddingModels, rerankers, downloads, reading, resumedJobs } = knowledge.api;
  const folders = createFoldersPart({ ...shared, library, log });
  const maintenance = createMaintenancePart({ ...shared, ...processes.api, ...knowledge.api.mending, backup: store.backup, log });

  const turns = createTurnsPart({ ...shared, gateway, retriever, prompts, agents });
  const speaking = { ...turns.api.parts, settings: settings.api.get };
  const memory = createMemoryPart({ ...speaking, ...processes.api, agents, accounts: accounts.list, backupsUntil: data.api.backupsUntil });
  const chat = createChatPart({ ...speaking, accounts: accounts.list, passages: answerFromPassages, memory: memory.api.forTurns });
  const debates = createDebatesPart(speaking);
  const { isRunning: isAnswering, stopConversation } = anyRunner([chat.api.runner, debates.api.runner]);
  const conversations = createConversations({ ...shared, ...data.api, nameOf: agents.nameOf, isAnswering, stopConversation });

  const probes = { ...safeguards.health, ...settings.health, ...processes.health, ...providers.health, ...knowledge.health };
  const health = createHealth({ version, startedAt, now, log, probes });
  const signer = createUrlSigner({ now });
  const recovery = {
    cleanExit: store.cleanExit,
    interruptedTurns: turns.api.interrupted,
    resumedJobs,
    isDamaged: safeguards.api.isDamaged,
  };
  const info = createSystemInfo({ version, host, dataFolder, secrets: secrets.kind, ...recovery });
  const expectQuestion = (): void => {
    memory.api.recall.expect();
    knowledge.api.expectQuestion();
  };
  const router = createRouter({
    agents: { agents },
    chat: chat.api,
    conversations: { conversations, expectQuestion },
    debates: debates.api,
    folders: { ...folders.api, redeemGrants: grants && ((given) => redeemGrants(grants, given)), reveal: options.reveal },
    maintenance: maintenance.api,
    library: { library, retriever, signUrl: signer.sign, redeemGrants: (given) => redeemGrants(grants, given) },
    memory: { ...memory.api, now },
    metrics: telemetry.api,
    providers: { ...providers.api, settings: settings.api },
    settings: { settings: settings.api, embeddingModels, rerankers, downloads, reading },
    system: { info, health: health.check, changes, backups: safeguards.api.backups },
  });

  const engine = [data, telemetry, safeguards, settings, processes, providers, knowledge, folders, maintenance];
  const parts = [...engine, turns, memory, chat, debates];
  const running = runParts(parts, { write: diskRoom.write, log });
  const { cleanExit } = store;
  log.info({ version, host, cleanExit, interruptedTurns: turns.api.interrupted(), resumedJobs }, 'started');
  return {
    router,
    files: createOwnedFiles({ db, owners: { version: library } }),
    signer,
    settings: settings.api,
    changes,
    health: health.check,
    metricsText: telemetry.api.telemetry.metricsText,
    version,
    log,
    diskRoom,
    close: running.stop,
  };
};
