import { type MemoryItem, type MemorySource, maxMemoryCharacters, memoryItemSchema, memorySourceSchema } from '@shared/model';
import type { ReadableDb } from './database';
import { readRow } from './json';
import { vitalityAt } from './memoryVitality';

export interface MemoryRow {
  n: number;
  id: string;
  kind: MemoryItem['kind'];
  text: string;
  subject: string;
  attribute: string;
  value: string;
  valid_from: number | null;
  valid_to: number | null;
  learned_at: number;
  superseded_by: string | null;
  due_at: number | null;
  done_at: number | null;
  origin: MemoryItem['origin'];
  model: string | null;
  confidence: number;
  confirmed: number;
  protected: number;
  muted: number;
  archived_at: number | null;
  deleted_at: number | null;
  vitality: number;
  vitality_at: number;
  last_used_at: number | null;
  uses: number;
  mentions: number;
  first_mention_at: number;
  last_mention_at: number;
  agent_id: string | null;
  revision: number;
  created_at: number;
  updated_at: number;
}

/** Columns of an item, of the table `memory_items i`. */
export const memoryColumns = `i.n, i.id, i.kind, i.text, i.subject, i.attribute, i.value, i.valid_from, i.valid_to, i.learned_at, i.superseded_by,
  i.due_at, i.done_at, i.origin, i.model, i.confidence, i.confirmed, i.protected, i.muted, i.archived_at, i.deleted_at, i.vitality, i.vitality_at,
  i.last_used_at, i.uses, i.mentions, i.first_mention_at, i.last_mention_at, i.agent_id, i.revision, i.created_at, i.updated_at`;

export const memorySourcesSql = `SELECT DISTINCT s.item_id, s.message_id, s.conversation_id, s.start, s."end", s.at
  FROM json_each(?) wanted CROSS JOIN memory_sources s ON s.item_id = wanted.value`;
export const memoryTagsSql = `SELECT t.item_id, t.tag FROM json_each(?) wanted CROSS JOIN memory_tags t INDEXED BY memory_tags_item
  ON t.item_id = wanted.value`;
export const memoryConflictsSql = `SELECT c.item_id, c.other_id FROM json_each(?) wanted CROSS JOIN memory_conflicts c ON c.item_id = wanted.value`;

interface SourceRow {
  item_id: string;
  message_id: string;
  conversation_id: string;
  start: number;
  end: number;
  at: number;
}
const toSource = (row: SourceRow): MemorySource[] => {
  const { message_id: messageId, conversation_id: conversationId, start, end, at } = row;
  const source = readRow(memorySourceSchema, { messageId, conversationId, start, end, at }, `memory_sources ${row.item_id}`);
  return source ? [source] : [];
};

/** Values for cells that cannot be read. An item of an unknown kind says something: it is a fact. */
const repairs: Partial<MemoryItem> = {
  kind: 'fact',
  subject: '',
  attribute: '',
  value: '',
  validFrom: null,
  validTo: null,
  learnedAt: 0,
  supersededBy: null,
  dueAt: null,
  doneAt: null,
  origin: 'rule',
  confidence: 0,
  archivedAt: 0,
  deletedAt: 0,
  vitality: 0,
  lastUsedAt: null,
  uses: 0,
  mentions: 0,
  firstMentionAt: 0,
  lastMentionAt: 0,
  revision: 1,
  createdAt: 0,
  updatedAt: 0,
};

const grouped = <Row, T>(rows: readonly Row[], keyOf: (row: Row) => string, valuesOf: (row: Row) => T[]): Map<string, T[]> => {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const list = groups.get(keyOf(row)) ?? [];
    list.push(...valuesOf(row));
    groups.set(keyOf(row), list);
  }
  return groups;
};

/** The items of some rows, in their order, with their vitality at `now`. Leaves out rows that cannot be read. */
export const toMemoryItems = (db: ReadableDb, rows: readonly MemoryRow[], now: number): MemoryItem[] => {
  if (rows.length === 0) return [];
  const ids = JSON.stringify(rows.map(({ id }) => id));
  const itemOf = (row: { item_id: string }): string => row.item_id;
  const sources = grouped(db.prepare<[string], SourceRow>(memorySourcesSql).all(ids), itemOf, toSource);
  const tags = grouped(db.prepare<[string], { item_id: string; tag: string }>(memoryTagsSql).all(ids), itemOf, ({ tag }) => [tag]);
  const conflicts = grouped(
    db.prepare<[string], { item_id: string; other_id: string }>(memoryConflictsSql).all(ids),
    itemOf,
    ({ other_id }) => [other_id],
  );
  return rows.flatMap((row) => {
    const item: MemoryItem = {
      id: row.id,
      kind: row.kind,
      text: row.text.slice(0, maxMemoryCharacters),
      subject: row.subject,
      attribute: row.attribute,
      value: row.value,
      validFrom: row.valid_from,
      validTo: row.valid_to,
      learnedAt: row.learned_at,
      supersededBy: row.superseded_by,
      dueAt: row.due_at,
      doneAt: row.done_at,
      origin: row.origin,
      model: row.model,
      confidence: row.confidence,
      confirmed: row.confirmed === 1,
      protected: row.protected === 1,
      muted: row.muted === 1,
      archivedAt: row.archived_at,
      deletedAt: row.deleted_at,
      vitality: row.protected === 1 ? 1 : vitalityAt(row.vitality, row.vitality_at, now),
      lastUsedAt: row.last_used_at,
      uses: row.uses,
      mentions: row.mentions,
      firstMentionAt: row.first_mention_at,
      lastMentionAt: row.last_mention_at,
      agentId: row.agent_id,
      tags: (tags.get(row.id) ?? []).sort(),
      conflicts: (conflicts.get(row.id) ?? []).sort(),
      revision: row.revision,
      createdAt: row.created_at,
      updatedAt: row.updated_at,
      sources: (sources.get(row.id) ?? []).sort((one, other) => one.at - other.at || one.start - other.start),
    };
    return readRow(memoryItemSchema, item, `memory_items ${row.id}`, repairs) ?? [];
  });
};
