import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { createGuardedFetch } from '@main/network/guardedFetch';
import type { ProxyFor } from '@main/network/proxies';
import type { HealthProbe, Part } from '@main/parts/part';
import type { EncodeApi } from '@main/processes/encode/api';
import type { Helper } from '@main/processes/helper';
import type { IngestApi } from '@main/processes/ingest/api';
import type { RecogniseApi } from '@main/processes/recognise/api';
import type { RerankApi } from '@main/processes/rerank/api';
import type { SearchApi } from '@main/processes/search/api';
import type { SettingsService } from '@main/settings/settings';
import { blobByHash, listOriginals, titlesOfOriginals } from '@main/store/blobOwners';
import type { ChangeBus } from '@main/store/changes';
import type { WritableDb } from '@main/store/database';
import type { DiskRoom } from '@main/store/diskRoom';
import { createOriginalsWatch } from '@main/store/originalsWatch';
import type { Telemetry } from '@main/telemetry/telemetry';
import { createBlobs } from './blobs';
import { createEmbeddingModels, downloadableEmbedders, type EmbeddingModelsDeps } from './embeddingModels';
import { installGuide, isGuideKnown } from './guide';
import { createIngestQueue } from './ingestQueue';
import { createLibrary } from './library';
import { createModelDownloads } from './modelDownloads';
import { createOriginals } from './originals';
import { createPassageReading } from './passageReading';
import { createQuestionVectors } from './questionVectors';
import { createQuestionWatch } from './questionWatch';
import { createRecognition } from './recognition';
import { createReferenceReading } from './referenceReading';
import { downloadableRerankers } from './reranking/localReranker';
import { createReranking } from './reranking/rerank';
import { createRerankers } from './reranking/rerankers';
import type { Retriever } from './retriever';
import { createSearchRetriever } from './searchRetriever';
import { createTakeMembers } from './takeMembers';

export interface KnowledgeDeps {
  db: WritableDb;
  changes: ChangeBus;
  settings: SettingsService;
  search: Helper<SearchApi>;
  ingest: Helper<IngestApi>;
  /** Reads a page of the web before it is kept. */
  pages: Helper<IngestApi>;
  recogniser: Helper<RecogniseApi>;
  /** Two processes of the second model: one answers at once, the other reads in the background. */
  questions: Helper<EncodeApi>;
  passages: Helper<EncodeApi>;
  reranker: Helper<RerankApi>;
  batteryIsLow?: (() => boolean) | undefined;
  diskRoom: Pick<DiskRoom, 'retryLater'>;
  telemetry: Telemetry;
  fetch: typeof globalThis.fetch;
  proxyFor: ProxyFor;
  account: EmbeddingModelsDeps['account'];
  dataFolder: string;
  resourcesFolder: string;
  now: () => number;
}

/** How many documents are named where originals are lost. */
const namesShown = 3;

/** The library, its queue and originals, the models of the search, and retrieval. */
export const createKnowledgePart = (deps: KnowledgeDeps) => {
  const { db, changes, settings, search, telemetry, dataFolder, resourcesFolder } = deps;
  const { log } = telemetry;
  const downloads = createModelDownloads({ ...deps, models: [...downloadableEmbedders, ...downloadableRerankers] });
  const embeddingModels = createEmbeddingModels({ ...deps, downloads });
  const blobs = createBlobs({ folder: join(dataFolder, 'blobs') });
  const originals = createOriginals({ db, dataFolder, blobs, changes, log });
  const originalsWatch = createOriginalsWatch({
    dataFolder,
    list: () => listOriginals(db),
    isNeeded: (hash) => blobByHash(db, hash) !== null,
    onChange: (hash, missing) => originals.note(hash, missing),
    log,
  });
  const membersFolder = join(dataFolder, 'members');
  const queue = createIngestQueue({
    ...deps,
    blobs,
    originals,
    embeddingModel: () => settings.get().search.embeddingModel,
    versionsKept: () => settings.get().library.versionsKept,
    membersFolder,
  });
  const watch = createQuestionWatch();
  const recognition = createRecognition({ ...deps, blobs, queue, settings: () => settings.get().library, quiet: watch.quiet });
  queue.onScans(recognition.takeUp);
  const library = createLibrary({ ...deps, blobs, originals, queue, recognition, log, fetchPage: createGuardedFetch(deps.proxyFor) });
  queue.onMembers(createTakeMembers({ db, log, takeFile: library.takeFile, turnDown: library.turnDown }));
  const reading = createPassageReading(deps);
  const references = createReferenceReading(deps);
  const vectors = createQuestionVectors(deps.questions, reading);
  const rerankers = createRerankers({ ...deps, downloads });
  const reranking = createReranking({ reranker: rerankers.chosen, telemetry });
  const plain = createSearchRetriever({ db, search, changes, telemetry, settings: settings.get, second: vectors, reranking });
  const expectQuestion = (): void => {
    vectors.expect();
    reranking.expect();
  };
  const retriever: Retriever = { ...plain, search: (request) => watch.during(() => reading.pausedFor(() => plain.search(request))) };
  /** Jobs that the last run left open. */
  const resumedJobs = queue.jobs().length;

  /** Work that ends by itself; the end of the program waits for it. */
  const background: Promise<void>[] = [];
  const inBackground = (work: Promise<void>, whenItFails: string): void => {
    background.push(work.catch((error: unknown) => log.error({ err: error }, whenItFails)));
  };

  /** Then its pages are there, and a page that changed with the program can wait until the window is up. */
  const guideIsKnown = isGuideKnown(db);
  const bringGuide = (): void =>
    inBackground(installGuide({ db, blobs, library, resourcesFolder }), 'the guide could not be put into the library');

  const health: Record<'ingest' | 'originals', HealthProbe> = {
    ingest: () => {
      const open = queue.jobs().filter(({ kind }) => kind === 'ingest');
      const running = open.filter(({ state }) => state === 'running').length;
      return { state: open.length > 0 ? 'busy' : 'ok', data: { queued: open.length - running, running } };
    },
    originals: () => {
      originalsWatch.look();
      const { total, altered } = originalsWatch.report();
      const missing = originals.missing();
      const names = titlesOfOriginals(db, [...missing, ...altered], namesShown);
      return {
        state: missing.length + altered.length > 0 ? 'degraded' : 'ok',
        data: { total, missing: missing.length, altered: altered.length, names: names.join(', ') },
      };
    },
  };

  return {
    api: {
      ...{ library, retriever, embeddingModels, rerankers, downloads, reading, resumedJobs, expectQuestion },
      mending: { queue, originals, blobs },
    },
    startWrites: [
      { what: 'queue embedding again', write: embeddingModels.requeue },
      { what: 'go on with downloads', write: downloads.resume },
      { what: 'drop ended jobs', write: queue.dropEnded },
    ],
    start: () => {
      search.onRestart(() => {
        // The key of an endpoint is not part of the start-up data.
        embeddingModels.apply().catch((error: unknown) => log.warn({ err: error }, 'the embedder could not be set again'));
        queue.reconcile();
      });
      try {
        // Copies that a crash left behind.
        rmSync(membersFolder, { recursive: true, force: true });
      } catch (error) {
        log.warn({ err: error }, 'the files within documents could not be cleared away');
      }
      queue.start();
      recognition.start();
      inBackground(library.finishForgetting(), 'what was to be forgotten could not be finished');
      embeddingModels.start();
      if (!guideIsKnown) bringGuide();
    },
    startLater: () => {
      if (guideIsKnown) bringGuide();
      try {
        library.readRefusedAgain();
      } catch (error) {
        log.warn({ err: error }, 'the documents of kinds that are read now could not be queued');
      }
      queue.reconcile();
      originalsWatch.look();
      reading.start();
      references.start();
      inBackground(originals.putInOrder(), 'the originals could not be put in order');
    },
    stop: async () => {
      originalsWatch.close();
      await Promise.all([reading.stop(), references.stop(), recognition.stop()]);
      await Promise.all(background);
      const ends = await Promise.allSettled([queue.stop(), embeddingModels.stop(), downloads.stop()]);
      for (const end of ends) if (end.status === 'rejected') throw end.reason;
    },
    health,
  } satisfies Part<unknown>;
};
