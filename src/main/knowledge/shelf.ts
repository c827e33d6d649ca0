import type { ChangeBus } from '@main/store/changes';
import { collectionById } from '@main/store/collections';
import type { WritableDb } from '@main/store/database';
import { documentById } from '@main/store/documents';
import { setVersionState } from '@main/store/documentVersions';
import { type Collection, EmergenceError, type LibraryDocument } from '@shared/model';
import type { IngestQueue } from './ingestQueue';

export interface ShelfDeps {
  db: WritableDb;
  queue: IngestQueue;
  changes: ChangeBus;
}

/** Throws `not_found` for null. */
export const need = <T>(value: T | null, details: Record<string, string>): T => {
  if (value === null) throw new EmergenceError('not_found', details);
  return value;
};

/** What every part of the library asks of documents and collections. */
export interface Shelf {
  /** A live document with its job as it stands. Throws `not_found`. */
  document(id: string): LibraryDocument;
  withLiveJob(document: LibraryDocument): LibraryDocument;
  /** Throws `not_found`. */
  collection(id: string): Collection;
  /** Has a version read again; inside a transaction, then `queue.wake`. */
  readAgain(versionId: string, documentId: string, title: string): void;
  /** Tells that a document, and with it the counts of collections, changed. */
  published(id: string): void;
}

export const createShelf = ({ db, queue, changes }: ShelfDeps): Shelf => {
  const withLiveJob = (document: LibraryDocument): LibraryDocument =>
    document.job ? { ...document, job: queue.live(document.job) } : document;
  return {
    withLiveJob,
    document: (id) => withLiveJob(need(documentById(db, id), { documentId: id })),
    collection: (id) => need(collectionById(db, id), { collectionId: id }),
    readAgain: (versionId, documentId, title) => {
      setVersionState(db, versionId, 'pending', null);
      queue.add(versionId, documentId, title);
    },
    published: (id) => {
      changes.publish('document', id);
      changes.publish('collection');
    },
  };
};
