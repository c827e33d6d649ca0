import { Readable } from 'node:stream';
import { blobByHash, insertBlob } from '@main/store/blobs';
import { addToCollection, collectionById } from '@main/store/collections';
import { documentById, documentsOfSource, documentsWithBlob, insertDocument } from '@main/store/documents';
import { insertVersion } from '@main/store/documentVersions';
import { closeUpload, deleteOldUploads, insertUpload, uploadById } from '@main/store/uploads';
import { maxFileBytes } from '@shared/contract/library';
import { EmergenceError, type LibraryDocument, newId, toEmergenceError } from '@shared/model';
import type { Blobs } from './blobs';
import { need, type Shelf, type ShelfDeps } from './shelf';
import { cleanSource, keyOfPath, keyOfSource, mimeOfSource, titleOfSource } from './sources';
import { walkFiles } from './walkFiles';

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

/** The ways in: uploads, files of this machine, pasted texts. */
export const createIntake = ({ db, queue, changes, blobs, shelf, now }: ShelfDeps & { blobs: Blobs; shelf: Shelf; now: () => number }) => {
  const receiving = new Map<string, Promise<LibraryDocument>>();

  /** The document that these bytes belong to: a known one, or a new version of one, or a new one. Inside a transaction. */
  const place = (file: TakeIn, collectionId: string | null): string => {
    insertBlob(db, { hash: file.hash, size: file.size, mime: mimeOfSource(file.source) }, now());
    const same = documentsWithBlob(db, file.hash);
    const known = same.find((candidate) => candidate.sourceKey === file.sourceKey) ?? same[0];
    if (known) {
      if (collectionId) addToCollection(db, known.id, collectionId);
      if (known.state === 'failed' || known.state === 'cancelled') shelf.readAgain(known.versionId, known.id, titleOfSource(file.source));
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

  /**
   * Decides what a stored file is: known bytes are a no-op that also joins the collection (and tries a failed reading
   * again), a known source gets a new version, anything else is a new document. One transaction, the end of its upload
   * included, so that a crash leaves a document with its job or nothing.
   */
  const takeIn = (file: TakeIn, uploadId: string | null = null): LibraryDocument => {
    const collectionId = file.collectionId === null ? null : shelf.collection(file.collectionId).id;
    // Forgetting a document with the same bytes took them away a moment ago: sent again, they come in.
    if (!blobs.has(file.hash)) throw new EmergenceError('document.unreadable', { reason: 'original_missing' });
    const id = db.transaction((): string => {
      const placed = place(file, collectionId);
      if (uploadId) closeUpload(db, uploadId, placed);
      return placed;
    })();
    // Told and begun only once it is written.
    shelf.published(id);
    changes.publish('job');
    queue.wake();
    return shelf.document(id);
  };

  /** A collection that was removed meanwhile: the file still comes in, without it. */
  const existing = (collectionId: string | null): string | null => (collectionId && collectionById(db, collectionId) ? collectionId : null);

  /** Stores bytes and takes them in; bytes that nothing came of do not stay. */
  const store = async (
    write: Promise<{ hash: string; size: number }>,
    take: (stored: { hash: string; size: number }) => LibraryDocument,
  ): Promise<LibraryDocument> => {
    const stored = await write;
    try {
      return take(stored);
    } catch (error) {
      if (!blobByHash(db, stored.hash)) blobs.remove(stored.hash);
      throw error;
    }
  };

  const receive = async (uploadId: string, bytes: AsyncIterable<Uint8Array>): Promise<LibraryDocument> => {
    const upload = need(uploadById(db, uploadId), { uploadId });
    if (upload.state === 'done' && upload.documentId) return shelf.document(upload.documentId);
    const { source, sourceKey } = upload;
    return store(blobs.write(bytes, { maxBytes: maxFileBytes }), ({ hash, size }) => {
      if (size !== upload.size) throw new EmergenceError('input.invalid', { reason: 'size', expected: upload.size, received: size });
      return takeIn({ hash, size, source, sourceKey, collectionId: existing(upload.collectionId) }, uploadId);
    });
  };

  return {
    takeIn,
    beginUploads: (collectionId: string | null, files: readonly { uploadId: string; source: string; size: number }[]): void => {
      if (collectionId) shelf.collection(collectionId);
      db.transaction(() => {
        deleteOldUploads(db, now() - uploadsKeptMs);
        for (const { uploadId: id, source, size } of files)
          insertUpload(db, { id, collectionId, source: cleanSource(source), sourceKey: keyOfSource(source), size }, now());
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
      if (collectionId) shelf.collection(collectionId);
      let files = 0;
      let failure: EmergenceError | null = null;
      // What cannot be copied does not stop the rest; the first reason is told at the end.
      const note = (error: unknown): void => {
        const known = toEmergenceError(error);
        if (known.code === 'storage.full') throw known;
        failure ??= known.code === 'internal' ? new EmergenceError('document.unreadable', { reason: 'copy' }, { cause: error }) : known;
      };
      for await (const { path, source } of walkFiles(paths, note))
        try {
          await store(blobs.writeFile(path, { maxBytes: maxFileBytes }), (stored) =>
            takeIn({ ...stored, source: cleanSource(source), sourceKey: keyOfPath(path), collectionId: existing(collectionId) }),
          );
          files += 1;
        } catch (error) {
          note(error);
        }
      if (failure) throw told(failure, files);
      return { files };
    },
    /** Adds a text as a document under the client's id; the same id again is the same document. */
    addText: async (text: { id: string; title: string; text: string; collectionId: string | null }): Promise<LibraryDocument> => {
      const known = documentById(db, text.id, { deleted: true });
      // Sent again by a client that does not know that the document went to the bin meanwhile.
      if (known) return shelf.document(text.id);
      const bytes = Readable.from([Buffer.from(text.text, 'utf8')]);
      return store(blobs.write(bytes, { maxBytes: maxFileBytes }), (stored) =>
        takeIn({
          ...stored,
          source: `paste:${text.title}`,
          sourceKey: `paste:${text.id}`,
          collectionId: text.collectionId,
          documentId: text.id,
          title: text.title,
        }),
      );
    },
  };
};

const told = (failure: EmergenceError, taken: number): EmergenceError =>
  new EmergenceError(failure.code, { ...failure.details, taken }, { cause: failure });
