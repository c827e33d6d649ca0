import { isUtf8 } from 'node:buffer';
import { closeSync, openSync, readSync } from 'node:fs';
import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { blobByHash, insertBlob, unCondemn } from '@main/store/blobOwners';
import { addToCollection, collectionById } from '@main/store/collections';
import { addPlace, documentAtPlace, firstPlace } from '@main/store/documentPlaces';
import { documentById, documentsWithBlob, insertDocument } from '@main/store/documents';
import { titleOfSource } from '@main/store/documentTitles';
import { encodingBefore, insertVersion, setEncoding, versionById } from '@main/store/documentVersions';
import { closeUpload, deleteOldUploads, insertUpload, refuseUpload, uploadById } from '@main/store/uploads';
import { copyWebPage } from '@main/store/webPages';
import type { Logger } from '@main/telemetry/telemetry';
import { maxFileBytes } from '@shared/contract/library';
import { type DocumentVersion, EmergenceError, type FileProblem, type LibraryDocument, newId, toEmergenceError } from '@shared/model';
import type { Blobs } from './blobs';
import { toFileError } from './fileErrors';
import { keepOtherPlaces } from './keepOtherPlaces';
import { type LibraryContext, type LibraryContextDeps, need } from './libraryContext';
import { cleanSource, keyOfPath, keyOfSource, mimeOfSource } from './sources';
import { walkFiles } from './walkFiles';

export interface TakeIn {
  hash: string;
  size: number;
  /** The shown name: file name with its relative folder, or `paste:<title>`. */
  source: string;
  /** The identity of the file's place: its hashed path where the path is known, else its name. */
  sourceKey: string;
  collectionId: string | null;
  /** Given where the source is no file name, whose ending would say it. */
  mime?: string;
  /** Given where the client names the document beforehand. */
  documentId?: string;
  title?: string;
  /** The title that the text gives itself, where it is known already. */
  ownTitle?: string | null;
  /** The document for which the person chose the file. */
  into?: string | null;
  /** True where a file with the same bytes at another place is another document. */
  apart?: boolean;
}

interface Placed {
  documentId: string;
  versionId: string;
  /** True when the bytes were stored already. */
  known: boolean;
}

const typeOf = ({ mime, source }: TakeIn): string => mime ?? mimeOfSource(source);

const uploadsKeptMs = 7 * 86_400_000;
/** A file that is just being saved is complete after this time. */
const copyAgainMs = 400;

export interface AnnouncedFile {
  uploadId: string;
  source: string;
  size: number;
  /** Why the sender cannot read it. */
  problem?: FileProblem;
}

/** The files that came in together, and the document for which they were chosen, if any. */
export interface Drop {
  dropId?: string | null;
  into?: string | null;
}
const noDrop: Drop = {};

/** How much of a file tells if it is UTF-8. */
const toldBy = 65_536;

/** True for a file whose beginning is UTF-8 and more than ASCII: no other encoding that a person may have chosen gives that by chance. */
const isSurelyUtf8 = (path: string): boolean => {
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(toldBy);
    const read = bytes.subarray(0, readSync(file, bytes, 0, toldBy, 0));
    // The last sign may be cut.
    const whole = read.length < toldBy ? read : read.subarray(0, read.findLastIndex((byte) => byte < 0x80) + 1);
    return isUtf8(whole) && whole.some((byte) => byte >= 0x80);
  } finally {
    closeSync(file);
  }
};

/** The ways into the library: uploads, files of this machine, pasted texts. */
export const createIntake = ({
  db,
  queue,
  changes,
  blobs,
  context,
  log,
  now,
}: LibraryContextDeps & { blobs: Blobs; context: LibraryContext; log: Pick<Logger, 'warn'>; now: () => number }) => {
  const receiving = new Map<string, Promise<LibraryDocument>>();

  /** Adds bytes as the next version of a document, to be parsed. To be called inside a transaction. */
  const addVersion = (documentId: string, file: TakeIn, decision: DocumentVersion['decision'], title: string): string => {
    const id = newId();
    insertVersion(db, { id, documentId, blobHash: file.hash, size: file.size, mime: typeOf(file), decision }, now());
    addPlace(db, id, { key: file.sourceKey, source: file.source }, now());
    const encoding = encodingBefore(db, id);
    if (encoding && !isSurelyUtf8(blobs.path(file.hash))) setEncoding(db, id, encoding);
    queue.add(id, documentId, title);
    return id;
  };

  /**
   * Stores a new version for a file that was changed. If the same bytes lie at other places too, these keep the old bytes and
   * become a document of their own.
   */
  const replace = (documentId: string, file: TakeIn): string => {
    keepOtherPlaces(db, documentId, { keys: [file.sourceKey], source: '' }, now());
    const document = documentById(db, documentId);
    return addVersion(documentId, file, 'place', document?.title ?? titleOfSource(file.source));
  };

  /**
   * Decides to which document bytes belong: the one with the same bytes, the one at their place, the one that the person named, or
   * a new one for now. To be called inside a transaction.
   */
  const place = (file: TakeIn, collectionId: string | null): Placed => {
    insertBlob(db, { hash: file.hash, size: file.size, mime: typeOf(file) }, now());
    unCondemn(db, file.hash);
    const join = (documentId: string): void => {
      if (collectionId) addToCollection(db, documentId, collectionId);
    };
    const at = documentAtPlace(db, file.sourceKey);
    const isPath = !file.sourceKey.startsWith('name:');
    const known = documentsWithBlob(db, file.hash);
    const mine = known.find(({ id }) => id === (file.into ?? at?.documentId));
    // The same bytes elsewhere are another place of one document, except empty files, which have nothing in common.
    const same = mine ?? (file.size > 0 && !file.into && !file.apart && !(at && isPath) ? known[0] : undefined);
    if (same) {
      join(same.id);
      addPlace(db, same.versionId, { key: file.sourceKey, source: file.source }, now());
      if (same.state === 'failed' || same.state === 'cancelled') context.readAgain(same.versionId, same.id, titleOfSource(file.source));
      return { documentId: same.id, versionId: same.versionId, known: true };
    }
    if (file.into) {
      join(file.into);
      const title = documentById(db, file.into)?.title ?? titleOfSource(file.source);
      // The file was chosen for the whole document: none of its places keeps the old bytes.
      return { documentId: file.into, versionId: addVersion(file.into, file, 'person', title), known: false };
    }
    if (at && isPath) {
      join(at.documentId);
      return { documentId: at.documentId, versionId: replace(at.documentId, file), known: false };
    }
    const documentId = file.documentId ?? newId();
    const title = file.title ?? file.ownTitle ?? titleOfSource(file.source);
    insertDocument(db, { id: documentId, title, source: file.source, titleOrigin: file.title ? 'person' : 'program' }, now());
    join(documentId);
    // For a file known by its name alone, the document is decided once its text is parsed.
    return { documentId, versionId: addVersion(documentId, file, file.documentId || file.apart ? 'own' : 'open', title), known: false };
  };

  /**
   * Takes a stored file into the library: known bytes change nothing but join the collection (and a failed ingestion is retried), a
   * known place gets a new version, any other file is a new document until its text decides otherwise. One transaction, the end of
   * its upload included, so that a crash leaves a document with its job or nothing.
   */
  const takeIn = (file: TakeIn, end: (placed: Placed) => void = () => {}): LibraryDocument => {
    const collectionId = file.collectionId === null ? null : context.collection(file.collectionId).id;
    // Forgetting a document with the same bytes has just deleted them: sent again, they are accepted.
    if (!blobs.has(file.hash)) throw new EmergenceError('document.unreadable', { reason: 'original_missing' });
    const placed = db.transaction((): Placed => {
      const where = place(file, collectionId);
      end(where);
      return where;
    })();
    // Published and started only once it is stored.
    context.originalIsBack(file.hash);
    context.published(placed.documentId);
    changes.publish('job');
    queue.wake();
    return context.document(placed.documentId);
  };

  /** The collection may have been removed meanwhile: the file is then taken in without it. */
  const existing = (collectionId: string | null): string | null => (collectionId && collectionById(db, collectionId) ? collectionId : null);
  const existingDocument = (id: string | null): string | null => (id && documentById(db, id) ? id : null);

  /** Stores bytes and takes them in; deletes the bytes if that fails. */
  const store = async (
    write: Promise<{ hash: string; size: number }>,
    take: (stored: { hash: string; size: number }) => LibraryDocument | Promise<LibraryDocument>,
  ): Promise<LibraryDocument> => {
    const stored = await write;
    try {
      return await take(stored);
    } catch (error) {
      if (!blobByHash(db, stored.hash)) blobs.remove(stored.hash);
      throw error;
    }
  };

  /** Stores why a file was refused, for the summary of its drop and for "Needs attention". */
  const refuse = (uploadId: string, error: EmergenceError): void => {
    try {
      refuseUpload(db, uploadId, error.toRecord());
      changes.publish('job');
    } catch (writeError) {
      // The disk is full: the caller gets the error all the same.
      log.warn({ err: writeError }, 'a refusal could not be stored');
    }
  };

  const receive = async (uploadId: string, bytes: AsyncIterable<Uint8Array>, announced?: number): Promise<LibraryDocument> => {
    const upload = need(uploadById(db, uploadId), { uploadId });
    if (upload.state === 'done' && upload.documentId) return context.document(upload.documentId);
    const { source, size } = upload;
    const wrongSize = (received: number): EmergenceError =>
      new EmergenceError('input.invalid', { reason: 'size', expected: size, received });
    try {
      if (size > maxFileBytes) throw new EmergenceError('document.too_large', { maxBytes: maxFileBytes });
      if (announced !== undefined && announced !== size) throw wrongSize(announced);
      return await store(blobs.write(arriving(bytes), { maxBytes: size, tooMany: () => wrongSize(size + 1) }), (stored) => {
        if (stored.size !== size) throw wrongSize(stored.size);
        const place = { source, sourceKey: keyOfSource(source), into: existingDocument(upload.into) };
        const file = { ...stored, ...place, collectionId: existing(upload.collectionId) };
        return takeIn(file, (placed) => closeUpload(db, uploadId, placed));
      });
    } catch (error) {
      const known = toEmergenceError(error);
      // An upload that was cut may be sent again; a refused one stays refused until it is sent again.
      if (known.code !== 'cancelled' && known.details.reason !== 'cut') refuse(uploadId, known);
      throw known;
    }
  };

  /** Copies a file of this machine into the library; one that changed meanwhile is copied once more. */
  const copy = async (path: string | Buffer): Promise<{ hash: string; size: number }> => {
    try {
      return await blobs.writeFile(path, { maxBytes: maxFileBytes });
    } catch (error) {
      if (toEmergenceError(error).details.reason !== 'changed') throw error;
      await wait(copyAgainMs);
      return blobs.writeFile(path, { maxBytes: maxFileBytes });
    }
  };

  return {
    takeIn,
    /** Stores a file that never arrived, with the reason, for "Needs attention". */
    turnDown: (source: string, collectionId: string | null, error: EmergenceError): void => {
      const id = newId();
      insertUpload(db, { id, collectionId: existing(collectionId), source: cleanSource(source), size: 0, ownerKind: 'version' }, now());
      refuse(id, error);
    },
    /** Copies a file of this machine into the library's store; `take` decides what is done with it. */
    storeFile: (
      path: string | Buffer,
      take: (stored: { hash: string; size: number }) => LibraryDocument | Promise<LibraryDocument>,
    ): Promise<LibraryDocument> => store(copy(path), take),
    /** Stores bytes on their way into the library's store; deletes them where `take` kept none of them. */
    storeBytes: async <Result>(
      bytes: AsyncIterable<Uint8Array>,
      take: (stored: { hash: string; size: number }) => Promise<Result>,
    ): Promise<Result> => {
      const stored = await blobs.write(bytes, { maxBytes: maxFileBytes });
      try {
        return await take(stored);
      } finally {
        if (!blobByHash(db, stored.hash)) blobs.remove(stored.hash);
      }
    },
    /** Makes the bytes of a past version the newest version; of the newest one nothing changes. Throws `not_found`. */
    restoreVersion: (versionId: string): LibraryDocument => {
      const { id, documentId, blobHash, size, source, mime, encoding } = need(versionById(db, versionId), { versionId });
      const { title } = context.document(documentId);
      const key = firstPlace(db, id)?.key ?? keyOfSource(source);
      return takeIn({ hash: blobHash, size, source, sourceKey: key, mime, collectionId: null, into: documentId, title }, (placed) => {
        if (placed.known) return;
        copyWebPage(db, id, placed.versionId);
        setEncoding(db, placed.versionId, encoding);
      });
    },
    /** Copies a file of this machine into the library under the place given, and takes it in. */
    takeFile: (path: string, file: Omit<TakeIn, 'hash' | 'size'>): Promise<LibraryDocument> =>
      store(copy(path), (stored) => takeIn({ ...file, ...stored, collectionId: existing(file.collectionId) })),
    /**
     * Announces files; those that cannot be taken in are refused at once, each by itself. Returns the ids of those whose bytes are
     * expected.
     */
    beginUploads: (collectionId: string | null, files: readonly AnnouncedFile[], drop: Drop = noDrop): string[] => {
      if (collectionId) context.collection(collectionId);
      const refused = new Set<string>();
      db.transaction(() => {
        deleteOldUploads(db, now() - uploadsKeptMs);
        for (const { uploadId: id, source, size, problem } of files) {
          insertUpload(db, { id, collectionId, source: cleanSource(source), size, ownerKind: 'version', ...drop }, now());
          const error = problem
            ? new EmergenceError('file.unreadable', { reason: problem })
            : size > maxFileBytes
              ? new EmergenceError('document.too_large', { maxBytes: maxFileBytes })
              : null;
          if (!error) continue;
          refused.add(id);
          refuseUpload(db, id, error.toRecord());
        }
      })();
      if (refused.size > 0) changes.publish('job');
      return files.map(({ uploadId }) => uploadId).filter((id) => !refused.has(id));
    },
    /**
     * Receives the bytes of an announced upload. The same id again returns the document of the first time; an upload that was cut
     * can be sent again from its beginning. `announced` is the length that the sender declared.
     */
    receiveUpload: async (uploadId: string, bytes: AsyncIterable<Uint8Array>, announced?: number): Promise<LibraryDocument> => {
      const first = receiving.get(uploadId);
      if (first) return first;
      const current = receive(uploadId, bytes, announced).finally(() => receiving.delete(uploadId));
      receiving.set(uploadId, current);
      return current;
    },
    /**
     * Takes in files and folders of this machine (Electron's grants). Hidden and system files in folders are skipped. A file that
     * cannot be copied is refused with its reason, and the rest continues. Throws when nothing can be stored any more.
     */
    importFiles: async (
      paths: readonly string[],
      collectionId: string | null,
      drop: Drop = noDrop,
    ): Promise<{ files: number; refused: number }> => {
      if (collectionId) context.collection(collectionId);
      const counts = { files: 0, refused: 0 };
      const arrive = (source: string, size: number): string => {
        const id = newId();
        insertUpload(db, { id, collectionId, source: cleanSource(source), size, ownerKind: 'version', ...drop }, now());
        return id;
      };
      const turnDown = (source: string, error: unknown): void => {
        const known = toFileError(error);
        if (known.code === 'storage.full' || known.code === 'storage.unwritable') throw known;
        counts.refused += 1;
        refuse(arrive(source, 0), known);
      };
      for await (const { path, source } of walkFiles(paths, (error, from) => turnDown(from, error)))
        try {
          await store(copy(path), (stored) => {
            const shown = cleanSource(source);
            const file = { ...stored, source: shown, sourceKey: keyOfPath(path), collectionId: existing(collectionId) };
            const into = existingDocument(drop.into ?? null);
            return takeIn({ ...file, into }, (placed) => closeUpload(db, arrive(source, stored.size), placed));
          });
          counts.files += 1;
        } catch (error) {
          turnDown(source, error);
        }
      return counts;
    },
    /** Adds a text as a document under the client's id; the same id again is the same document. */
    addText: async (text: { id: string; title: string; text: string; collectionId: string | null }): Promise<LibraryDocument> => {
      const known = documentById(db, text.id, { deleted: true });
      // Sent again by a client that does not know that the document was moved to the bin.
      if (known) return context.document(text.id);
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

export type Intake = ReturnType<typeof createIntake>;

/** Converts the errors of bytes on their way: a broken connection is no fault of the file, which can be sent again. */
async function* arriving(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* bytes;
  } catch (error) {
    throw new EmergenceError('input.invalid', { reason: 'cut' }, { cause: error });
  }
}
