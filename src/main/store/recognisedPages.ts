import { type RecognisedLines, type RecognisedPageFacts, recognisedLinesSchema } from '@shared/model';
import { z } from 'zod';
import type { ReadableDb, WritableDb } from './database';
import { readJson } from './json';

/** Stores what was recognised on a page; an empty page was looked at in vain. */
export const saveRecognisedPage = (
  db: WritableDb,
  versionId: string,
  page: number,
  read: { lines: RecognisedLines; confidence: number; engine: string },
  at: number,
): void => {
  const words = read.lines.reduce((sum, line) => sum + line.words.length, 0);
  // Four digits place a word within half a pixel of a page.
  const lines = JSON.stringify(read.lines, (_, value) => (typeof value === 'number' ? Math.round(value * 10_000) / 10_000 : value));
  db.prepare(
    `INSERT OR REPLACE INTO recognised_pages(version_id, page, lines, words, confidence, engine, at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
  ).run(versionId, page, lines, words, read.confidence, read.engine, at);
};

/** Takes over the pages of other versions with the same bytes. */
export const adoptRecognisedPages = (db: WritableDb, versionId: string): void => {
  db.prepare(
    `INSERT OR IGNORE INTO recognised_pages(version_id, page, lines, words, confidence, engine, at)
     SELECT @versionId, p.page, p.lines, p.words, p.confidence, p.engine, p.at
     FROM document_versions v JOIN recognised_pages p ON p.version_id = v.id
     WHERE v.blob_hash = (SELECT blob_hash FROM document_versions WHERE id = @versionId) AND v.id <> @versionId`,
  ).run({ versionId });
};

/** The pages of a version that were looked at, in their order, without their words. */
export const recognisedPages = (db: ReadableDb, versionId: string): RecognisedPageFacts[] =>
  db
    .prepare<[string], RecognisedPageFacts>('SELECT page, words, confidence FROM recognised_pages WHERE version_id = ? ORDER BY page')
    .all(versionId);

/** How sure the recognition of some pages of a version is, of the least sure one; null where none of them was recognised. */
export const confidenceOfPages = (db: ReadableDb, versionId: string, from: number, to: number): number | null =>
  db
    .prepare<[string, number, number], number | null>(
      'SELECT min(confidence) FROM recognised_pages WHERE version_id = ? AND page BETWEEN ? AND ? AND words > 0',
    )
    .pluck()
    .get(versionId, from, to) ?? null;

/** The words of a page; null where none were recognised. */
export const recognisedLines = (db: ReadableDb, versionId: string, page: number): RecognisedLines | null => {
  const lines = db
    .prepare<[string, number], string>('SELECT lines FROM recognised_pages WHERE version_id = ? AND page = ? AND words > 0')
    .pluck()
    .get(versionId, page);
  return lines === undefined ? null : readJson<RecognisedLines>(recognisedLinesSchema, lines, [], `recognised_pages ${versionId}`);
};

/** The text of the pages of a version that were looked at: of each page its paragraphs, of each paragraph its lines. */
export const recognisedTexts = (db: ReadableDb, versionId: string): { page: number; paragraphs: string[][] }[] =>
  recognisedPages(db, versionId).map(({ page }) => {
    const paragraphs: string[][] = [];
    let open: string[] = [];
    for (const { words, ends } of recognisedLines(db, versionId, page) ?? []) {
      open.push(words.map(({ text }) => text).join(' '));
      if (!ends) continue;
      paragraphs.push(open);
      open = [];
    }
    return { page, paragraphs: open.length > 0 ? [...paragraphs, open] : paragraphs };
  });

interface ScanRow {
  state: string;
  pages: number | null;
  characters: number | null;
  meta: string;
  error: string | null;
}
const metaSchema = z.object({ unreadPages: z.array(z.number().int()).optional() });
const errorSchema = z.object({ code: z.string(), details: z.object({ pages: z.number().int().optional() }).loose() }).loose();

/** Most pages of a document, as the ingest process reads them. */
const mostPages = 10_000;

/**
 * The pages of a version whose text was not read and not yet looked for, from 1: all pages of a scan, else those that were told as not
 * read. Empty for a version that has none.
 */
export const pagesToRecognise = (db: ReadableDb, versionId: string): number[] => {
  const row = db
    .prepare<[string], ScanRow>('SELECT state, pages, characters, meta, error FROM document_versions WHERE id = ?')
    .get(versionId);
  if (!row) return [];
  const entry = `document_versions ${versionId}`;
  const looked = new Set(recognisedPages(db, versionId).map(({ page }) => page));
  if (row.characters !== null) {
    const { unreadPages = [] } = readJson(metaSchema, row.meta, {}, entry);
    return unreadPages.filter((page) => !looked.has(page));
  }
  const error = readJson(errorSchema.nullable(), row.error, null, entry);
  if (error !== null && error.code !== 'document.no_text_layer') return [];
  const pages = Math.min(mostPages, error?.details.pages ?? (row.state === 'pending' ? row.pages : null) ?? 0);
  return Array.from({ length: pages }, (_, index) => index + 1).filter((page) => !looked.has(page));
};

/** Notes how many pages a version has whose text is about to be recognised. */
export const setPages = (db: WritableDb, versionId: string, pages: number): void => {
  db.prepare('UPDATE document_versions SET pages = ? WHERE id = ?').run(pages, versionId);
};
