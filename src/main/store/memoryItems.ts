import type { MemoryItem, MemorySource } from '@shared/model';
import type { Statement } from 'better-sqlite3';
import type { ReadableDb, WritableDb } from './database';
import { normalForm, plainKey } from './memoryKeys';
import { type MemoryRow, memoryColumns, toMemoryItems } from './memoryRows';

/** The stored fields of an item; its tags, sources and conflicts have tables of their own. */
export type MemoryFields = Omit<MemoryItem, 'id' | 'tags' | 'conflicts' | 'sources' | 'revision' | 'createdAt' | 'updatedAt'>;

type Cell = string | number | null;
const bit = (value: boolean): number => (value ? 1 : 0);

/** The columns of each field. The forms by which items are compared are written with the texts that they come from. */
const columnsOf: { [Field in keyof MemoryFields]: (value: MemoryFields[Field], now: number) => Record<string, Cell> } = {
  kind: (kind) => ({ kind }),
  text: (text) => ({ text, normal: normalForm(text) }),
  subject: (subject) => ({ subject, subject_key: plainKey(subject) }),
  attribute: (attribute) => ({ attribute }),
  value: (value) => ({ value }),
  validFrom: (at) => ({ valid_from: at }),
  validTo: (at) => ({ valid_to: at }),
  learnedAt: (at) => ({ learned_at: at }),
  supersededBy: (id) => ({ superseded_by: id }),
  dueAt: (at) => ({ due_at: at }),
  doneAt: (at) => ({ done_at: at }),
  origin: (origin) => ({ origin }),
  model: (model) => ({ model }),
  confidence: (confidence) => ({ confidence }),
  confirmed: (value) => ({ confirmed: bit(value) }),
  protected: (value) => ({ protected: bit(value) }),
  muted: (value) => ({ muted: bit(value) }),
  archivedAt: (at) => ({ archived_at: at }),
  deletedAt: (at) => ({ deleted_at: at }),
  vitality: (vitality, now) => ({ vitality, vitality_at: now }),
  lastUsedAt: (at) => ({ last_used_at: at }),
  uses: (uses) => ({ uses }),
  mentions: (mentions) => ({ mentions }),
  firstMentionAt: (at) => ({ first_mention_at: at }),
  lastMentionAt: (at) => ({ last_mention_at: at }),
  agentId: (id) => ({ agent_id: id }),
};

const cellsOf = (fields: Partial<MemoryFields>, now: number): [string, Cell][] =>
  (Object.entries(fields) as [keyof MemoryFields, never][])
    .filter(([, value]) => value !== undefined)
    .flatMap(([name, value]) => Object.entries(columnsOf[name](value, now)));

/** Statements of inserts, which an import repeats for each of thousands of items. */
const inserts = new WeakMap<WritableDb, Map<string, Statement<unknown[]>>>();
const insertBy = (db: WritableDb, sql: string): Statement<unknown[]> => {
  const known = inserts.get(db) ?? new Map<string, Statement<unknown[]>>();
  inserts.set(db, known);
  const statement = known.get(sql) ?? db.prepare<unknown[]>(sql);
  known.set(sql, statement);
  return statement;
};

/** Inserts an item without tags, sources and conflicts, unless the id exists; true when it was new. */
export const insertMemory = (db: WritableDb, id: string, fields: MemoryFields, now: number): boolean => {
  const cells = [['id', id], ...cellsOf(fields, now), ['revision', 1], ['created_at', now], ['updated_at', now]] as [string, Cell][];
  const names = cells.map(([name]) => name).join(', ');
  const marks = cells.map(() => '?').join(', ');
  return (
    insertBy(db, `INSERT INTO memory_items(${names}) VALUES (${marks}) ON CONFLICT(id) DO NOTHING`).run(cells.map(([, cell]) => cell))
      .changes === 1
  );
};

/** Changes what an item says or is: its revision grows. */
export const changeMemory = (db: WritableDb, id: string, fields: Partial<MemoryFields>, now: number): void => {
  write(db, id, [...cellsOf(fields, now), ['updated_at', now]], ', revision = revision + 1');
};

/** Notes a use or a mention of an item. No revision grows: an edit that is under way stays valid. */
export const touchMemory = (
  db: WritableDb,
  id: string,
  fields: Partial<Pick<MemoryFields, 'vitality' | 'lastUsedAt' | 'uses' | 'mentions' | 'firstMentionAt' | 'lastMentionAt'>>,
  now: number,
): void => write(db, id, cellsOf(fields, now), '');

const write = (db: WritableDb, id: string, cells: readonly [string, Cell][], more: string): void => {
  const sets = cells.map(([name]) => `${name} = ?`).join(', ');
  db.prepare(`UPDATE memory_items SET ${sets}${more} WHERE id = ?`).run(...cells.map(([, cell]) => cell), id);
};

export const memoryByIdSql = `SELECT ${memoryColumns} FROM json_each(?) wanted CROSS JOIN memory_items i ON i.id = wanted.value ORDER BY wanted.key`;

/** The items with these ids, in their order, also those in the bin; unknown ids are left out. */
export const findMemories = (db: ReadableDb, ids: readonly string[], now: number): MemoryItem[] =>
  toMemoryItems(db, db.prepare<[string], MemoryRow>(memoryByIdSql).all(JSON.stringify(ids)), now);

/** Adds a source; one from the same beginning in the message stays as it is. `learntKey`: see `learntBefore`. */
export const addMemorySource = (db: WritableDb, id: string, source: MemorySource, learntKey = ''): void => {
  insertBy(
    db,
    'INSERT OR IGNORE INTO memory_sources(item_id, message_id, conversation_id, start, "end", at, learnt_key) VALUES (?, ?, ?, ?, ?, ?, ?)',
  ).run(id, source.messageId, source.conversationId, source.start, source.end, source.at, learntKey);
};
