import { z } from 'zod';
import type { WritableDb } from './database';
import { titleOfSource } from './documentTitles';
import { readJson } from './json';

const accents = /\p{M}/gu;
/**
 * Folds case and accents, for finding documents by title. Kept beside `fold`: these results are stored, so they must not change
 * with it.
 */
export const foldTitle = (text: string): string => text.normalize('NFD').replace(accents, '').toLowerCase();

/** The keys by which the list is sorted and searched; stored, so that a query need not fold ten thousand titles. */
export const foldedKeys = (title: string, source: string): { titleKey: string; searchKey: string } => {
  const titleKey = foldTitle(title);
  return { titleKey, searchKey: `${titleKey}\n${foldTitle(source)}` };
};

/** The origin of a document's title: the program (from the file's name or the text's own title), or the person. */
export type TitleOrigin = 'program' | 'person';

/** Sets a title that the person gave: no later version changes it. */
export const renameDocument = (db: WritableDb, id: string, title: string, at: number): boolean => {
  const row = db.prepare<[string], { source: string }>('SELECT source FROM documents WHERE id = ? AND deleted_at IS NULL').get(id);
  if (!row) return false;
  setTitle(db, id, title, row.source, 'person');
  db.prepare('UPDATE documents SET updated_at = ? WHERE id = ?').run(at, id);
  return true;
};

const setTitle = (db: WritableDb, id: string, title: string, source: string, origin: TitleOrigin): void => {
  db.prepare(
    'UPDATE documents SET title = @title, source = @source, title_origin = @origin, title_key = @titleKey, search_key = @searchKey WHERE id = @id',
  ).run({ id, title, source, origin, ...foldedKeys(title, source) });
};

/**
 * Updates the source and the title of a document from the version that answers for it, else from its newest. A title given by the
 * person stays. Returns true when the title changed.
 */
export const followVersion = (db: WritableDb, id: string): boolean => {
  const row = db
    .prepare<[string], { title: string; origin: string; source: string | null; own: string | null; titles: string; sources: string }>(
      `SELECT d.title, d.title_origin AS origin, CASE WHEN json_valid(v.meta) THEN json_extract(v.meta, '$.title') END AS own,
         coalesce((SELECT source FROM document_places WHERE version_id = v.id ORDER BY n LIMIT 1), d.source) AS source,
         (SELECT json_group_array(CASE WHEN json_valid(meta) THEN json_extract(meta, '$.title') END) FROM document_versions WHERE document_id = d.id) AS titles,
         (SELECT json_group_array(p.source) FROM document_places p JOIN document_versions o ON o.id = p.version_id WHERE o.document_id = d.id) AS sources
       FROM documents d JOIN document_versions v ON v.id = coalesce(d.current_version,
         (SELECT id FROM document_versions WHERE document_id = d.id ORDER BY ordinal DESC LIMIT 1)) WHERE d.id = ?`,
    )
    .get(id);
  if (!row?.source) return false;
  const entry = `documents ${id}`;
  // Earlier versions did not note who gave a title: one that is neither a file's name nor the text's own title is the person's.
  const given = (): boolean =>
    readJson(z.array(z.unknown()), row.titles, [], entry).includes(row.title) ||
    readJson(z.array(z.string()), row.sources, [], entry).some((source) => titleOfSource(source) === row.title);
  const person = row.origin === 'person' || row.source.startsWith('paste:') || (row.origin === 'unknown' && !given());
  const title = person ? row.title : row.own || titleOfSource(row.source);
  setTitle(db, id, title, row.source, person ? 'person' : 'program');
  return title !== row.title;
};
