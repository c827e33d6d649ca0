import { conversationDeletions, forgetConversation, keptOfConversations } from '@main/store/forget';
import { migrate } from '@main/store/migrate';
import { newId } from '@shared/model';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';

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
  notnull: number;
}
const tablesOf = (db: Database.Database): { table: string; columns: Column[] }[] =>
  (db.prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%STRICT%'").pluck().all() as string[]).map((table) => ({
    table,
    columns: db.pragma(`table_info(${table})`) as Column[],
  }));

/** Columns by which a row belongs to a conversation. */
const owners = ['conversation_id', 'message_id', 'turn_id', 'question_id'];

test('forgetting empties or exempts every table that names a conversation, message or turn', () => {
  const naming = tablesOf(openDatabase())
    .filter(({ table, columns }) => table === 'conversations' || table === 'drafts' || columns.some(({ name }) => owners.includes(name)))
    .map(({ table }) => table);
  expect(naming.length).toBeGreaterThan(5);
  expect([...Object.keys(conversationDeletions), ...keptOfConversations].sort()).toEqual(naming.sort());
});

test('forgetting a conversation leaves no word of it in any table', async () => {
  const db = openDatabase();
  db.pragma('foreign_keys = OFF');
  const id = newId();
  const canary = 'quetzalcoatlus';
  for (const { table, columns } of tablesOf(db)) {
    if (!(table in conversationDeletions)) continue;
    const key = table === 'conversations' ? 'id' : table === 'drafts' ? 'key' : 'conversation_id';
    const values = columns.map(({ name, type, pk }) => {
      if (name === key) return id;
      if (name === 'message_id' || (table === 'messages' && name === 'id')) return 'message';
      if (type !== 'TEXT') return 1;
      return pk ? `${canary} ${table}` : `${canary} in ${table}.${name}`;
    });
    db.prepare(
      `INSERT INTO ${table}(${columns.map(({ name }) => `"${name}"`).join(', ')}) VALUES (${values.map(() => '?').join(', ')})`,
    ).run(values);
  }
  const dump = (): string =>
    tablesOf(db)
      .map(({ table }) => JSON.stringify(db.prepare(`SELECT * FROM ${table}`).all()))
      .join('\n');
  expect(dump().split(canary).length).toBeGreaterThan(30);
  await forgetConversation(db, id);
  expect(dump()).not.toContain(canary);
  expect(db.prepare("SELECT count(*) FROM message_fts WHERE message_fts MATCH 'quetzalcoatlus'").pluck().get()).toBe(0);
});
