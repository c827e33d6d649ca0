import { Readable } from 'node:stream';
import type { Helper } from '@main/processes/caller';
import type { SearchApi } from '@main/processes/search/api';
import { backupsHoldUntil } from '@main/store/backup';
import { blobByHash, blobBytes, deleteUnusedBlobs, insertBlob } from '@main/store/blobs';
import type { ChangeBus } from '@main/store/changes';
import {
  addToCollection,
  collectionById,
  deleteCollection,
  insertCollection,
  listCollections,
  renameCollection,
  setCollections,
} from '@main/store/collections';
import type { WritableDb } from '@main/store/database';
import {
  countLibrary,
  type DocumentListRequest,
  deleteDocument,
  documentById,
  documentsOfSource,
  documentsWithBlob,
  insertDocument,
  listDocuments,
  renameDocument,
  setDocumentDeleted,
} from '@main/store/documents';
import { insertVersion, listVersions, setVersionState, versionById } from '@main/store/documentVersions';
import { versionSpans, versionText } from '@main/store/parsedVersions';
import { closeUpload, deleteOldUploads, insertUpload, uploadById } from '@main/store/uploads';
import { maxFileBytes } from '@shared/contract/library';
import {
  type Collection,
  type DocumentVersion,
  EmergenceError,
  type Job,
  type LibraryDocument,
  newId,
  type Span,
  toEmergenceError,
} from '@shared/model';
import type { Blobs } from './blobs';
import type { IngestQueue } from './ingestQueue';
import { cleanSource, fileNameOfSource, keyOfPath, keyOfSource, mimeOfSource, titleOfSource } from './sources';
import { walkFiles } from './walkFiles';

export interface LibraryDeps {
  db: WritableDb;
  dataFolder: string;
  blobs: Blobs;
  queue: IngestQueue;
  search: Pick<Helper<SearchApi>, 'call'>;
  changes: ChangeBus;
  now: () => number;
}

export interface LibraryStats {
  documents: number;
  passages: number;
  indexBytes: number;
  originalsBytes: number;
  ready: number;
  working: number;
  failed: number;
}

export interface TextSlice {
  version: DocumentVersion;
  title: string;
  text: string;
  start: number;
  characters: number;
  spans: Span[];
}

export interface TakeIn {
  hash: string;
  size: number;
  /** As shown: file name with its relative folder, or `paste:<title>`. */
  source: string;
  /** What makes a later drop the same document. */
  sourceKey: string;
  collectionId: string | null;
  /** Made by the client where it names the document beforehand. */
  documentId?: string;
  title?: string;
}

const uploadsKeptMs = 7 * 86_400_000;

/** Collections, documents and their versions: everything the person does with the library except searching it. */
export const createLibrary = ({ db, dataFolder, blobs, queue, search, changes, now }: LibraryDeps) => {
  const receiving = new Map<string, Promise<LibraryDocument>>();

  const need = <T>(value: T | null, details: Record<string, string> = {}): T => {
    if (value === null) throw new EmergenceError('not_found', details);
    return value;
  };
  const withLiveJob = (document: LibraryDocument): LibraryDocument =>
    document.job ? { ...document, job: queue.live(document.job) } : document;
  const document = (id: string): LibraryDocument => withLiveJob(need(documentById(db, id), { documentId: id }));
  const collection = (id: string): Collection => need(collectionById(db, id), { collectionId: id });

  const enqueue = (versionId: string, documentId: string, title: string): void => {
    setVersionState(db, versionId, 'pending', null);
    queue.add(versionId, documentId, title);
  };

  /**
   * Decides what a stored file is: known bytes are a no-op that also joins the collection (and tries a failed reading
   * again), a known source gets a new version, anything else is a new document. One transaction, the end of its upload
   * included, so that a crash leaves a document with its job or nothing.
   */
  const takeIn = (file: TakeIn, uploadId: string | null = null): LibraryDocument => {
    const collectionId = file.collectionId === null ? null : collection(file.collectionId).id;
    // Forgetting a document with the same bytes took them away a moment ago: sent again, they come in.
    if (!blobs.has(file.hash)) throw new EmergenceError('document.unreadable', { reason: 'original_missing' });
    const store = (): string => {
      insertBlob(db, { hash: file.hash, size: file.size, mime: mimeOfSource(file.source) }, now());
      const same = documentsWithBlob(db, file.hash);
      const known = same.find((candidate) => candidate.sourceKey === file.sourceKey) ?? same[0];
      if (known) {
        if (collectionId) addToCollection(db, known.id, collectionId);
        if (known.state === 'failed' || known.state === 'cancelled') enqueue(known.versionId, known.id, titleOfSource(file.source));
        return known.id;
      }
      // The same name in another collection is another document.
      const earlier = documentsOfSource(db, file.sourceKey).find(
        ({ collections }) => collectionId === null || collections.length === 0 || collections.includes(collectionId),
      );
      const documentId = earlier?.id ?? file.documentId ?? newId();
      const title = earlier?.title ?? file.title ?? titleOfSource(file.source);
      if (!earlier) insertDocument(db, { id: documentId, title, source: file.source, sourceKey: file.sourceKey }, now());
      if (collectionId) addToCollection(db, documentId, collectionId);
      const versionId = newId();
      insertVersion(db, { id: versionId, documentId, blobHash: file.hash, size: file.size, mime: mimeOfSource(file.source) }, now());
      queue.add(versionId, documentId, title);
      return documentId;
    };
    const id = db.transaction((): string => {
      const stored = store();
      if (uploadId) closeUpload(db, uploadId, stored);
      return stored;
    })();
    // Told and begun only once it is written.
    changes.publish('document', id);
    changes.publish('collection');
    changes.publish('job');
    queue.wake();
    return document(id);
  };

  const receive = async (uploadId: string, bytes: AsyncIterable<Uint8Array>): Promise<LibraryDocument> => {
    const upload = need(uploadById(db, uploadId), { uploadId });
    if (upload.state === 'done' && upload.documentId) return document(upload.documentId);
    const { hash, size } = await blobs.write(bytes, { maxBytes: maxFileBytes });
    if (size !== upload.size) throw new EmergenceError('input.invalid', { reason: 'size', expected: upload.size, received: size });
    return takeIn(
      { hash, size, source: upload.source, sourceKey: upload.sourceKey, collectionId: existing(upload.collectionId) },
      uploadId,
    );
  };
  /** A collection that was removed meanwhile: the file still comes in, without it. */
  const existing = (collectionId: string | null): string | null => (collectionId && collectionById(db, collectionId) ? collectionId : null);

  const publishDocument = (id: string): void => {
    changes.publish('document', id);
    changes.publish('collection');
  };

  return {
    collections: (): Collection[] => listCollections(db),
    createCollection: ({ id, name, origin = 'person' }: { id: string; name: string; origin?: Collection['origin'] }): Collection => {
      insertCollection(db, { id, name, origin }, now());
      changes.publish('collection', id);
      return collection(id);
    },
    renameCollection: (id: string, name: string): Collection => {
      renameCollection(db, id, name);
      changes.publish('collection', id);
      return collection(id);
    },
    removeCollection: (id: string): void => {
      if (!deleteCollection(db, id)) throw new EmergenceError('not_found', { collectionId: id });
      changes.publish('collection', id);
      changes.publish('document');
    },

    documents: (request: DocumentListRequest) => {
      const { items, ...rest } = listDocuments(db, request);
      return { items: items.map(withLiveJob), ...rest };
    },
    document,
    versions: (documentId: string): DocumentVersion[] => {
      document(documentId);
      return listVersions(db, documentId);
    },
    rename: (id: string, title: string): LibraryDocument => {
      if (!renameDocument(db, id, title, now())) throw new EmergenceError('not_found', { documentId: id });
      publishDocument(id);
      return document(id);
    },
    assign: (ids: readonly string[], collectionIds: readonly string[]): void => {
      db.transaction(() => {
        for (const id of collectionIds) collection(id);
        for (const id of ids) setCollections(db, document(id).id, collectionIds);
      })();
      changes.publish('document', ...ids);
      changes.publish('collection');
    },

    /** Out of sight and search at once; `restore` brings it back. A running reading of it is cancelled. */
    remove: async (id: string): Promise<void> => {
      const { job } = document(id);
      setDocumentDeleted(db, id, now());
      publishDocument(id);
      if (job) await queue.cancel([job.id]);
    },
    restore: (id: string): LibraryDocument => {
      need(documentById(db, id, { deleted: true }), { documentId: id });
      setDocumentDeleted(db, id, null);
      const restored = document(id);
      const latest = listVersions(db, id)[0];
      if (latest && (latest.state === 'cancelled' || latest.state === 'pending')) {
        db.transaction(() => enqueue(latest.id, id, restored.title))();
        queue.wake();
      }
      publishDocument(id);
      return document(id);
    },
    /**
     * Deletes a document for good: index, database (quotes of it in citations included), originals. Returns until when
     * backups keep it. The index goes first: if the search process cannot do it, nothing is reported as forgotten.
     */
    forget: async (id: string): Promise<{ backupsUntil: number | null }> => {
      const { job } = need(documentById(db, id, { deleted: true }), { documentId: id });
      setDocumentDeleted(db, id, now());
      publishDocument(id);
      if (job) await queue.cancel([job.id]);
      await search.call(
        'removeVersions',
        { versionIds: listVersions(db, id).map((version) => version.id) },
        { timeLimitMs: 60_000, timeoutCode: 'search.unavailable' },
      );
      const unused = db.transaction(() => deleteUnusedBlobs(db, deleteDocument(db, id)))();
      // The same bytes may have been dropped again since the first of them was removed.
      for (const hash of unused) if (!blobByHash(db, hash)) blobs.remove(hash);
      // Freed pages are overwritten by secure_delete; the log may still hold the old ones until it is folded in.
      db.pragma('wal_checkpoint(TRUNCATE)');
      publishDocument(id);
      return { backupsUntil: backupsHoldUntil(dataFolder) };
    },

    takeIn,
    beginUploads: (collectionId: string | null, files: readonly { uploadId: string; source: string; size: number }[]): void => {
      if (collectionId) collection(collectionId);
      db.transaction(() => {
        deleteOldUploads(db, now() - uploadsKeptMs);
        for (const file of files)
          insertUpload(
            db,
            { id: file.uploadId, collectionId, source: cleanSource(file.source), sourceKey: keyOfSource(file.source), size: file.size },
            now(),
          );
      })();
    },
    /**
     * Takes an announced upload's bytes. The same id again returns the document of the first time; a cut upload can be
     * sent again from its beginning.
     */
    receiveUpload: async (uploadId: string, bytes: AsyncIterable<Uint8Array>): Promise<LibraryDocument> => {
      const first = receiving.get(uploadId);
      if (first) return first;
      const current = receive(uploadId, bytes).finally(() => receiving.delete(uploadId));
      receiving.set(uploadId, current);
      return current;
    },
    /** Takes in files and folders of this machine (Electron's grants). Hidden and system files in folders are passed over. */
    importFiles: async (paths: readonly string[], collectionId: string | null): Promise<{ files: number }> => {
      if (collectionId) collection(collectionId);
      let files = 0;
      let failure: EmergenceError | null = null;
      for await (const file of walkFiles(paths))
        try {
          const { hash, size } = await blobs.writeFile(file.path, { maxBytes: maxFileBytes });
          takeIn({ hash, size, source: cleanSource(file.source), sourceKey: keyOfPath(file.path), collectionId: existing(collectionId) });
          files += 1;
        } catch (error) {
          const known = toEmergenceError(error);
          if (known.code === 'storage.full') throw known;
          // One file that cannot be copied does not stop the rest; the first reason is told at the end.
          failure ??= known.code === 'internal' ? new EmergenceError('document.unreadable', { reason: 'copy' }, { cause: error }) : known;
        }
      if (failure) throw new EmergenceError(failure.code, { ...failure.details, taken: files }, { cause: failure });
      return { files };
    },
    /** Adds a text as a document under the client's id; the same id again is the same document. */
    addText: async (text: { id: string; title: string; text: string; collectionId: string | null }): Promise<LibraryDocument> => {
      const known = documentById(db, text.id, { deleted: true });
      // Sent again by a client that does not know that the document went to the bin meanwhile.
      if (known && !documentById(db, text.id)) throw new EmergenceError('not_found', { documentId: text.id });
      if (known) return withLiveJob(known);
      const { hash, size } = await blobs.write(Readable.from([Buffer.from(text.text, 'utf8')]), { maxBytes: maxFileBytes });
      return takeIn({
        hash,
        size,
        source: `paste:${text.title}`,
        sourceKey: `paste:${text.id}`,
        collectionId: text.collectionId,
        documentId: text.id,
        title: text.title,
      });
    },

    jobs: (): Job[] => queue.jobs(),
    cancel: (jobIds: readonly string[]): Promise<void> => queue.cancel(jobIds),
    /** Reads the newest version again where that failed or was cancelled; else nothing changes. */
    retry: (id: string): LibraryDocument => {
      const { title } = document(id);
      const latest = listVersions(db, id)[0];
      if (latest && (latest.state === 'failed' || latest.state === 'cancelled')) {
        db.transaction(() => enqueue(latest.id, id, title))();
        publishDocument(id);
        changes.publish('job');
        queue.wake();
      }
      return document(id);
    },
    /** Index bytes are 0 while the search process is starting. */
    stats: async (): Promise<LibraryStats> => ({
      ...countLibrary(db),
      originalsBytes: blobBytes(db),
      indexBytes: await search.call('status', undefined, { timeLimitMs: 1_000, timeoutCode: 'search.unavailable' }).then(
        (status) => status.bytes,
        (error: unknown) => {
          if (error instanceof EmergenceError && (error.code === 'search.unavailable' || error.code === 'process.died')) return 0;
          throw error;
        },
      ),
    }),

    /** A slice of a version's text, in UTF-16 units, with the spans that touch it. Throws `not_found` while it is not read. */
    text: (versionId: string, start: number, length: number): TextSlice => {
      const version = need(versionById(db, versionId), { versionId });
      const characters = need(version.characters, { versionId });
      const from = Math.min(start, characters);
      const to = Math.min(characters, from + length);
      const { title } = need(documentById(db, version.documentId, { deleted: true }), { versionId });
      return {
        version,
        title,
        text: versionText(db, versionId, from, to),
        start: from,
        characters,
        spans: versionSpans(db, versionId, from, to),
      };
    },
    /** What the host needs to hand out a version's original. */
    originalFile: (versionId: string): { path: string; mime: string; fileName: string; bytes: number } => {
      const version = need(versionById(db, versionId), { versionId });
      const blob = need(blobByHash(db, version.blobHash), { versionId });
      const { source, title } = need(documentById(db, version.documentId, { deleted: true }), { versionId });
      const fileName = source.startsWith('paste:') ? `${title.replace(/[/\\:*?"<>|]/g, ' ')}.md` : fileNameOfSource(source);
      return { path: blobs.path(blob.hash), mime: version.mime, fileName, bytes: blob.size };
    },
  };
};
export type Library = ReturnType<typeof createLibrary>;
