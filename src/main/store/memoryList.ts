import type { MemoryFilter, MemoryItem } from '@shared/model';
import { z } from 'zod';
import { toMatchExpression, toNameExpression } from './conversationSearch';
import { decodeCursor, encodeCursor } from './cursor';
import type { ReadableDb } from './database';
import { plainKey } from './memoryKeys';
import { type MemoryRow, memoryColumns, toMemoryItems } from './memoryRows';

export interface MemoryPage extends MemoryFilter {
  cursor: string | null;
  limit: number;
}
type Values = Record<string, string | number | null>;

const closed = '(i.superseded_by IS NOT NULL OR i.valid_to <= @now)';
/** Conditions of each state, besides that of the bin. */
const states: Record<NonNullable<MemoryFilter['state']>, string> = {
  live: `AND i.archived_at IS NULL AND NOT coalesce(${closed}, 0)`,
  archived: 'AND i.archived_at IS NOT NULL',
  deleted: '',
  superseded: `AND ${closed}`,
  conflict: 'AND EXISTS (SELECT 1 FROM memory_conflicts c WHERE c.item_id = i.id)',
};

const conditions: { [Name in keyof Omit<MemoryFilter, 'state' | 'words'>]-?: string } = {
  kind: 'i.kind = @kind',
  tag: 'EXISTS (SELECT 1 FROM memory_tags t WHERE t.tag = @tag AND t.item_id = i.id)',
  subject: 'i.subject_key = @subject',
  about: '(i.subject_key = @about OR i.n IN (SELECT f.rowid FROM memory_fts f WHERE memory_fts MATCH @named))',
  agentId: 'i.agent_id = @agentId',
  origin: 'i.origin = @origin',
  from: 'i.last_mention_at >= @from',
  to: 'i.first_mention_at < @to',
  learntFrom: 'i.learned_at >= @learntFrom',
  learntTo: 'i.learned_at < @learntTo',
  trueFrom: '(i.valid_to IS NULL OR i.valid_to > @trueFrom)',
  trueTo: 'i.valid_from < @trueTo',
};

/** The conditions of a filter, on the table `memory_items i`; its words have an index of their own. */
export const whereOf = (filter: MemoryFilter): string => {
  const wanted = (Object.keys(conditions) as (keyof typeof conditions)[]).filter((name) => filter[name] !== undefined);
  const bin = `i.deleted_at IS ${filter.state === 'deleted' ? 'NOT NULL' : 'NULL'}`;
  return [bin, ...wanted.map((name) => `AND ${conditions[name]}`), filter.state ? states[filter.state] : ''].join(' ');
};
/** The values of the conditions. */
export const valuesOf = ({ state: _state, words: _words, ...rest }: MemoryFilter, now: number): Values => ({
  ...rest,
  ...(rest.subject !== undefined && { subject: plainKey(rest.subject) }),
  ...(rest.about !== undefined && { about: plainKey(rest.about), named: toNameExpression(rest.about) }),
  now,
});

/** The query of one page and the columns of its cursor: items in the bin by when they were deleted, found words by age, others by change. */
export const memoryListSql = (filter: MemoryFilter): string => {
  const where = whereOf(filter);
  if (filter.words !== undefined)
    return `SELECT ${memoryColumns} FROM memory_fts f CROSS JOIN memory_items i ON i.n = f.rowid
      WHERE memory_fts MATCH @match AND f.rowid < @first AND ${where} ORDER BY f.rowid DESC LIMIT @limit`;
  const [index, column] =
    filter.state === 'deleted'
      ? ['memory_items_deleted', 'deleted_at']
      : [filter.state === 'live' ? 'memory_items_live' : 'memory_items_kept', 'updated_at'];
  return `SELECT ${memoryColumns} FROM memory_items i INDEXED BY ${index}
    WHERE (i.${column}, i.id) < (@first, @second) AND ${where} ORDER BY i.${column} DESC, i.id DESC LIMIT @limit`;
};

const keySchema = z.tuple([z.number(), z.string()]);
const beforeAll: z.infer<typeof keySchema> = [Number.MAX_SAFE_INTEGER, ''];
const keyOf = (row: MemoryRow, filter: MemoryFilter): [number, string] => {
  if (filter.words !== undefined) return [row.n, row.id];
  return [filter.state === 'deleted' ? (row.deleted_at ?? 0) : row.updated_at, row.id];
};

/**
 * One page of items; those in the bin only for the state `deleted`. Words are found by full text, all of them required. The cursor is the
 * sort key of the last row. Throws `input.invalid` for a cursor of another kind of list.
 */
export const listMemories = (
  db: ReadableDb,
  { cursor, limit, ...filter }: MemoryPage,
  now: number,
): { items: MemoryItem[]; nextCursor: string | null } => {
  const match = filter.words === undefined ? null : toMatchExpression(filter.words);
  if (filter.words !== undefined && match === null) return { items: [], nextCursor: null };
  const [first, second] = cursor === null ? beforeAll : decodeCursor(cursor, keySchema);
  const values: Values = { ...valuesOf(filter, now), match, first, second };
  const rows = db.prepare<[Values], MemoryRow>(memoryListSql(filter)).all({ ...values, limit: limit + 1 });
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    items: toMemoryItems(db, page, now),
    nextCursor: last && rows.length > limit ? encodeCursor(keyOf(last, filter)) : null,
  };
};

export const memoriesAmongSql = (filter: MemoryFilter): string =>
  `SELECT ${memoryColumns} FROM json_each(@ids) wanted CROSS JOIN memory_items i ON i.id = wanted.value WHERE ${whereOf(filter)}
    ORDER BY wanted.key LIMIT @limit`;

/** The items with these ids that a filter lets pass, in their order; its words are not looked at. */
export const memoriesAmong = (
  db: ReadableDb,
  { ids, limit, ...filter }: MemoryFilter & { ids: readonly string[]; limit: number },
  now: number,
): MemoryItem[] =>
  toMemoryItems(
    db,
    db.prepare<[Values], MemoryRow>(memoriesAmongSql(filter)).all({ ...valuesOf(filter, now), ids: JSON.stringify(ids), limit }),
    now,
  );

export const allMemoriesSql = `SELECT ${memoryColumns} FROM memory_items i WHERE i.n > ? AND i.deleted_at IS NULL ORDER BY i.n LIMIT ?`;

/** All items outside the bin, the oldest first, read in parts: for exports. */
export function* allMemories(db: ReadableDb, now: number): Generator<MemoryItem> {
  const part = 1_000;
  for (let after = 0; ; ) {
    const rows = db.prepare<[number, number], MemoryRow>(allMemoriesSql).all(after, part);
    yield* toMemoryItems(db, rows, now);
    const last = rows.at(-1);
    if (!last || rows.length < part) return;
    after = last.n;
  }
}

/** The number of items by state; those in conflict are counted among the live ones too. */
export const countMemories = (db: ReadableDb, now: number): Record<NonNullable<MemoryFilter['state']>, number> => {
  const row = db
    .prepare<[{ now: number }], Record<'live' | 'archived' | 'deleted' | 'superseded', number | null>>(
      `SELECT sum(deleted_at IS NOT NULL) AS deleted, sum(deleted_at IS NULL AND archived_at IS NOT NULL) AS archived,
        sum(deleted_at IS NULL AND coalesce(${closed}, 0)) AS superseded,
        sum(deleted_at IS NULL AND archived_at IS NULL AND NOT coalesce(${closed}, 0)) AS live FROM memory_items i`,
    )
    .get({ now });
  const conflict = db
    .prepare<[], { count: number }>(
      'SELECT count(DISTINCT c.item_id) AS count FROM memory_conflicts c JOIN memory_items i ON i.id = c.item_id WHERE i.deleted_at IS NULL',
    )
    .get();
  return {
    live: row?.live ?? 0,
    archived: row?.archived ?? 0,
    deleted: row?.deleted ?? 0,
    superseded: row?.superseded ?? 0,
    conflict: conflict?.count ?? 0,
  };
};
