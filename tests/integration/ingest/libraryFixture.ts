import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { type Blobs, createBlobs } from '@main/knowledge/blobs';
import { createIngestQueue, type IngestQueue, type IngestQueueDeps } from '@main/knowledge/ingestQueue';
import { createLibrary, type Library } from '@main/knowledge/library';
import { createOriginals, type Originals } from '@main/knowledge/originals';
import { createRecognition, type Recognition } from '@main/knowledge/recognition';
import type { Retriever } from '@main/knowledge/retriever';
import { createSearchRetriever } from '@main/knowledge/searchRetriever';
import { createTakeMembers } from '@main/knowledge/takeMembers';
import { createGuardedFetch, type GuardedFetch } from '@main/network/guardedFetch';
import { createHelper } from '@main/processes/caller';
import { forkLauncher } from '@main/processes/forkLauncher';
import type { Helper } from '@main/processes/helper';
import type { IngestApi } from '@main/processes/ingest/api';
import type { IngestInit } from '@main/processes/ingest/ingestProcess';
import type { RecogniseApi } from '@main/processes/recognise/api';
import type { SearchApi, SearchInit } from '@main/processes/search/api';
import { type ChangeBus, createChangeBus } from '@main/store/changes';
import type { WritableDb } from '@main/store/database';
import { openStore } from '@main/store/open';
import { uploadById } from '@main/store/uploads';
import type { Telemetry } from '@main/telemetry/telemetry';
import { type Change, defaultSettings, newId } from '@shared/model';
import { plainDiskRoom } from '../../support/diskRoom';

const root = join(import.meta.dirname, '../../..');

/** Telemetry that records its counts: `name{label,label}` to the sum. */
export const countingTelemetry = (): Telemetry & { counts: Record<string, number> } => {
  const counts: Record<string, number> = {};
  const add = (name: string, labels: object, by: number): void => {
    const key = `${name}{${Object.values(labels).join(',')}}`;
    counts[key] = (counts[key] ?? 0) + by;
  };
  return {
    counts,
    increment: (name, labels, by = 1) => add(name, labels, by),
    observe: (name, labels) => add(name, labels, 1),
    set: () => {},
    log: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} },
  };
};

export interface LibraryFixture {
  dataFolder: string;
  db: WritableDb;
  blobs: Blobs;
  originals: Originals;
  library: Library;
  queue: IngestQueue;
  recognition: Recognition;
  retriever: Retriever;
  changes: ChangeBus;
  published: Change[];
  telemetry: ReturnType<typeof countingTelemetry>;
  ingest: Helper<IngestApi>;
  search: Helper<SearchApi>;
  /** Adds a file by upload and waits until the queue is idle. */
  drop(source: string, content: string | Uint8Array, collectionId?: string | null): Promise<string>;
  /** Waits until no document is read, and no text recognised. */
  settled(): Promise<void>;
  /** Ends everything as a crash would: processes killed, nothing closed in order. */
  crash(): void;
  close(): Promise<void>;
}

/** Opens the library over real processes and a real database in `dataFolder`. */
export const openLibrary = ({
  dataFolder,
  ingestPath,
  searchPath,
  ingest: replacedIngest,
  embedder = 'bundled',
  silence,
  versionsKept = 0,
  fetchPage = createGuardedFetch(() => null),
  recogniser,
  recogniseUpTo = recogniser ? 30 : 0,
}: {
  dataFolder: string;
  ingestPath: string;
  searchPath: string;
  ingest?: Helper<IngestApi>;
  embedder?: 'bundled' | 'none';
  /** The way to pages of the web; by default the real one, without a proxy. */
  fetchPage?: GuardedFetch;
  silence?: IngestQueueDeps['silence'];
  versionsKept?: number;
  /** Without one no text is recognised by itself. */
  recogniser?: Pick<Helper<RecogniseApi>, 'call'>;
  recogniseUpTo?: number;
}): LibraryFixture => {
  const { db, close } = openStore({ dataFolder });
  const telemetry = countingTelemetry();
  const changes = createChangeBus();
  const published: Change[] = [];
  changes.subscribe((change) => published.push(change));
  const blobs = createBlobs({ folder: join(dataFolder, 'blobs') });
  const ingest =
    replacedIngest ??
    createHelper<IngestApi>({
      name: 'ingest',
      log: telemetry.log,
      launch: () => forkLauncher(ingestPath, { name: 'ingest', memoryMb: 1024 }),
      init: (): IngestInit => ({ memoryMb: 1536 }),
    });
  const search = createHelper<SearchApi>({
    name: 'search',
    log: telemetry.log,
    launch: () => forkLauncher(searchPath, { name: 'search' }),
    init: (): SearchInit => ({ dataFolder, resourcesFolder: join(root, 'resources'), embedder: { id: embedder, kind: embedder } }),
  });
  const originals = createOriginals({ db, dataFolder, blobs, changes, log: telemetry.log });
  const queue = createIngestQueue({
    db,
    blobs,
    originals,
    diskRoom: plainDiskRoom(),
    ingest,
    search,
    changes,
    telemetry,
    now: Date.now,
    embeddingModel: () => embedder,
    silence,
    versionsKept: () => versionsKept,
    membersFolder: join(dataFolder, 'members'),
  });
  const recognition = createRecognition({
    db,
    blobs,
    queue,
    recogniser: recogniser ?? { call: () => Promise.reject(new Error('This library has no recogniser.')) },
    diskRoom: plainDiskRoom(),
    settings: () => ({ ...defaultSettings.library, recogniseUpTo }),
    quiet: () => Promise.resolve(),
    changes,
    telemetry,
    now: Date.now,
  });
  queue.onScans(recognition.takeUp);
  const library = createLibrary({
    db,
    dataFolder,
    blobs,
    originals,
    queue,
    recognition,
    search,
    changes,
    log: telemetry.log,
    now: Date.now,
    fetchPage,
    pages: ingest,
  });
  queue.onMembers(createTakeMembers({ db, log: telemetry.log, takeFile: library.takeFile, turnDown: library.turnDown }));
  const retriever = createSearchRetriever({ db, search, changes, telemetry, settings: () => defaultSettings });
  return {
    dataFolder,
    db,
    blobs,
    originals,
    library,
    queue,
    recognition,
    retriever,
    changes,
    published,
    telemetry,
    ingest,
    search,
    drop: async (source, content, collectionId = null) => {
      const bytes = Buffer.from(content);
      const uploadId = newId();
      library.beginUploads(collectionId, [{ uploadId, source, size: bytes.length }]);
      const { id } = await library.receiveUpload(
        uploadId,
        (async function* () {
          yield bytes;
        })(),
      );
      await queue.idle();
      // By then it may be a version of another document.
      return uploadById(db, uploadId)?.documentId ?? id;
    },
    settled: async () => {
      for (let open = queue.jobs(); open.length > 0; open = queue.jobs()) {
        recognition.start();
        await recognition.idle();
        await queue.idle();
        await setImmediate();
      }
    },
    crash: () => {
      ingest.stop();
      search.stop();
      db.close();
    },
    close: async () => {
      await recognition.stop();
      await queue.stop();
      ingest.stop();
      search.stop();
      if (db.open) close();
    },
  };
};
