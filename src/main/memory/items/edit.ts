import type { WritableDb } from '@main/store/database';
import { addMemorySource, changeMemory, findMemories, insertMemory, type MemoryFields } from '@main/store/memoryItems';
import { copyMemoryRelations, endConflicts, setMemoryTags } from '@main/store/memoryRelations';
import { EmergenceError, type MemoryItem, type MemoryPatch, type NewMemory } from '@shared/model';

/** Throws `not_found` where one of them does not exist. */
export const itemsOf = (db: WritableDb, ids: readonly string[], now: number): MemoryItem[] => {
  const items = findMemories(db, ids, now);
  if (items.length < new Set(ids).size) throw new EmergenceError('not_found');
  return items;
};
export const itemOf = (db: WritableDb, id: string, now: number): MemoryItem => itemsOf(db, [id], now)[0] as MemoryItem;

const fresh = (now: number): Omit<MemoryFields, 'text' | 'kind'> => ({
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

const least = (times: readonly number[]): number => Math.min(...times);
const most = (times: readonly number[]): number => Math.max(...times);

/**
 * Makes one item of several: it keeps its own words, and has the sources, tags and uses of all. The others go to the bin with what they
 * had, from where they can be restored.
 */
export const mergeItems = (db: WritableDb, into: string, ids: readonly string[], now: number): void => {
  const others = itemsOf(
    db,
    ids.filter((id) => id !== into),
    now,
  );
  const all = [itemOf(db, into, now), ...others];
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
      ...(others.some(({ id }) => id === all[0]?.supersededBy) && { supersededBy: null, validTo: null }),
    },
    now,
  );
};

/** Makes several items of one, each with its sources and tags; the one goes to the bin. */
export const splitItem = (db: WritableDb, id: string, revision: number, parts: readonly NewMemory[], now: number): void => {
  const item = itemOf(db, id, now);
  if (item.revision !== revision) throw new EmergenceError('conflict', { revision: item.revision });
  const { firstMentionAt, lastMentionAt } = item;
  for (const { id: partId, tags, source: _source, ...part } of parts) {
    insertMemory(db, partId, { ...fresh(now), ...part, firstMentionAt, lastMentionAt, agentId: part.agentId ?? item.agentId }, now);
    copyMemoryRelations(db, id, partId);
    setMemoryTags(db, partId, tags.length > 0 ? tags : item.tags);
  }
  changeMemory(db, id, { deletedAt: now, supersededBy: item.supersededBy }, now);
};
