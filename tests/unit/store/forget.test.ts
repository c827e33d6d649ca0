import { condemnUnusedBlobs } from '@main/store/blobOwners';
import { findConversation } from '@main/store/conversations';
import { deleteDocument } from '@main/store/documents';
import { conversationDeletions, forgetConversation, keptOfConversations } from '@main/store/forget';
import { addMemorySource, findMemories, insertMemory, type MemoryFields } from '@main/store/memoryItems';
import { migrate } from '@main/store/migrate';
import { type MemorySource, newId } from '@shared/model';
import Database from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import { memoryFields } from '../../support/memories';

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
  /** A draft's key is the id of its conversation; the sources of a memory name it, and so does what takes back a merge of memories. */
  const namedOtherwise = ['drafts', 'memory_items', 'memory_undos'];
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
    expect(contents.sort()).toEqual(['conversations', 'memory_items', 'messages']);
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
        if (name === 'item_id' || (table === 'memory_items' && name === 'id')) return 'item';
        if (name === 'undo_id' || (table === 'memory_undos' && name === 'id')) return 'undo';
        if (type !== 'TEXT') return 1;
        return pk ? `${canary} ${table}` : `${canary} in ${table}.${name}`;
      };
      insert(db, table, Object.fromEntries(columns.map((column) => [column.name, cellOf(column)])));
    }
    const named = (): string[] =>
      tablesOf(db)
        .map(({ table }) => table)
        .filter((table) => isNamed(db, table, canary));
    const filled = Object.keys(conversationDeletions).filter((table) => db.prepare(`SELECT 1 FROM ${table}`).get());
    expect(filled).toEqual(Object.keys(conversationDeletions));
    // Ranges of messages and pairs of ids contain no word.
    const wordless = ['memory_unlearnt', 'memory_undo_items'];
    expect(named().sort()).toEqual(filled.filter((table) => !wordless.includes(table)).sort());
    await forgetConversation(db, id, 1);
    expect(named()).toEqual([]);
    for (const table of filled) expect(db.prepare(`SELECT count(*) FROM ${table}`).pluck().get(), table).toBe(0);
    for (const table of ['message_fts', 'memory_fts'])
      expect(db.prepare(`SELECT count(*) FROM ${table} WHERE ${table} MATCH 'quetzalcoatlus'`).pluck().get()).toBe(0);
  });
});

describe('what was learnt from a conversation', () => {
  const forgotten = newId();
  const kept = newId();
  const message = (db: Database.Database, conversation: string, text: string) => {
    const at = { created_at: 1, updated_at: 1 };
    if (!findConversation(db, conversation)) insert(db, 'conversations', { id: conversation, kind: 'chat', settings: '{}', ...at });
    const id = newId();
    insert(db, 'messages', { id, conversation_id: conversation, role: 'user', state: 'complete', text, at: 5, tz_offset: 0 });
    return { messageId: id, conversationId: conversation, start: 0, end: text.length, at: 5 };
  };
  const remember = (db: Database.Database, fields: Partial<MemoryFields>, sources: MemorySource[]): string => {
    const id = newId();
    insertMemory(db, id, { ...memoryFields, ...fields }, 5);
    for (const source of sources) addMemorySource(db, id, source);
    return id;
  };

  test('goes with it, also from full text, but not what the person wrote', async () => {
    const db = openDatabase();
    const source = message(db, forgotten, `I live in ${canary}`);
    const learnt = remember(db, { text: `Lives in ${canary}` }, [source]);
    const written = remember(db, { text: 'Likes long walks', origin: 'person' }, [source]);
    const elsewhere = remember(db, { text: 'Has a dog' }, [message(db, kept, 'My dog barks')]);
    await forgetConversation(db, forgotten, 9);
    expect(findMemories(db, [learnt, written, elsewhere], 9).map(({ id }) => id)).toEqual([written, elsewhere]);
    expect(findMemories(db, [written], 9)[0]?.sources).toEqual([]);
    expect(db.prepare(`SELECT count(*) FROM memory_fts WHERE memory_fts MATCH '${canary}'`).pluck().get()).toBe(0);
    expect(tablesOf(db).filter(({ table }) => isNamed(db, table, canary))).toEqual([]);
  });

  test('takes the words of the newest other message where there is one', async () => {
    const db = openDatabase();
    const source = message(db, forgotten, `I live in Lyon with my ${canary}`);
    const about = { subject: 'me', attribute: 'home', value: 'Lyon' };
    const shared = remember(db, { text: `Lives in Lyon with a ${canary}`, ...about }, [source, message(db, kept, 'Lyon is my home 🏠.')]);
    const other = remember(db, { text: `Owns a ${canary}`, subject: canary, attribute: 'pet', value: canary }, [
      source,
      message(db, kept, 'I feed it daily'),
    ]);
    await forgetConversation(db, forgotten, 9);
    expect(findMemories(db, [shared, other], 9)).toMatchObject([
      { text: 'Lyon is my home 🏠.', ...about, sources: [{ conversationId: kept }] },
      { text: 'I feed it daily', subject: '', attribute: '', value: '' },
    ]);
    expect(tablesOf(db).filter(({ table }) => isNamed(db, table, canary))).toEqual([]);
  });

  test('goes too where its other message is not here', async () => {
    const db = openDatabase();
    const source = message(db, forgotten, canary);
    const id = remember(db, { text: canary }, [source, { ...source, messageId: newId(), conversationId: newId() }]);
    await forgetConversation(db, forgotten, 9);
    expect(findMemories(db, [id], 9)).toEqual([]);
    expect(tablesOf(db).filter(({ table }) => isNamed(db, table, canary))).toEqual([]);
  });

  test('leaves what it had closed without a successor', async () => {
    const db = openDatabase();
    const later = remember(db, { text: `Lives in ${canary}` }, [message(db, forgotten, canary)]);
    const earlier = remember(db, { text: 'Lives in Paris', validTo: 7, supersededBy: later }, [message(db, kept, 'I live in Paris')]);
    await forgetConversation(db, forgotten, 9);
    expect(findMemories(db, [earlier], 9)[0]).toMatchObject({ supersededBy: null, validTo: 7 });
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
