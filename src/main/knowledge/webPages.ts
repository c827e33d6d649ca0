import { createHash } from 'node:crypto';
import type { GuardedFetch } from '@main/network/guardedFetch';
import { pageError } from '@main/network/pageErrors';
import type { Helper } from '@main/processes/helper';
import type { IngestApi } from '@main/processes/ingest/api';
import { addToCollection } from '@main/store/collections';
import type { WritableDb } from '@main/store/database';
import { documentAtPlace } from '@main/store/documentPlaces';
import { documentById } from '@main/store/documents';
import { type FetchedPage, insertWebPage, newestForCheck, noteWebCheck } from '@main/store/webPages';
import { EmergenceError, type LibraryDocument, readWebAddress, toEmergenceError, type WebOutcome } from '@shared/model';
import type { Blobs } from './blobs';
import type { Intake } from './intake';
import { type LibraryContext, need } from './libraryContext';
import { pageFileOf } from './pageFile';
import { cleanName, keyOfAddress, mimeOfSource } from './sources';

export interface WebPagesDeps {
  db: WritableDb;
  blobs: Pick<Blobs, 'path'>;
  context: LibraryContext;
  intake: Pick<Intake, 'takeIn' | 'storeBytes'>;
  fetchPage: GuardedFetch;
  /** The process that reads a page before it is kept; not the one of the queue, which may be busy with a long document. */
  pages: Pick<Helper<IngestApi>, 'call'>;
  now: () => number;
}

interface Stored {
  hash: string;
  size: number;
  page: FetchedPage;
  isPage: boolean;
}
interface Read {
  title: string | null;
  textHash: string;
}
interface Taken {
  outcome: WebOutcome;
  document: LibraryDocument;
}

/** The most bytes of a page, and of a document that lies at an address. */
const most = { pageBytes: 10 * 1024 * 1024, fileBytes: 100 * 1024 * 1024 };
/** Milliseconds for reading a page. */
const readLimitMs = 60_000;

/** The pages of the web in the library: each is fetched when the person asks for it, and only then. */
export const createWebPages = ({ db, blobs, context, intake, fetchPage, pages, now }: WebPagesDeps) => {
  /** Fetches an address into the library's store; bytes that `take` does not keep are deleted. */
  const fetchInto = <Result>(
    address: string,
    signal: AbortSignal | undefined,
    take: (stored: Stored) => Promise<Result>,
  ): Promise<Result> =>
    fetchPage(address, { signal }, ({ address: finalAddress, headers, body }) => {
      const { isPage, ...file } = pageFileOf(headers, finalAddress);
      const bytes = body(isPage ? most.pageBytes : most.fileBytes);
      return intake.storeBytes(bytes, (stored) => take({ ...stored, isPage, page: { address, finalAddress, ...file } }));
    });

  /** The title and the hash of a page's main text. Throws where it has none; null for a document that lies at the address. */
  const readPage = async ({ hash, page, isPage }: Stored, signal: AbortSignal | undefined): Promise<Read | null> => {
    if (!isPage) return null;
    const { fileName, charset } = page;
    const { text, title } = await pages.call(
      'parse',
      { path: blobs.path(hash), fileName, page: { charset } },
      { ...(signal && { signal }), killOnAbort: true, timeLimitMs: readLimitMs, killOnTimeout: true, timeoutCode: 'document.time_limit' },
    );
    return { title: title && cleanName(title), textHash: createHash('sha256').update(text).digest('hex') };
  };

  /** Takes a fetched page in as a document, or as the next version of the one at its address. */
  const keep = ({ hash, size, page }: Stored, read: Read | null, documentId: string, collectionId: string | null): Taken => {
    let known = false;
    const outcome = documentById(db, documentId) ? 'version' : 'added';
    const file = {
      source: page.address,
      sourceKey: keyOfAddress(page.address),
      mime: mimeOfSource(page.fileName),
      ownTitle: read?.title ?? null,
    };
    const document = intake.takeIn({ hash, size, ...file, collectionId, documentId, apart: true }, (placed) => {
      known = placed.known;
      if (known) noteWebCheck(db, placed.versionId, null, now());
      else insertWebPage(db, placed.versionId, page, now());
    });
    return { outcome: known ? 'unchanged' : outcome, document };
  };

  /** Fetches the page of a document again. A new version comes only of another main text; what fails changes nothing but the note. */
  const checkWebPage = async (documentId: string, signal?: AbortSignal): Promise<Taken> => {
    const newest = need(newestForCheck(db, documentId), { documentId });
    const { address } = newest;
    if (address === null) throw new EmergenceError('input.invalid', { reason: 'no_address' });
    try {
      return await fetchInto(address, signal, async (stored): Promise<Taken> => {
        const read = await readPage(stored, signal);
        if (read === null || read.textHash !== newest.textHash) return keep(stored, read, documentId, null);
        noteWebCheck(db, newest.versionId, null, now());
        context.published(documentId);
        return { outcome: 'unchanged', document: context.document(documentId) };
      });
    } catch (error) {
      const known = toEmergenceError(error);
      if (known.code !== 'cancelled') {
        noteWebCheck(db, newest.versionId, known.toRecord(), now());
        context.published(documentId);
      }
      throw known;
    }
  };

  return {
    checkWebPage,
    /**
     * Fetches an address that the person named and keeps what lies there as a document, with an id from the client. An address that is
     * in the library already is checked again. Throws `page.failed` or `document.*`, and keeps nothing then.
     */
    addWebPage: async (
      { id, address: typed, collectionId }: { id: string; address: string; collectionId: string | null },
      signal?: AbortSignal,
    ): Promise<Taken> => {
      const address = readWebAddress(typed);
      if (address === null) throw pageError('address');
      if (documentById(db, id, { deleted: true })) return { outcome: 'unchanged', document: context.document(id) };
      const collection = collectionId === null ? null : context.collection(collectionId).id;
      const known = documentAtPlace(db, keyOfAddress(address));
      if (!known) return fetchInto(address, signal, async (stored) => keep(stored, await readPage(stored, signal), id, collection));
      if (collection) {
        addToCollection(db, known.documentId, collection);
        context.published(known.documentId);
      }
      return checkWebPage(known.documentId, signal);
    },
  };
};
