import type { Helper } from '@main/processes/helper';
import type { IngestApi } from '@main/processes/ingest/api';
import type { ChangeBus } from '@main/store/changes';
import type { WritableDb } from '@main/store/database';
import { listVersions, setEncoding } from '@main/store/documentVersions';
import { type DocumentVersion, EmergenceError, type Format, formats, type LibraryDocument, type TextEncoding } from '@shared/model';
import type { Blobs } from './blobs';
import type { IngestQueue } from './ingestQueue';
import { type LibraryContext, need } from './libraryContext';

export interface EncodingsDeps {
  db: WritableDb;
  blobs: Pick<Blobs, 'has' | 'path'>;
  queue: Pick<IngestQueue, 'wake'>;
  changes: ChangeBus;
  context: LibraryContext;
  pages: Pick<Helper<IngestApi>, 'call'>;
}

const readLimitMs = 20_000;

/** In which encoding the text of a document is read: found by the program, or chosen by the person where that is wrong or not sure. */
export const createEncodings = ({ db, blobs, queue, changes, context, pages }: EncodingsDeps) => {
  /** The newest version, where it is a text. Throws `conflict` for a format that says its encoding itself, and while it is being read. */
  const textVersion = (documentId: string): DocumentVersion => {
    const version = need(listVersions(db, context.document(documentId).id)[0] ?? null, { documentId });
    const format: Format | null = version.format && formats[version.format];
    if (format?.binary || version.state === 'pending') throw new EmergenceError('conflict', { reason: 'encoding' });
    if (!blobs.has(version.blobHash)) throw new EmergenceError('document.original_missing');
    return version;
  };
  return {
    /** The plausible readings of a document, the likeliest first, and the encoding that the person chose; null where the program did. */
    encodings: async (
      documentId: string,
    ): Promise<{ chosen: TextEncoding | null; readings: { encoding: TextEncoding; text: string }[] }> => {
      const { blobHash, encoding } = textVersion(documentId);
      const limit = { timeLimitMs: readLimitMs, timeoutCode: 'document.time_limit' } as const;
      return { chosen: encoding, readings: await pages.call('readings', { path: blobs.path(blobHash) }, limit) };
    },
    /** Reads a document again in an encoding; null lets the program find it. The choice stays with the version. */
    readIn: (documentId: string, encoding: TextEncoding | null): LibraryDocument => {
      const version = textVersion(documentId);
      const { title } = context.document(documentId);
      db.transaction(() => {
        setEncoding(db, version.id, encoding);
        context.readAgain(version.id, documentId, title);
      })();
      context.published(documentId);
      changes.publish('job');
      queue.wake();
      return context.document(documentId);
    },
  };
};
