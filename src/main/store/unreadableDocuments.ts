import type { UnreadableDocument } from '@shared/model';
import { mendVersionOwners } from './blobOwners';
import type { ReadableDb, WritableDb } from './database';
import { deleteDocument } from './documents';
import { versionIdsOf } from './documentVersions';
import { forgetUnreadable, noteUnreadable } from './json';

const hex = (count: number): string => '[0-9a-fA-F]'.repeat(count);
/** The form of an id, as `idSchema` has it. */
const idGlob = `'${hex(8)}-${hex(4)}-[1-8]${hex(3)}-[89abAB]${hex(3)}-${hex(12)}'`;

/**
 * Live rows that no list can show, for want of an id or of a version, and versions without a document. They can only be deleted
 * whole. There is no index on damage: all ids are scanned.
 */
const rows = `
  SELECT 'document:' || d.rowid AS key, d.id AS id, d.title AS title, d.source AS source FROM documents d
  WHERE d.deleted_at IS NULL AND NOT coalesce(d.id GLOB ${idGlob} AND coalesce(
    (SELECT id FROM document_versions WHERE id = d.current_version),
    (SELECT id FROM document_versions WHERE document_id = d.id ORDER BY ordinal DESC LIMIT 1)) GLOB ${idGlob}, 0)
  UNION ALL
  SELECT 'versions:' || min(v.rowid), v.document_id, '',
    coalesce((SELECT source FROM document_places WHERE version_id = v.id ORDER BY n LIMIT 1), '')
  FROM document_versions v WHERE NOT EXISTS (SELECT 1 FROM documents WHERE id = v.document_id) GROUP BY v.document_id`;

/** Documents of which only the damaged entry is left; health counts them. */
export const unreadableDocuments = (db: ReadableDb): UnreadableDocument[] =>
  db
    .prepare<[], UnreadableDocument & { id: string; source: string }>(rows)
    .all()
    .map(({ key, id, title, source }) => {
      noteUnreadable(`documents ${id}`);
      return { key, title: title || source };
    });

/** The document and the versions behind an entry of the list, as they are stored; null when the entry is no longer unreadable. */
export const unreadableDocument = (db: ReadableDb, key: string): { id: string; versionIds: string[] } | null => {
  const row = db.prepare<[string], { id: string }>(`SELECT id FROM (${rows}) WHERE key = ?`).get(key);
  return row ? { id: row.id, versionIds: versionIdsOf(db, row.id) } : null;
};

/** Rows that are deleted with their version; if the version was lost, nothing else leads to them. */
const ofVersions = ['version_texts', 'version_spans', 'version_chunks', 'version_references', 'document_notes', 'document_places'];

/** Deletes the rest of a document that cannot be read, and every row that names it; returns the hashes of its blobs. */
export const deleteUnreadable = (db: WritableDb, id: string): string[] => {
  const hashes = deleteDocument(db, id);
  // Its versions may be lost, and with them the keys that lead to quotes and jobs.
  db.prepare(
    `UPDATE citations SET quote = '', title = '', place_label = '', heading_path = '[]', document_id = NULL WHERE document_id = ?`,
  ).run(id);
  db.prepare('DELETE FROM jobs WHERE document_id = ?').run(id);
  db.prepare('DELETE FROM document_versions WHERE document_id = ?').run(id);
  for (const table of ofVersions) db.prepare(`DELETE FROM ${table} WHERE version_id NOT IN (SELECT id FROM document_versions)`).run();
  mendVersionOwners(db);
  forgetUnreadable(`documents ${id}`);
  const unnamed = db.prepare<[], string>('SELECT hash FROM blobs WHERE hash NOT IN (SELECT hash FROM blob_owners)').pluck().all();
  return [...new Set([...hashes, ...unnamed])];
};
