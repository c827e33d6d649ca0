import { newId, type Tag } from '@shared/model';
import type { ReadableDb, WritableDb } from './database';
import { tagKey } from './documentFilter';

const columns = `t.id, t.name,
  (SELECT count(*) FROM document_tags g JOIN documents d ON d.id = g.document_id WHERE g.tag_id = t.id AND d.deleted_at IS NULL) AS documents`;

/** All tags by name, each with the number of its live documents. */
export const listTags = (db: ReadableDb): Tag[] => db.prepare<[], Tag>(`SELECT ${columns} FROM tags t ORDER BY t.key`).all();

export const tagById = (db: ReadableDb, id: string): Tag | null =>
  db.prepare<[string], Tag>(`SELECT ${columns} FROM tags t WHERE t.id = ?`).get(id) ?? null;

const idOf = (db: ReadableDb, name: string): string | null =>
  db.prepare<[string], string>('SELECT id FROM tags WHERE key = ?').pluck().get(tagKey(name)) ?? null;

const clean = (name: string): string => name.trim().replace(/\s+/g, ' ');

/** Adds tags to documents and takes others off; a tag that differs only in case or accents is the same one. Blank names are skipped. */
export const tagDocuments = (
  db: WritableDb,
  documentIds: readonly string[],
  { add, remove }: { add: readonly string[]; remove: readonly string[] },
  at: number,
): void =>
  db.transaction(() => {
    const documents = JSON.stringify(documentIds);
    // A tag of documents that do not exist is no tag.
    if (!db.prepare('SELECT 1 FROM json_each(?) wanted JOIN documents d ON d.id = wanted.value').get(documents)) return;
    const off = db.prepare('DELETE FROM document_tags WHERE tag_id = ? AND document_id IN (SELECT value FROM json_each(?))');
    for (const name of remove) {
      const id = idOf(db, name);
      if (id) off.run(id, documents);
    }
    const insert = db.prepare('INSERT INTO tags(id, name, key, created_at) VALUES (?, ?, ?, ?)');
    const on = db.prepare(
      'INSERT OR IGNORE INTO document_tags(tag_id, document_id) SELECT ?, d.id FROM json_each(?) wanted JOIN documents d ON d.id = wanted.value',
    );
    for (const name of add) {
      if (tagKey(name) === '') continue;
      const known = idOf(db, name);
      const id = known ?? newId();
      if (!known) insert.run(id, clean(name), tagKey(name), at);
      on.run(id, documents);
    }
  })();

/** A tag that is gone: removed, or merged into another one, with the documents that got that one by it. */
export interface GoneTag {
  tag: Pick<Tag, 'id' | 'name'>;
  documentIds: string[];
  merged: { intoId: string; addedIds: string[] } | null;
}

const taggedWith = (db: ReadableDb, id: string): string[] =>
  db.prepare<[string], string>('SELECT document_id FROM document_tags WHERE tag_id = ?').pluck().all(id);

/**
 * Renames a tag on all its documents. A name that another tag has merges the two: what is gone then is returned with the id of the tag
 * that has the name now. Null where there is no such tag, and for a blank name.
 */
export const renameTag = (db: WritableDb, id: string, name: string): { id: string; gone: GoneTag | null } | null =>
  db.transaction(() => {
    const tag = tagById(db, id);
    if (!tag || tagKey(name) === '') return null;
    const intoId = idOf(db, name);
    if (!intoId || intoId === id) {
      db.prepare('UPDATE tags SET name = ?, key = ? WHERE id = ?').run(clean(name), tagKey(name), id);
      return { id, gone: null };
    }
    const documentIds = taggedWith(db, id);
    const had = new Set(taggedWith(db, intoId));
    const addedIds = documentIds.filter((one) => !had.has(one));
    const on = db.prepare('INSERT INTO document_tags(tag_id, document_id) VALUES (?, ?)');
    for (const documentId of addedIds) on.run(intoId, documentId);
    db.prepare('DELETE FROM tags WHERE id = ?').run(id);
    return { id: intoId, gone: { tag, documentIds, merged: { intoId, addedIds } } };
  })();

/** Takes a tag off all its documents; null where there is no such tag. */
export const removeTag = (db: WritableDb, id: string): GoneTag | null =>
  db.transaction(() => {
    const tag = tagById(db, id);
    if (!tag) return null;
    const documentIds = taggedWith(db, id);
    db.prepare('DELETE FROM tags WHERE id = ?').run(id);
    return { tag, documentIds, merged: null };
  })();

/** Brings a tag back to those of its documents that still exist; one whose name was given again meanwhile joins that one. */
export const restoreTag = (db: WritableDb, { tag, documentIds, merged }: GoneTag, at: number): void =>
  db.transaction(() => {
    if (merged) {
      const off = db.prepare('DELETE FROM document_tags WHERE tag_id = ? AND document_id = ?');
      for (const documentId of merged.addedIds) off.run(merged.intoId, documentId);
    }
    db.prepare('INSERT OR IGNORE INTO tags(id, name, key, created_at) VALUES (?, ?, ?, ?)').run(tag.id, tag.name, tagKey(tag.name), at);
    tagDocuments(db, documentIds, { add: [tag.name], remove: [] }, at);
  })();
