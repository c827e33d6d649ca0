import type { WritableDb } from './database';
import { versionIdsOf } from './documentVersions';

interface ForeignKey {
  table: string;
  from: string;
  to: string | null;
  on_delete: string;
}

/** SQLite's words for an index that does not agree with its table: the table is whole, and its indexes can be made again. */
const indexProblem = /missing from index|wrong # of entries in index|non-unique entry in index/;

/** True for problems of indexes alone, which `mendIndexes` mends. */
export const areOfIndexes = (problems: readonly string[]): boolean => problems.every((problem) => indexProblem.test(problem));

/** Makes the indexes again of which the problems speak. */
export const mendIndexes = (db: WritableDb, problems: readonly string[]): void => {
  const known = new Set(db.prepare<[], string>("SELECT name FROM sqlite_master WHERE type = 'index'").pluck().all());
  const named = problems.flatMap((problem) => /index (\S+)$/.exec(problem)?.[1] ?? []);
  for (const name of new Set(named)) if (known.has(name)) db.exec(`REINDEX "${name}"`);
};

/** The foreign keys of a table by which its rows go with their parent. */
const followed = (db: WritableDb, table: string): ForeignKey[] =>
  (db.pragma(`foreign_key_list("${table}")`) as ForeignKey[]).filter(({ on_delete }) => on_delete === 'CASCADE');

/** True where the rows of a table go with their parent, so that one without it is left over. */
export const isLeftOver = (db: WritableDb, table: string): boolean => followed(db, table).length > 0;

/** Deletes the rows of these tables that would have gone with a parent that is not there; others stay. Returns how many. */
export const deleteOrphans = (db: WritableDb, tables: readonly string[]): number =>
  db.transaction(() => {
    let deleted = 0;
    for (const table of tables)
      for (const { table: parent, from, to } of followed(db, table)) {
        const key = to ?? (db.pragma(`table_info("${parent}")`) as { name: string; pk: number }[]).find(({ pk }) => pk === 1)?.name;
        if (!key) continue;
        deleted += db
          .prepare(
            `DELETE FROM "${table}" WHERE "${from}" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "${parent}" p WHERE p."${key}" = "${table}"."${from}")`,
          )
          .run().changes;
      }
    return deleted;
  })();

/** The newest version of a document, which is read again where its text is gone. */
export const newestVersion = (db: WritableDb, documentId: string): string | null =>
  versionIdsOf(db, documentId).length === 0
    ? null
    : (db
        .prepare<[string], string>('SELECT id FROM document_versions WHERE document_id = ? ORDER BY ordinal DESC LIMIT 1')
        .pluck()
        .get(documentId) ?? null);
