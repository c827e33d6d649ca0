import type { WritableDb } from '@main/store/database';
import { addMemorySource, changeMemory, findMemories, insertMemory, type MemoryFields } from '@main/store/memoryItems';
import { setMemoryTags } from '@main/store/memoryRelations';
import { EmergenceError, type MemoryItem, type MemoryPatch, type NewMemory } from '@shared/model';

/** Throws `not_found` where one of them does not exist. */
export const itemsOf = (db: WritableDb, ids: readonly string[], now: number): MemoryItem[] => {
  const items = findMemories(db, ids, now);
  if (items.length < new Set(ids).size) throw new EmergenceError('not_found');
  return items;
};
export const itemOf = (db: WritableDb, id: string, now: number): MemoryItem => itemsOf(db, [id], now)[0] as MemoryItem;

export const fresh = (now: number): Omit<MemoryFields, 'text' | 'kind'> => ({
  ...{
    subject: '',
    attribute: '',
    value: '',
    validFrom: null,
    validTo: null,
    learnedAt: now,
    supersededBy: null,
    dueAt: null,
    doneAt: null,
  },
  ...{ origin: 'person', model: null, confidence: 1, confirmed: true, protected: false, muted: false, archivedAt: null, deletedAt: null },
  ...{ vitality: 1, lastUsedAt: null, uses: 0, mentions: 1, firstMentionAt: now, lastMentionAt: now, agentId: null },
});

/** Stores an item that the person made; one whose id exists stays as it is. */
export const createItem = (db: WritableDb, { id, tags, source, ...said }: NewMemory, now: number): void => {
  const times = source ? { firstMentionAt: source.at, lastMentionAt: source.at } : {};
  if (!insertMemory(db, id, { ...fresh(now), ...said, ...times }, now)) return;
  setMemoryTags(db, id, tags);
  if (source) addMemorySource(db, id, source);
};

/**
 * Changes what an item says. It is the person's from then on: a text of theirs has no model, and what they touched is confirmed. Throws
 * `conflict` where the item has changed since the revision that they saw.
 */
export const updateItem = (db: WritableDb, id: string, revision: number, { tags, done, ...patch }: MemoryPatch, now: number): void => {
  const item = itemOf(db, id, now);
  if (item.revision !== revision) throw new EmergenceError('conflict', { revision: item.revision });
  changeMemory(
    db,
    id,
    {
      ...patch,
      confirmed: true,
      ...(patch.text !== undefined && patch.text !== item.text && { origin: 'person', model: null, confidence: 1 }),
      ...(done !== undefined && { doneAt: done ? (item.doneAt ?? now) : null }),
      // An item that holds again has no successor.
      ...(patch.validTo === null && { supersededBy: null }),
    },
    now,
  );
  if (tags) setMemoryTags(db, id, tags);
};
