import type { ReadableDb } from './database';
import { foldTitle } from './documentNames';
import { type Scope, scopeSql } from './documentScope';

export interface TitledDocument {
  id: string;
  title: string;
  /** The title, folded. */
  key: string;
  isGuide: boolean;
}

const columns = `d.id, d.title, d.title_key AS key, EXISTS (SELECT 1 FROM document_collections m JOIN collections c ON c.id = m.collection_id
    WHERE m.document_id = d.id AND c.origin = 'guide') AS isGuide`;
type Row = Omit<TitledDocument, 'isGuide'> & { isGuide: number };
const toTitled = (row: Row): TitledDocument => ({ ...row, isGuide: row.isGuide === 1 });

/** The documents of a scope whose title holds a word, at most `most`. */
export const documentsTitled = (db: ReadableDb, scope: Scope, word: string, most: number): TitledDocument[] => {
  const { where, params } = scopeSql(scope);
  const given = { ...params, word: foldTitle(word), most };
  return db
    .prepare<[typeof given], Row>(`SELECT ${columns} FROM documents d WHERE instr(d.title_key, @word) > 0 AND ${where} LIMIT @most`)
    .all(given)
    .map(toTitled);
};

/** The first documents of a scope without the guide, at most `most`: enough to know if there is one alone. */
export const firstDocuments = (db: ReadableDb, scope: Scope, most: number): TitledDocument[] => {
  const { where, params } = scopeSql(scope);
  const given = { ...params, most };
  return db
    .prepare<[typeof given], Row>(
      `SELECT ${columns} FROM documents d WHERE ${where} AND NOT EXISTS (SELECT 1 FROM document_collections m JOIN collections c ON c.id = m.collection_id
         WHERE m.document_id = d.id AND c.origin = 'guide') LIMIT @most`,
    )
    .all(given)
    .map(toTitled);
};

/** The live documents that are pinned to a conversation itself. */
export const pinnedDocuments = (db: ReadableDb, conversationId: string): string[] =>
  db
    .prepare<[string], string>(
      `SELECT p.document_id FROM document_pins p JOIN documents d ON d.id = p.document_id
       WHERE p.conversation_id = ? AND d.deleted_at IS NULL AND d.current_version IS NOT NULL ORDER BY d.title_key`,
    )
    .pluck()
    .all(conversationId);
