import type { Helper } from '@main/processes/helper';
import type { SearchApi } from '@main/processes/search/api';
import { blobBytes } from '@main/store/blobOwners';
import type { ChangeBus } from '@main/store/changes';
import type { WritableDb } from '@main/store/database';
import { countAttention, countLibrary, type DocumentListRequest, listDocuments } from '@main/store/documentList';
import { listVersions, refusedKinds } from '@main/store/documentVersions';
import { recognisedLines, recognisedPages } from '@main/store/recognisedPages';
import { countTurnedDown, dismissTurnedDown, dropArrivals, dropCounts, turnedDown } from '@main/store/uploads';
import type { Logger } from '@main/telemetry/telemetry';
import { type DocumentVersion, formatsVersion, type Job, type LibraryDocument } from '@shared/model';
import { createBin } from './bin';
import type { Blobs } from './blobs';
import { createCollections } from './collections';
import { createCompareVersions } from './compareVersions';
import { createEncodings } from './encodings';
import { createIdentity } from './identity';
import type { IngestQueue } from './ingestQueue';
import { createIntake } from './intake';
import { createLibraryContext } from './libraryContext';
import type { Originals } from './originals';
import type { Recognition } from './recognition';
import { searchStatusOf } from './searchStatus';
import { createShelving } from './shelving';
import { createVersionReader } from './versionReader';
import { createWebPages, type WebPagesDeps } from './webPages';

export interface LibraryDeps {
  db: WritableDb;
  dataFolder: string;
  blobs: Blobs;
  queue: IngestQueue;
  recognition: Recognition;
  search: Pick<Helper<SearchApi>, 'call'>;
  changes: ChangeBus;
  originals: Originals;
  log: Pick<Logger, 'warn'>;
  now: () => number;
  fetchPage: WebPagesDeps['fetchPage'];
  pages: WebPagesDeps['pages'];
}

export interface LibraryStats {
  documents: number;
  passages: number;
  indexBytes: number;
  originalsBytes: number;
  ready: number;
  working: number;
  failed: number;
  attention: number;
}

/** How many refused and skipped files are shown. */
const mostTurnedDown = 500;

/** Collections, documents and their versions: everything the person does with the library except searching it. */
export const createLibrary = (deps: LibraryDeps) => {
  const { db, queue, recognition, search, changes, originals } = deps;
  const context = createLibraryContext(deps);
  const bin = createBin({ ...deps, context });

  const intake = createIntake({ ...deps, context });

  return {
    ...createCollections({ ...deps, context }),
    ...intake,
    ...createWebPages({ ...deps, context, intake }),
    ...createEncodings({ ...deps, context }),
    ...bin,
    ...createVersionReader(deps),
    ...createIdentity({ ...deps, context }),
    ...createShelving({ ...deps, context }),

    documents: (request: DocumentListRequest) => {
      const { items, ...rest } = listDocuments(db, request, originals.missing());
      return { items: items.map(context.shown), ...rest };
    },
    document: context.document,
    compare: createCompareVersions(db),
    versions: (documentId: string): DocumentVersion[] => listVersions(db, context.document(documentId).id),
    jobs: (): Job[] => queue.jobs().map(recognition.live),
    cancel: async (jobIds: readonly string[]): Promise<void> => {
      await queue.cancel(jobIds);
      await recognition.cancel(jobIds);
    },
    /** Has the text of a document's scanned pages recognised, from the first page that was not looked at. */
    recognise: (id: string): LibraryDocument => {
      recognition.request(context.document(id).id);
      return context.document(id);
    },
    /** The pages of a version whose text was looked for in their image. */
    recognisedPages: (versionId: string) => recognisedPages(db, versionId),
    /** The words of such a page with their places; empty for any other. */
    recognisedWords: (versionId: string, page: number) => recognisedLines(db, versionId, page) ?? [],
    /** Ingests the newest version again where that failed or was cancelled; else nothing changes. */
    retry: (id: string): LibraryDocument => {
      const { title } = context.document(id);
      const latest = listVersions(db, id)[0];
      if (latest && (latest.state === 'failed' || latest.state === 'cancelled')) {
        db.transaction(() => context.readAgain(latest.id, id, title))();
        context.published(id);
        changes.publish('job');
        queue.wake();
      }
      return context.document(id);
    },
    /** Reads the documents again that an earlier version of the program refused for their kind; each once. */
    readRefusedAgain: (): void => {
      const refused = refusedKinds(db, formatsVersion);
      if (refused.length === 0) return;
      db.transaction(() => {
        for (const { versionId, documentId, title } of refused) context.readAgain(versionId, documentId, title);
      })();
      for (const { documentId } of refused) context.published(documentId);
      changes.publish('job');
      queue.wake();
    },
    /** The outcomes of the files that came in together. */
    drop: (dropId: string, limit: number) => ({ counts: dropCounts(db, dropId), arrivals: dropArrivals(db, dropId, limit) }),
    turnedDown: () => ({
      refused: turnedDown(db, 'refused', mostTurnedDown),
      passed: turnedDown(db, 'passed', mostTurnedDown),
      passedCount: countTurnedDown(db, 'passed'),
    }),
    dismissTurnedDown: (ids: readonly string[] | null): void => {
      dismissTurnedDown(db, ids);
      changes.publish('job');
    },
    /** The size of the index is 0 while the search process is starting. */
    stats: async (): Promise<LibraryStats> => ({
      ...countLibrary(db),
      attention: countAttention(db, originals.missing()) + countTurnedDown(db, 'refused') + bin.unreadableCount(),
      originalsBytes: blobBytes(db),
      indexBytes: (await searchStatusOf(search))?.bytes ?? 0,
    }),
  };
};
export type Library = ReturnType<typeof createLibrary>;
