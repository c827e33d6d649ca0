import type { DocumentPlace } from '@shared/model';
import type { ReadableDb, WritableDb } from './database';

/**
 * A place at which a file lay: `key` is its identity (a hashed path where the path is known, else its name), `source` the name that
 * is shown.
 */
export interface Place {
  key: string;
  source: string;
}

const nameOf = (source: string): string => source.split('/').at(-1) ?? source;

/**
 * Notes that the bytes of a version lie at a place; the same place twice is one. Returns true when the place is new to the version.
 */
export const addPlace = (db: WritableDb, versionId: string, { key, source }: Place, at: number): boolean =>
  db
    .prepare('INSERT OR IGNORE INTO document_places(version_id, key, source, name, at) VALUES (?, ?, ?, ?, ?)')
    .run(versionId, key, source, nameOf(source), at).changes > 0;

/** Every place of a document, those of its newest version first. */
export const placesOf = (db: ReadableDb, documentId: string): DocumentPlace[] =>
  db
    .prepare<[string, string], Omit<DocumentPlace, 'newest'> & { newest: number }>(
      `SELECT p.n AS id, p.source, p.version_id AS versionId, v.ordinal AS version, p.at AS addedAt,
         v.ordinal = (SELECT max(ordinal) FROM document_versions WHERE document_id = ?) AS newest
       FROM document_versions v JOIN document_places p ON p.version_id = v.id WHERE v.document_id = ? ORDER BY v.ordinal DESC, p.n`,
    )
    .all(documentId, documentId)
    .map((row) => ({ ...row, newest: row.newest === 1 }));

/** The first place of the file of a version: the ending of its name decides how it is parsed. */
export const firstPlace = (db: ReadableDb, versionId: string): Place | null =>
  db.prepare<[string], Place>('SELECT key, source FROM document_places WHERE version_id = ? ORDER BY n LIMIT 1').get(versionId) ?? null;

/** The live document of a place, with the version that was there last. */
export const documentAtPlace = (db: ReadableDb, key: string): { documentId: string; versionId: string; blobHash: string } | null =>
  db
    .prepare<[string], { documentId: string; versionId: string; blobHash: string }>(
      `SELECT v.document_id AS documentId, v.id AS versionId, v.blob_hash AS blobHash
       FROM document_places p JOIN document_versions v ON v.id = p.version_id JOIN documents d ON d.id = v.document_id
       WHERE p.key = ? AND d.deleted_at IS NULL ORDER BY p.n DESC LIMIT 1`,
    )
    .get(key) ?? null;

export interface Namesake {
  documentId: string;
  title: string;
  source: string;
  /** The newest version that was parsed; null where none was. */
  readVersionId: string | null;
  collections: string[];
}

/**
 * Live documents with a file of this name in the same folder, or in a folder that is unknown on one of the two sides; the newest
 * first. Files with known and different paths are no namesakes, nor are pasted texts and the guide.
 */
export const namesakesOf = (db: ReadableDb, { key, source }: Place, exceptDocumentId: string | null, most = 8): Namesake[] => {
  const bare = !source.includes('/');
  const rows = db
    .prepare<[Record<string, string | number>], Omit<Namesake, 'collections'> & { collections: string | null }>(
      `SELECT d.id AS documentId, d.title, p.source,
         (SELECT id FROM document_versions WHERE document_id = d.id AND characters IS NOT NULL ORDER BY ordinal DESC LIMIT 1) AS readVersionId,
         (SELECT group_concat(collection_id) FROM document_collections WHERE document_id = d.id) AS collections
       FROM document_places p JOIN document_versions v ON v.id = p.version_id JOIN documents d ON d.id = v.document_id
       WHERE p.name = @name AND d.deleted_at IS NULL AND d.id <> @except AND p.key NOT LIKE 'paste:%' AND p.key NOT LIKE 'guide:%' AND p.key NOT LIKE 'web:%'
         AND (@known = 0 OR p.key NOT LIKE 'path:%') AND (p.source = @source OR @bare OR instr(p.source, '/') = 0)
       GROUP BY d.id ORDER BY max(p.n) DESC LIMIT @most`,
    )
    .all({
      name: nameOf(source),
      except: exceptDocumentId ?? '',
      known: key.startsWith('path:') ? 1 : 0,
      source,
      bare: bare ? 1 : 0,
      most,
    });
  return rows.map((row) => ({ ...row, collections: row.collections ? row.collections.split(',') : [] }));
};

/** Deletes a place; false where no place has this number. */
export const removePlace = (db: WritableDb, id: number): boolean =>
  db.prepare('DELETE FROM document_places WHERE n = ?').run(id).changes > 0;

/** Moves the places of a version, except the replaced ones, to another version; false where there are none. */
export const moveOtherPlaces = (
  db: WritableDb,
  fromVersionId: string,
  { keys, source }: { keys: string[]; source: string },
  toVersionId: string,
): boolean =>
  db
    .prepare(
      'UPDATE document_places SET version_id = ? WHERE version_id = ? AND source <> ? AND key NOT IN (SELECT value FROM json_each(?))',
    )
    .run(toVersionId, fromVersionId, source, JSON.stringify(keys)).changes > 0;
