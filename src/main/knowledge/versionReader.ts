import { blobByHash } from '@main/store/blobOwners';
import type { ReadableDb } from '@main/store/database';
import { documentById } from '@main/store/documents';
import { versionById } from '@main/store/documentVersions';
import { versionSpans, versionText } from '@main/store/parsedVersions';
import { webPageOf } from '@main/store/webPages';
import { type DocumentVersion, EmergenceError, endingOf, type OutlineEntry, type Span } from '@shared/model';
import type { Blobs } from './blobs';
import { need } from './libraryContext';
import type { Originals } from './originals';
import { outlineOf } from './outline';
import { fileNameOfSource } from './sources';

export interface TextSlice {
  version: DocumentVersion;
  title: string;
  text: string;
  start: number;
  characters: number;
  spans: Span[];
}

/**
 * Reads a version for the viewer: its text as it was indexed, and its original. Also for documents in the bin, which citations
 * open.
 */
export const createVersionReader = ({ db, blobs, originals }: { db: ReadableDb; blobs: Blobs; originals: Pick<Originals, 'note'> }) => ({
  /** A slice of a version's text, in UTF-16 units, with the spans that overlap it. Throws `not_found` while it is not parsed. */
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
  /** The headings of a version in their order, else its pages. Rejects with `not_found` while it is not parsed. */
  outline: async (versionId: string): Promise<OutlineEntry[]> => {
    const characters = need(need(versionById(db, versionId), { versionId }).characters, { versionId });
    return outlineOf(versionSpans(db, versionId, 0, characters), (start, end) => versionText(db, versionId, start, end));
  },
  /** The data with which the host serves a version's original. Throws `document.original_missing` where the file is missing. */
  originalFile: (versionId: string): { path: string; mime: string; fileName: string; bytes: number } => {
    const version = need(versionById(db, versionId), { versionId });
    const blob = need(blobByHash(db, version.blobHash), { versionId });
    const { title } = need(documentById(db, version.documentId, { deleted: true }), { versionId });
    const { source } = version;
    originals.note(blob.hash, !blobs.has(blob.hash));
    if (!blobs.has(blob.hash)) throw new EmergenceError('document.original_missing');
    const ownName = `${title.replace(/[/\\:*?"<>|]/g, ' ')}.`;
    const web = webPageOf(db, versionId);
    const fileName = source.startsWith('paste:') ? `${ownName}md` : web ? `${ownName}${endingOf(web.fileName)}` : fileNameOfSource(source);
    return { path: blobs.path(blob.hash), mime: version.mime, fileName, bytes: blob.size };
  },
});
