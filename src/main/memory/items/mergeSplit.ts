import type { WritableDb } from '@main/store/database';
import { changeMemory, insertMemory } from '@main/store/memoryItems';
import { copyMemoryRelations, endConflicts, relationsOf, setMemoryTags } from '@main/store/memoryRelations';
import { type MemoryUndo, storeUndo } from '@main/store/memoryUndos';
import { EmergenceError, type MemoryItem, type NewMemory, newId } from '@shared/model';
import { fresh, itemOf, itemsOf } from './edit';

const least = (times: readonly number[]): number => Math.min(...times);
const most = (times: readonly number[]): number => Math.max(...times);

/** Keeps how a change of these items is taken back. Returns the id by which `takeBack` finds it. */
const undoable = (db: WritableDb, items: readonly MemoryItem[], undo: MemoryUndo, at: number): string => {
  const id = newId();
  storeUndo(db, { id, at, undo, items });
  return id;
};

/** The fields that a use or a mention changes. */
const countsOf = ({ mentions, uses, vitality, firstMentionAt, lastMentionAt, lastUsedAt }: MemoryItem) => ({
  ...{ mentions, uses, vitality, firstMentionAt, lastMentionAt, lastUsedAt },
});

/**
 * Makes one item of several: it keeps its own words, and has the sources, tags and uses of all. The others go to the bin with what they
 * had, from where they can be restored. Returns the id by which it can be taken back.
 */
export const mergeItems = (db: WritableDb, into: string, ids: readonly string[], now: number): string => {
  const others = itemsOf(
    db,
    ids.filter((id) => id !== into),
    now,
  );
  const before = itemOf(db, into, now);
  const all = [before, ...others];
  const { confirmed, deletedAt, supersededBy, validTo } = before;
  const relations = { into: relationsOf(db, into), others: others.map(({ id }) => relationsOf(db, id)) };
  for (const { id } of others) {
    copyMemoryRelations(db, id, into);
    endConflicts(db, id);
    changeMemory(db, id, { deletedAt: now }, now);
  }
  const used = all.flatMap(({ lastUsedAt }) => lastUsedAt ?? []);
  changeMemory(
    db,
    into,
    {
      ...{
        confirmed: true,
        deletedAt: null,
        protected: all.some((item) => item.protected),
        vitality: most(all.map(({ vitality }) => vitality)),
      },
      mentions: all.reduce((sum, { mentions }) => sum + mentions, 0),
      uses: all.reduce((sum, { uses }) => sum + uses, 0),
      firstMentionAt: least(all.map(({ firstMentionAt }) => firstMentionAt)),
      lastMentionAt: most(all.map(({ lastMentionAt }) => lastMentionAt)),
      ...(used.length > 0 && { lastUsedAt: most(used) }),
      // The successor of the item may be one of those that it took in.
      ...(others.some(({ id }) => id === before.supersededBy) && { supersededBy: null, validTo: null }),
    },
    now,
  );
  const after = itemsOf(db, [into, ...others.map(({ id }) => id)], now);
  const undo: MemoryUndo = {
    kind: 'merge',
    into,
    before: {
      ...countsOf(before),
      ...{ confirmed, protected: before.protected, deletedAt, supersededBy, validTo, relations: relations.into },
    },
    after: countsOf(after[0] as MemoryItem),
    others: others.map((other, index) => ({
      deletedAt: other.deletedAt,
      relations: relations.others[index] as (typeof relations)['into'],
    })),
  };
  return undoable(db, after, undo, now);
};

/**
 * Makes several items of one, each with its sources and tags; the one goes to the bin. Returns the id by which it can be taken back, which
 * puts the parts there.
 */
export const splitItem = (db: WritableDb, id: string, revision: number, parts: readonly NewMemory[], now: number): string => {
  const item = itemOf(db, id, now);
  if (item.revision !== revision) throw new EmergenceError('conflict', { revision: item.revision });
  const { firstMentionAt, lastMentionAt } = item;
  for (const { id: partId, tags, source: _source, ...part } of parts) {
    insertMemory(db, partId, { ...fresh(now), ...part, firstMentionAt, lastMentionAt, agentId: part.agentId ?? item.agentId }, now);
    copyMemoryRelations(db, id, partId);
    setMemoryTags(db, partId, tags.length > 0 ? tags : item.tags);
  }
  changeMemory(db, id, { deletedAt: now, supersededBy: item.supersededBy }, now);
  const [whole, ...made] = itemsOf(db, [id, ...parts.map((part) => part.id)], now) as [MemoryItem, ...MemoryItem[]];
  const undo: MemoryUndo = {
    ...{ kind: 'split', id, deletedAt: item.deletedAt, tags: item.tags },
    parts: made.map((part) => ({ id: part.id, uses: part.uses, mentions: part.mentions })),
  };
  return undoable(db, [whole, ...made], undo, now);
};
