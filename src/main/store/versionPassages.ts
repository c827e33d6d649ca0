import { documentFormats, type Passage } from '@shared/model';
import { z } from 'zod';
import type { ReadableDb } from './database';
import { readJson } from './json';
import { versionText } from './parsedVersions';
import { type PlaceRow, placeColumns, placeOfRow } from './places';

interface Row extends PlaceRow {
  ordinal: number;
  start: number;
  end: number;
}
const headingsSchema = z.array(z.string());

/** The version that is read as a whole, with the facts that say what was read. */
export interface ReadVersion {
  versionId: string;
  documentId: string;
  title: string;
  format: Passage['format'];
  pages: number | null;
  /** Pages of a scan whose text was not recognised. */
  unreadPages: number[];
}

const metaSchema = z.object({ unreadPages: z.array(z.number().int()).optional() });

/** A ready version of a live document; null where it is none. Without `versionId` the current one. */
export const readableVersion = (db: ReadableDb, documentId: string, versionId: string | null = null): ReadVersion | null => {
  const row = db
    .prepare<[string | null, string], { id: string; title: string; format: string | null; pages: number | null; meta: string }>(
      `SELECT v.id, d.title, v.format, v.pages, v.meta FROM documents d JOIN document_versions v ON v.id = coalesce(?, d.current_version)
       WHERE d.id = ? AND v.document_id = d.id AND d.deleted_at IS NULL AND v.state = 'ready' AND v.characters IS NOT NULL`,
    )
    .get(versionId, documentId);
  if (!row) return null;
  const format = documentFormats.find((one) => one === row.format) ?? null;
  const { unreadPages = [] } = readJson(metaSchema, row.meta, {}, `document_versions ${row.id}`);
  return { versionId: row.id, documentId, title: row.title, format, pages: row.pages, unreadPages };
};

/** The passages of a version after the one with the ordinal `after`, at most `most`, in the order of the text, and the last ordinal. */
export const passagesAfter = (
  db: ReadableDb,
  version: ReadVersion,
  after: number,
  most: number,
): { passages: Passage[]; last: number } | null => {
  const { versionId, documentId, title, format } = version;
  const rows = db
    .prepare<[string, number, number], Row>(
      `SELECT ordinal, start, "end", ${placeColumns} FROM version_chunks WHERE version_id = ? AND ordinal > ? ORDER BY ordinal LIMIT ?`,
    )
    .all(versionId, after, most);
  const [first, last] = [rows[0], rows.at(-1)];
  if (!first || !last) return null;
  const text = versionText(db, versionId, first.start, last.end);
  const passages = rows.map((row) => ({
    versionId,
    documentId,
    title,
    format,
    start: row.start,
    end: row.end,
    text: text.slice(row.start - first.start, row.end - first.start),
    place: placeOfRow(row, readJson(headingsSchema, row.heading_path, [], `version_chunks ${versionId} ${row.ordinal}`)),
    score: 0,
    scores: {},
    matches: [],
  }));
  return { passages, last: last.ordinal };
};
