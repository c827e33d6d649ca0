import { z } from 'zod';
import type { ReadableDb, WritableDb } from './database';
import { parseJson } from './json';

const source = z.object({ message_id: z.string(), start: z.number(), learnt_key: z.string() });
const relations = z.object({
  id: z.string(),
  sources: z.array(source),
  uses: z.array(z.string()),
  tags: z.array(z.string()),
  conflicts: z.array(z.object({ other: z.string(), at: z.number() })),
  older: z.array(z.string()),
});
const time = z.number().nullable();
const counts = z.object({
  ...{ mentions: z.number(), uses: z.number(), vitality: z.number() },
  ...{ firstMentionAt: z.number(), lastMentionAt: z.number(), lastUsedAt: time },
});

/** The facts by which a merge or a split is taken back: no words of an item but its tags. */
const undoSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('merge'),
    into: z.string(),
    /** The item before it took in the others, and its counts after. */
    before: counts.extend({
      ...{ confirmed: z.boolean(), protected: z.boolean(), deletedAt: time, supersededBy: z.string().nullable(), validTo: time },
      relations,
    }),
    after: counts,
    others: z.array(z.object({ deletedAt: time, relations })),
  }),
  z.object({
    kind: z.literal('split'),
    id: z.string(),
    deletedAt: time,
    tags: z.array(z.string()),
    /** Its parts as they were made. */
    parts: z.array(counts.pick({ mentions: true, uses: true }).extend({ id: z.string() })),
  }),
]);
export type MemoryUndo = z.infer<typeof undoSchema>;

/** Merges and splits that are kept: the newest. */
const mostKept = 100;

/** Keeps how a change is taken back, as long as none of its items, given with their revisions after it, is deleted for good. */
export const storeUndo = (
  db: WritableDb,
  { id, at, undo, items }: { id: string; at: number; undo: MemoryUndo; items: readonly { id: string; revision: number }[] },
): void => {
  db.prepare('INSERT INTO memory_undos(id, at, record) VALUES (?, ?, ?)').run(id, at, JSON.stringify(undo));
  const insert = db.prepare('INSERT INTO memory_undo_items(undo_id, item_id, revision) VALUES (?, ?, ?)');
  for (const item of items) insert.run(id, item.id, item.revision);
  db.prepare('DELETE FROM memory_undos WHERE n <= (SELECT max(n) FROM memory_undos) - ?').run(mostKept);
};

/** A change that can be taken back, with its items and their revisions after it; null where it is unknown or cannot be read. */
export const findUndo = (db: ReadableDb, id: string): { undo: MemoryUndo; items: { id: string; revision: number }[] } | null => {
  const record = db.prepare<[string], string>('SELECT record FROM memory_undos WHERE id = ?').pluck().get(id);
  const undo = record === undefined ? undefined : undoSchema.safeParse(parseJson(record)).data;
  if (!undo) return null;
  const items = db
    .prepare<[string], { id: string; revision: number }>('SELECT item_id AS id, revision FROM memory_undo_items WHERE undo_id = ?')
    .all(id);
  return { undo, items };
};

export const undosOfItemSql = `SELECT u.id, u.at, json_extract(u.record, '$.kind') AS kind
  FROM memory_undo_items o INDEXED BY memory_undo_items_item CROSS JOIN memory_undos u ON u.id = o.undo_id
  WHERE o.item_id = ? AND json_valid(u.record) AND NOT EXISTS (
    SELECT 1 FROM memory_undo_items x JOIN memory_items i ON i.id = x.item_id WHERE x.undo_id = u.id AND i.revision <> x.revision)
  ORDER BY u.n DESC LIMIT 1`;

/** The last change of an item that can be taken back, since none of its items has changed after it; null for none. */
export const undoOfItem = (db: ReadableDb, itemId: string): { id: string; at: number; kind: MemoryUndo['kind'] } | null =>
  db.prepare<[string], { id: string; at: number; kind: MemoryUndo['kind'] }>(undosOfItemSql).get(itemId) ?? null;

export const dropUndo = (db: WritableDb, id: string): void => {
  db.prepare('DELETE FROM memory_undos WHERE id = ?').run(id);
};
