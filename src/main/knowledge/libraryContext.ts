import type { ChangeBus } from '@main/store/changes';
import { collectionById } from '@main/store/collections';
import type { WritableDb } from '@main/store/database';
import type { StoredDocument } from '@main/store/documentRows';
import { documentById } from '@main/store/documents';
import { setVersionState } from '@main/store/documentVersions';
import { type Collection, EmergenceError, type LibraryDocument } from '@shared/model';
import type { IngestQueue } from './ingestQueue';
import type { Originals } from './originals';
import type { Recognition } from './recognition';

export interface LibraryContextDeps {
  db: WritableDb;
  queue: IngestQueue;
  recognition: Pick<Recognition, 'live' | 'cancel'>;
  changes: ChangeBus;
  originals: Pick<Originals, 'isMissing' | 'note'>;
}

/** Throws `not_found` for null. */
export const need = <T>(value: T | null, details: Record<string, string>): T => {
  if (value === null) throw new EmergenceError('not_found', details);
  return value;
};

/** The functions for documents and collections that every part of the library needs. */
export interface LibraryContext {
  /** A live document with the present state of its job. Throws `not_found`. */
  document(id: string): LibraryDocument;
  /** A stored document as it is shown: with the present state of its job and its original. */
  shown(document: StoredDocument): LibraryDocument;
  /** To be called when the bytes of an original came in again. */
  originalIsBack(hash: string): void;
  /** Throws `not_found`. */
  collection(id: string): Collection;
  /** Queues a version to be parsed again; inside a transaction, then `queue.wake`. */
  readAgain(versionId: string, documentId: string, title: string): void;
  /** Announces that a document, and with it the counts of collections, changed. */
  published(id: string): void;
}

export const createLibraryContext = ({ db, queue, recognition, changes, originals }: LibraryContextDeps): LibraryContext => {
  const shown = ({ blobHash, ...document }: StoredDocument): LibraryDocument => ({
    ...document,
    job: document.job ? recognition.live(queue.live(document.job)) : null,
    originalMissing: originals.isMissing(blobHash),
  });
  return {
    shown,
    originalIsBack: (hash) => originals.note(hash, false),
    document: (id) => shown(need(documentById(db, id), { documentId: id })),
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
