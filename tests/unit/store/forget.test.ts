import { condemnUnusedBlobs } from '@main/store/blobOwners';
import { deleteDocument } from '@main/store/documents';
import { conversationDeletions, forgetConversation, keptOfConversations } from '@main/store/forget';
import { migrate } from '@main/store/migrate';
import { newId } from '@shared/model';
import Database from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';

const openDatabase = (): Database.Database => {
  const db = new Database(':memory:');
  onTestFinished(() => void db.close());
  migrate(db);
  return db;
};
interface Column {
  name: string;
  type: string;
  pk: number;
}
interface Table {
  table: string;
  columns: Column[];
  /** The tables that its foreign keys point to. */
  refers: string[];
}
/** All tables, but SQLite's own and those in which full text keeps its index. */
const tablesOf = (db: Database.Database): Table[] =>
  (db.pragma('table_list') as { name: string; type: string }[])
    .filter(({ name, type }) => type === 'table' && !name.startsWith('sqlite_'))
    .map(({ name }) => ({
      table: name,
      columns: db.pragma(`table_info(${name})`) as Column[],
      refers: (db.pragma(`foreign_key_list(${name})`) as { table: string }[]).map(({ table }) => table),
    }));
const isNamed = (db: Database.Database, table: string, word: string): boolean =>
  JSON.stringify(db.prepare(`SELECT * FROM ${table}`).all()).includes(word);
const canary = 'quetzalcoatlus';
const insert = (db: Database.Database, table: string, row: Record<string, unknown>): void => {
  const names = Object.keys(row);
  db.prepare(`INSERT INTO ${table}(${names.map((name) => `"${name}"`).join(', ')}) VALUES (${names.map(() => '?').join(', ')})`).run(
    Object.values(row),
  );
};

describe('a conversation', () => {
  /** Columns by which a row belongs to a conversation, in whatever words a new table names it. */
  const owner = /(?:^|_)(?:conversation|message|turn|question|answer|leaf|debate)(?:_id)?$/;
  /** A draft's key is the id of its conversation. */
  const namedOtherwise = ['drafts'];
  const roots = ['conversations', 'messages', 'turns', 'debates'];
  /** Tables that name a conversation, a message or a turn by a column or a foreign key, also by way of such a table. */
  const naming = (tables: readonly Table[]): string[] => {
    const found = new Set([...roots, ...namedOtherwise]);
    for (let before = 0; before !== found.size; ) {
      before = found.size;
      for (const { table, columns, refers } of tables)
        if (columns.some(({ name }) => owner.test(name)) || refers.some((other) => found.has(other))) found.add(table);
    }
    return [...found];
  };

  test('forgetting empties every table that names one, or exempts it with a reason', () => {
    const db = openDatabase();
    const listed = [...Object.keys(conversationDeletions), ...Object.keys(keptOfConversations)];
    expect(listed.sort()).toEqual(naming(tablesOf(db)).sort());
    expect(Object.values(keptOfConversations).every((reason) => /^[A-Z].{20,}\.$/.test(reason))).toBe(true);
  });

  test('finds a new table by its column, by its foreign key and by way of another table', () => {
    const db = openDatabase();
    const before = naming(tablesOf(db));
    db.exec(`
      CREATE TABLE reactions(id TEXT PRIMARY KEY, message_id TEXT NOT NULL);
      CREATE TABLE steps(id TEXT PRIMARY KEY, run TEXT REFERENCES turns(id));
      CREATE TABLE step_results(id TEXT PRIMARY KEY, step TEXT REFERENCES steps(id)) WITHOUT ROWID;
      CREATE TABLE themes(id TEXT PRIMARY KEY, name TEXT);
    `);
    expect(naming(tablesOf(db)).filter((table) => !before.includes(table))).toEqual(['reactions', 'steps', 'step_results']);
  });

  test('full text indexes only tables that forgetting empties', () => {
    const db = openDatabase();
    const contents = (db.prepare("SELECT sql FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%'").pluck().all() as string[]).map(
      (sql) => /content='(\w+)'/.exec(sql)?.[1] ?? sql,
    );
    expect(contents.sort()).toEqual(['conversations', 'messages']);
    expect(Object.keys(conversationDeletions)).toEqual(expect.arrayContaining(contents));
  });

  test('forgetting leaves no word of it in any table', async () => {
    const db = openDatabase();
    db.pragma('foreign_keys = OFF');
    const id = newId();
    for (const { table, columns } of tablesOf(db)) {
      if (!(table in conversationDeletions)) continue;
      const key = table === 'conversations' ? 'id' : table === 'drafts' ? 'key' : 'conversation_id';
      const cellOf = ({ name, type, pk }: Column): unknown => {
        if (name === key) return id;
        if (name === 'message_id' || (table === 'messages' && name === 'id')) return 'message';
        if (type !== 'TEXT') return 1;
        return pk ? `${canary} ${table}` : `${canary} in ${table}.${name}`;
      };
      insert(db, table, Object.fromEntries(columns.map((column) => [column.name, cellOf(column)])));
    }
    const named = (): string[] =>
      tablesOf(db)
        .map(({ table }) => table)
        .filter((table) => isNamed(db, table, canary));
    expect(named().sort()).toEqual(Object.keys(conversationDeletions).sort());
    await forgetConversation(db, id);
    expect(named()).toEqual([]);
    expect(db.prepare("SELECT count(*) FROM message_fts WHERE message_fts MATCH 'quetzalcoatlus'").pluck().get()).toBe(0);
  });
});

describe('a document', () => {
  const owner = /(?:^|_)(?:document|version|blob|subject)_(?:id|hash)$/;
  const ids = { document: newId(), version: newId(), hash: 'a'.repeat(64) };
  /** Columns with ids of other rows and figures, which contain no word of a document. */
  const wordless = new Set([
    'message_id',
    'collection_id',
    'turn_id',
    'conversation_id',
    'prompt_version_id',
    'scores',
    'drop_id',
    'into_id',
    'place_kind',
  ]);

  /** A row in each table that names a document, a version or an original, full of the canary. */
  const fill = (db: Database.Database): string[] => {
    db.pragma('foreign_keys = OFF');
    const named: string[] = [];
    for (const { table, columns } of tablesOf(db)) {
      const names = columns.map(({ name }) => name);
      if (table !== 'documents' && table !== 'blobs' && !(names.some((name) => owner.test(name)) && table !== 'model_calls')) continue;
      const cellOf = ({ name, type, pk }: Column): unknown => {
        if (name === 'document_id' || (table === 'documents' && name === 'id')) return ids.document;
        if (name === 'version_id' || name === 'subject_id' || (table === 'document_versions' && name === 'id')) return ids.version;
        if (name === 'hash' || name === 'blob_hash') return ids.hash;
        if (type !== 'TEXT') return 1;
        return wordless.has(name) || (pk > 0 && name === 'id') ? 'id' : `${canary} in ${table}.${name}`;
      };
      insert(db, table, Object.fromEntries(columns.map((column) => [column.name, cellOf(column)])));
      named.push(table);
    }
    const source = { marker: 1, documentId: ids.document, versionId: ids.version, title: canary, text: canary };
    const place = {
      place: { kind: 'sheet', label: canary, from: 1, to: 1, headings: [canary] },
      ...{ start: 0, end: 9, score: 1, scores: {} },
    };
    insert(db, 'turns', {
      ...{
        id: 'turn',
        conversation_id: 'c',
        message_id: 'm',
        kind: 'answer',
        agent_id: 'anima',
        state: 'done',
        params: '{}',
        created_at: 1,
      },
      sources: JSON.stringify({ sources: [{ ...source, ...place }], support: null }),
    });
    db.pragma('foreign_keys = ON');
    return [...named, 'turns'];
  };

  test('forgetting leaves no word of it in any table that names it or its original', () => {
    const db = openDatabase();
    const filled = fill(db);
    expect(filled).toEqual(expect.arrayContaining(['citations', 'jobs', 'uploads', 'document_places', 'version_texts', 'blobs']));
    const named = (): string[] => filled.filter((table) => isNamed(db, table, canary));
    expect(named().length).toBeGreaterThan(9);
    condemnUnusedBlobs(db, deleteDocument(db, ids.document));
    expect(named()).toEqual([]);
    for (const { table, columns } of tablesOf(db))
      for (const { name } of columns)
        if (owner.test(name) && table !== 'citations')
          expect(db.prepare(`SELECT count(*) FROM ${table} WHERE "${name}" IN (?, ?)`).pluck().get(ids.document, ids.version), table).toBe(
            0,
          );
  });
});
