import { join } from 'node:path';
import { type Health, toEmergenceError } from '@shared/model';
import packageFile from '../../package.json' with { type: 'json' };
import { createAgents } from './agents/agents';
import { readAgentProfiles } from './agents/profiles';
import { type AppRouter, createRouter } from './api/router';
import { createChat } from './chat/chatService';
import { createConversations } from './chat/conversationService';
import { createDebates } from './debates/debateService';
import { type FileGrants, redeemGrants } from './host/fileGrants';
import type { LibraryFiles } from './http/files';
import { createUrlSigner, type UrlSigner } from './http/urlSigner';
import { createBlobs } from './knowledge/blobs';
import { createEmbeddingModels, embedderAtStart } from './knowledge/embeddingModels';
import { installGuide } from './knowledge/guide';
import { createIngestQueue } from './knowledge/ingestQueue';
import { createLibrary } from './knowledge/library';
import { createOriginals } from './knowledge/originals';
import { createSearchRetriever } from './knowledge/searchRetriever';
import { createFetch } from './network/fetch';
import { environmentProxies, type ProxyFor } from './network/proxies';
import { createHelper } from './processes/caller';
import type { IngestApi } from './processes/ingest/api';
import type { IngestInit } from './processes/ingest/ingestProcess';
import type { HelperLauncher } from './processes/port';
import type { SearchApi, SearchInit, SearchStatus } from './processes/search/api';
import { createPrompts } from './prompts/createPrompts';
import { readCatalogue } from './providers/catalogue';
import { createCircuits } from './providers/circuits';
import { createLedger } from './providers/ledger';
import { createLocalServers } from './providers/localServers';
import { createModelGateway } from './providers/modelGateway';
import { answerFromPassages } from './providers/passages';
import { defaultPolicies, type Policies } from './providers/policies';
import { createProviderAccounts } from './providers/providerAccounts';
import type { Secrets } from './settings/secrets';
import { createSettings, type SettingsService } from './settings/settings';
import { noteForgotten, requestRestore } from './store/backup';
import { createBackupService } from './store/backupService';
import { blobByHash, listOriginals, titlesOfOriginals } from './store/blobs';
import { type ChangeBus, createChangeBus } from './store/changes';
import { createDatabaseWatch } from './store/databaseWatch';
import { createDiskRoom, type DiskRoom } from './store/diskRoom';
import { mendFullText } from './store/fullText';
import { unreadableEntries } from './store/json';
import { namedDamage, openStore } from './store/open';
import { createOriginalsWatch } from './store/originalsWatch';
import { createReserve } from './store/reserve';
import { createTelemetry } from './telemetry/createTelemetry';
import { createHealth } from './telemetry/health';
import { createHealthProbes } from './telemetry/healthProbes';
import { createLogFile } from './telemetry/logFile';
import { createLogger } from './telemetry/logger';
import { createMetricsOverview } from './telemetry/overview';
import { logSlowQueries } from './telemetry/slowQueries';
import type { Logger } from './telemetry/telemetry';
import { createActiveSessions } from './turns/activeSessions';
import { createTurnCloser } from './turns/closeInterrupted';

export interface ComposeOptions {
  host: 'electron' | 'headless';
  dataFolder: string;
  /** The program's `resources`. */
  resourcesFolder: string;
  /** Where the built entries of the helper processes lie: `search.js` and `ingest.js`. */
  helpersFolder: string;
  launcher: HelperLauncher;
  secrets: Secrets;
  /** A backup to be put in place first, by its name; the present database is kept beside it. */
  restore?: string | null;
  /** Begin with an empty database where the old one is gone; what belonged to it is kept aside. */
  startEmpty?: boolean;
  /** Electron: the one-use names of files the person dropped or chose. */
  grants?: FileGrants;
  /** Electron: the system's proxies; else those of the environment. */
  proxyFor?: ProxyFor;
  now?: () => number;
  policies?: Policies;
}

/** The program without a host: what an entry needs to serve it. */
export interface Engine {
  router: AppRouter;
  files: LibraryFiles;
  signer: UrlSigner;
  settings: SettingsService;
  changes: ChangeBus;
  health: () => Promise<Health>;
  metricsText: () => Promise<string>;
  version: string;
  log: Logger;
  /** For the host's own writes at start: done now, or as soon as there is room on the disk. */
  diskRoom: Pick<DiskRoom, 'write'>;
  /** Saves what runs, ends the helpers, closes the store. */
  close(): Promise<void>;
}

/** Megabytes a document may cost its process: its heap, and its resident memory with buffers. */
const ingestMemory = { heapMb: 1024, residentMb: 1536 };
/** A document that keeps its process silent this long is given up; a process without work ends, and its memory with it. */
const ingestLife = { silenceMs: 24_000, restAfterMs: 20_000 };
const statusLimitMs = 900;
/** Documents named where originals are lost. */
const namesShown = 3;
/** What can wait until the window is up. */
const backgroundDelayMs = 1_500;

/** Builds the program. Throws `storage.*` where it cannot open; damage may show at the first reading of anything. */
export const compose = async (options: ComposeOptions): Promise<Engine> => {
  try {
    return await build(options);
  } catch (error) {
    throw namedDamage(error, options.dataFolder, (options.now ?? Date.now)());
  }
};

/** By hand, top to bottom: the one place where things are wired. */
const build = async (options: ComposeOptions): Promise<Engine> => {
  const { host, dataFolder, resourcesFolder, helpersFolder, launcher, secrets, now = Date.now, policies = defaultPolicies } = options;
  const startedAt = now();
  const { version } = packageFile;

  // Store and telemetry.
  if (options.restore) requestRestore(dataFolder, options.restore);
  const reserve = createReserve(dataFolder);
  const store = reserve.spend(() =>
    openStore({ dataFolder, version, startEmpty: options.startEmpty ?? false, keepsOriginals: () => settings.get().backupOriginals, now }),
  );
  const { db } = store;
  const changes = createChangeBus();
  const logFile = createLogFile({ folder: join(dataFolder, 'logs') });
  const log = createLogger(logFile);
  const diskRoom = createDiskRoom({ reserve, log });
  const telemetry = createTelemetry({ db, now, log, diskRoom });
  let noticed = (): void => {};
  logSlowQueries(db, log, { onError: (error) => toEmergenceError(error).code === 'storage.damaged' && noticed() });
  const watch = createDatabaseWatch({
    path: db.name,
    check: store.check,
    mend: (problems) => mendFullText(db, problems),
    onChange: () => changes.publish('health'),
    log,
  });
  noticed = watch.suspect;
  const backups = createBackupService({
    store,
    dataFolder,
    onDamage: watch.suspect,
    onChange: () => changes.publish('health'),
    log,
    now,
  });
  const settings = createSettings({ db, changes, log });

  // Helper processes.
  const search = createHelper<SearchApi>({
    name: 'search',
    log,
    launch: () => launcher(join(helpersFolder, 'search.js'), { name: 'search' }),
    init: (renewing): SearchInit => ({
      dataFolder,
      resourcesFolder,
      embedder: embedderAtStart(settings.get(), dataFolder),
      whole: renewing,
    }),
    onRestart: () => {
      // An endpoint's key is not part of the start-up data.
      embeddingModels.apply().catch((error: unknown) => log.warn({ err: error }, 'the embedder could not be set again'));
      queue.reconcile();
    },
  });
  const ingest = createHelper<IngestApi>({
    name: 'ingest',
    log,
    launch: () => launcher(join(helpersFolder, 'ingest.js'), { name: 'ingest', memoryMb: ingestMemory.heapMb }),
    init: (): IngestInit => ({ memoryMb: ingestMemory.residentMb }),
    ...ingestLife,
  });
  const searchStatus = async (): Promise<SearchStatus> => {
    const status = await search.call('status', undefined, { timeLimitMs: statusLimitMs, timeoutCode: 'search.unavailable' });
    telemetry.set('rag_index_chunks', {}, status.chunks);
    telemetry.set('rag_index_bytes', {}, status.bytes);
    return status;
  };

  // Providers.
  const circuits = createCircuits({ telemetry, changes, policy: policies.circuit });
  const proxyFor = options.proxyFor ?? environmentProxies(process.env);
  const fetch = createFetch(proxyFor);
  const catalogue = readCatalogue(join(resourcesFolder, 'model-catalogue.json'));
  const ledger = createLedger({ db, telemetry, diskRoom });
  const accounts = createProviderAccounts({ db, secrets, changes, catalogue, circuits, policies, fetch, ledger, log, now });
  const prompts = createPrompts({ folder: join(resourcesFolder, 'prompts') });
  const agents = createAgents({ db, changes, prompts, profiles: readAgentProfiles(join(resourcesFolder, 'agents.json')) });
  const localServers = createLocalServers({ db, accounts, settings, changes, fetch, log });
  const gateway = createModelGateway({ db, accounts, agents, settings, circuits, policies, telemetry, ledger, now, localServers });

  // Knowledge.
  const embeddingModels = createEmbeddingModels({
    db,
    changes,
    settings,
    search,
    fetch,
    proxyFor,
    telemetry,
    dataFolder,
    now,
    account: accounts.credentials,
  });
  const blobs = createBlobs({ folder: join(dataFolder, 'blobs') });
  const embeddingModel = (): string => settings.get().embeddingModel;
  const originals = createOriginals({ db, dataFolder, blobs, changes, log });
  const originalsWatch = createOriginalsWatch({
    dataFolder,
    list: () => listOriginals(db),
    isNeeded: (hash) => blobByHash(db, hash) !== null,
    onChange: (hash, missing) => originals.note(hash, missing),
    log,
  });
  const queue = createIngestQueue({ db, blobs, originals, diskRoom, ingest, search, changes, telemetry, now, embeddingModel });
  const library = createLibrary({ db, dataFolder, blobs, originals, queue, search, changes, log, now });
  const retriever = createSearchRetriever({ db, search, changes, telemetry, settings: settings.get });

  // Use cases.
  const sessions = createActiveSessions({ telemetry });
  const closeInterrupted = createTurnCloser({ db, changes, telemetry, now });
  const turnParts = { db, gateway, retriever, prompts, agents, changes, telemetry, diskRoom, now };
  const speaking = { ...turnParts, sessions, settings: settings.get };
  const chat = createChat({ ...speaking, passages: answerFromPassages });
  const debates = createDebates(speaking);
  const conversations = createConversations({
    db,
    changes,
    now,
    nameOf: agents.nameOf,
    backupsUntil: () => noteForgotten(dataFolder),
    stopConversation: async (id) => void (await Promise.all([chat.stopConversation(id), debates.stop(id)])),
    isAnswering: (id) => chat.active().some(({ conversationId }) => conversationId === id) || debates.isRunning(id),
  });

  // What an unclean end left behind is put right before anything new is accepted, or as soon as the disk has room for it.
  const resumedJobs = queue.jobs().length;
  let interruptedTurns = 0;
  const closeTurns = (): void => {
    interruptedTurns = closeInterrupted();
  };
  for (const [what, write] of [
    ['note that the program runs', store.markOpen],
    ['close interrupted turns', closeTurns],
    ['close interrupted debates', debates.closeInterrupted],
    ['go on with downloads', embeddingModels.resumeDownloads],
    ['drop ended jobs', queue.dropEnded],
  ] as const)
    diskRoom.write(what, write);

  const health = createHealth({
    version,
    startedAt,
    now,
    log,
    probes: createHealthProbes({
      db,
      databaseProblems: () => {
        watch.look();
        return watch.problems();
      },
      backupFailure: backups.failure,
      originals: () => {
        originalsWatch.look();
        const { total, altered } = originalsWatch.report();
        const missing = originals.missing();
        const names = titlesOfOriginals(db, [...missing, ...altered], namesShown);
        return { total, missing: missing.length, altered: altered.length, names };
      },
      unreadableEntries,
      dataFolder,
      searchStatus,
      ingestQueue: () => {
        const open = queue.jobs().filter(({ kind }) => kind === 'ingest');
        const running = open.filter(({ state }) => state === 'running').length;
        return { queued: open.length - running, running };
      },
      providers: accounts.list,
      unreadableProviders: () => accounts.unreadable().length,
      secretsKind: () => secrets.kind,
      lastBackupAt: backups.lastAt,
    }),
  });
  const signer = createUrlSigner({ now });
  const metrics = createMetricsOverview({ db, telemetry, now });
  const router = createRouter({
    agents: { agents },
    chat: { chat },
    conversations: { conversations },
    debates: { debates },
    library: { library, retriever, signUrl: signer.sign, redeemGrants: (given) => redeemGrants(options.grants, given) },
    metrics: { metrics },
    providers: { accounts, localServers, gateway, settings },
    settings: { settings, embeddingModels },
    system: {
      info: () => ({
        version,
        host,
        platform: process.platform,
        dataFolder,
        locale: Intl.DateTimeFormat().resolvedOptions().locale,
        secrets: secrets.kind,
        recovery: store.cleanExit ? null : { interruptedTurns, resumedJobs, damaged: watch.problems().length > 0 },
      }),
      health: health.check,
      changes,
      backups,
    },
  });

  queue.start();
  const forgetting = library
    .finishForgetting()
    .catch((error: unknown) => log.error({ err: error }, 'what was to be forgotten could not be finished'));
  embeddingModels.start();
  localServers.start();
  const guide = installGuide({ db, blobs, library, resourcesFolder }).catch((error: unknown) =>
    log.error({ err: error }, 'the guide could not be put into the library'),
  );
  let order: Promise<void> = Promise.resolve();
  const background = setTimeout(() => {
    backups.start();
    watch.look();
    originalsWatch.look();
    order = originals.putInOrder().catch((error: unknown) => log.error({ err: error }, 'the originals could not be put in order'));
    try {
      diskRoom.write('keep a reserve of room', reserve.keep);
    } catch (error) {
      log.warn({ err: error }, 'no reserve of room could be kept');
    }
  }, backgroundDelayMs);

  log.info({ version, host, cleanExit: store.cleanExit, interruptedTurns, resumedJobs }, 'started');
  return {
    router,
    files: library,
    signer,
    settings,
    changes,
    health: health.check,
    metricsText: telemetry.metricsText,
    version,
    log,
    diskRoom,
    close: async () => {
      clearTimeout(background);
      backups.stop();
      watch.close();
      originalsWatch.close();
      localServers.stop();
      await Promise.all([guide, forgetting, order]);
      const ends = await Promise.allSettled([chat.shutdown(), debates.shutdown(), queue.stop(), embeddingModels.stop()]);
      diskRoom.close();
      // Where the disk is full the next start puts right what could not be written; the rest is closed all the same.
      for (const end of ends) if (end.status === 'rejected') log.error({ err: end.reason }, 'a part did not end well');
      search.stop();
      ingest.stop();
      log.info({}, 'closed');
      telemetry.close();
      store.close();
      logFile.close();
    },
  };
};
