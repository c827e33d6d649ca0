import { join } from 'node:path';
import { type Blobs, createBlobs } from '@main/knowledge/blobs';
import { createIngestQueue, type IngestQueue, type IngestQueueDeps } from '@main/knowledge/ingestQueue';
import { createLibrary, type Library } from '@main/knowledge/library';
import { createOriginals, type Originals } from '@main/knowledge/originals';
import type { Retriever } from '@main/knowledge/retriever';
import { createSearchRetriever } from '@main/knowledge/searchRetriever';
import { createTakeMembers } from '@main/knowledge/takeMembers';
import { createGuardedFetch, type GuardedFetch } from '@main/network/guardedFetch';
import { createHelper } from '@main/processes/caller';
import { forkLauncher } from '@main/processes/forkLauncher';
import type { Helper } from '@main/processes/helper';
import type { IngestApi } from '@main/processes/ingest/api';
import type { IngestInit } from '@main/processes/ingest/ingestProcess';
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
  retriever: Retriever;
  changes: ChangeBus;
  published: Change[];
  telemetry: ReturnType<typeof countingTelemetry>;
  ingest: Helper<IngestApi>;
  search: Helper<SearchApi>;
  /** Adds a file by upload and waits until the queue is idle. */
  drop(source: string, content: string | Uint8Array, collectionId?: string | null): Promise<string>;
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
  const library = createLibrary({
    db,
    dataFolder,
    blobs,
    originals,
    queue,
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
    crash: () => {
      ingest.stop();
      search.stop();
      db.close();
    },
    close: async () => {
      await queue.stop();
      ingest.stop();
      search.stop();
      if (db.open) close();
    },
  };
};
