import type { WritableDb } from '@main/store/database';
import { changeMemory, insertMemory } from '@main/store/memoryItems';
import { copyMemoryRelations, endConflicts, relationsOf, setMemoryTags, takeBackRelations } from '@main/store/memoryRelations';
import { EmergenceError, type MemoryItem, type NewMemory } from '@shared/model';
import { fresh, itemOf, itemsOf } from './edit';

/** Takes a change back and returns the ids of the items that it touched. Throws `conflict` where one of them has changed since. */
export type TakeBack = (now: number) => string[];

const least = (times: readonly number[]): number => Math.min(...times);
const most = (times: readonly number[]): number => Math.max(...times);

/** The items as they are now. Throws `not_found` where one is gone, `conflict` where one has changed since. */
const unchanged = (db: WritableDb, items: readonly MemoryItem[], now: number): MemoryItem[] => {
  const current = itemsOf(
    db,
    items.map(({ id }) => id),
    now,
  );
  current.forEach(({ revision }, index) => {
    if (revision !== items[index]?.revision) throw new EmergenceError('conflict', { revision });
  });
  return current;
};

/** The fields of an item before it took in others, with the uses and mentions that it gained since. */
const withoutMerge = (before: MemoryItem, merged: MemoryItem, current: MemoryItem): Partial<MemoryItem> => ({
  ...{ confirmed: before.confirmed, deletedAt: before.deletedAt, protected: before.protected },
  ...{ supersededBy: before.supersededBy, validTo: before.validTo },
  mentions: before.mentions + current.mentions - merged.mentions,
  uses: before.uses + current.uses - merged.uses,
  firstMentionAt: current.firstMentionAt === merged.firstMentionAt ? before.firstMentionAt : current.firstMentionAt,
  lastMentionAt: current.lastMentionAt === merged.lastMentionAt ? before.lastMentionAt : current.lastMentionAt,
  ...(current.uses === merged.uses && { lastUsedAt: before.lastUsedAt, vitality: before.vitality }),
});

/**
 * Makes one item of several: it keeps its own words, and has the sources, tags and uses of all. The others go to the bin with what they
 * had, from where they can be restored.
 */
export const mergeItems = (db: WritableDb, into: string, ids: readonly string[], now: number): TakeBack => {
  const others = itemsOf(
    db,
    ids.filter((id) => id !== into),
    now,
  );
  const before = itemOf(db, into, now);
  const all = [before, ...others];
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
  return (at) => {
    const [current] = unchanged(db, after, at);
    for (const other of relations.others) takeBackRelations(db, other, relations.into);
    for (const { id, deletedAt } of others) changeMemory(db, id, { deletedAt }, at);
    changeMemory(db, into, withoutMerge(before, after[0] as MemoryItem, current as MemoryItem), at);
    return after.map(({ id }) => id);
  };
};

/** Makes several items of one, each with its sources and tags; the one goes to the bin. Taking it back puts the parts there. */
export const splitItem = (db: WritableDb, id: string, revision: number, parts: readonly NewMemory[], now: number): TakeBack => {
  const item = itemOf(db, id, now);
  if (item.revision !== revision) throw new EmergenceError('conflict', { revision: item.revision });
  const { firstMentionAt, lastMentionAt } = item;
  for (const { id: partId, tags, source: _source, ...part } of parts) {
    insertMemory(db, partId, { ...fresh(now), ...part, firstMentionAt, lastMentionAt, agentId: part.agentId ?? item.agentId }, now);
    copyMemoryRelations(db, id, partId);
    setMemoryTags(db, partId, tags.length > 0 ? tags : item.tags);
  }
  changeMemory(db, id, { deletedAt: now, supersededBy: item.supersededBy }, now);
  const after = itemsOf(db, [id, ...parts.map((part) => part.id)], now);
  return (at) => {
    const [whole, ...made] = unchanged(db, after, at) as [MemoryItem, ...MemoryItem[]];
    for (const { id: partId } of made) {
      copyMemoryRelations(db, partId, id);
      endConflicts(db, partId);
      changeMemory(db, partId, { deletedAt: at }, at);
    }
    setMemoryTags(db, id, item.tags);
    const gained = (count: 'uses' | 'mentions'): number =>
      made.reduce((sum, part, index) => sum + part[count] - (after[index + 1]?.[count] ?? 0), 0);
    const used = [whole, ...made].flatMap(({ lastUsedAt: last }) => last ?? []);
    changeMemory(
      db,
      id,
      {
        ...{ deletedAt: item.deletedAt, uses: whole.uses + gained('uses'), mentions: whole.mentions + gained('mentions') },
        lastMentionAt: most([whole, ...made].map(({ lastMentionAt: last }) => last)),
        ...(used.length > 0 && { lastUsedAt: most(used) }),
      },
      at,
    );
    return after.map((one) => one.id);
  };
};
