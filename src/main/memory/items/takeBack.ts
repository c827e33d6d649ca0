import type { WritableDb } from '@main/store/database';
import { changeMemory } from '@main/store/memoryItems';
import { copyMemoryRelations, endConflicts, setMemoryTags, takeBackRelations } from '@main/store/memoryRelations';
import { dropUndo, findUndo, type MemoryUndo } from '@main/store/memoryUndos';
import { EmergenceError, type MemoryItem } from '@shared/model';
import { itemsOf } from './edit';

type Undo<Kind extends MemoryUndo['kind']> = Extract<MemoryUndo, { kind: Kind }>;

/** The fields of an item before it took in others, with the uses and mentions that it gained since. */
const withoutMerge = ({ before, after }: Undo<'merge'>, current: MemoryItem): Partial<MemoryItem> => ({
  ...{ confirmed: before.confirmed, deletedAt: before.deletedAt, protected: before.protected },
  ...{ supersededBy: before.supersededBy, validTo: before.validTo },
  mentions: before.mentions + current.mentions - after.mentions,
  uses: before.uses + current.uses - after.uses,
  firstMentionAt: current.firstMentionAt === after.firstMentionAt ? before.firstMentionAt : current.firstMentionAt,
  lastMentionAt: current.lastMentionAt === after.lastMentionAt ? before.lastMentionAt : current.lastMentionAt,
  ...(current.uses === after.uses && { lastUsedAt: before.lastUsedAt, vitality: before.vitality }),
});

const takeBackMerge = (db: WritableDb, undo: Undo<'merge'>, items: ReadonlyMap<string, MemoryItem>, at: number): void => {
  for (const { relations } of undo.others) takeBackRelations(db, relations, undo.before.relations);
  for (const { deletedAt, relations } of undo.others) changeMemory(db, relations.id, { deletedAt }, at);
  changeMemory(db, undo.into, withoutMerge(undo, items.get(undo.into) as MemoryItem), at);
};

const takeBackSplit = (db: WritableDb, undo: Undo<'split'>, items: ReadonlyMap<string, MemoryItem>, at: number): void => {
  const whole = items.get(undo.id) as MemoryItem;
  const made = undo.parts.map(({ id }) => items.get(id) as MemoryItem);
  for (const { id: partId } of made) {
    copyMemoryRelations(db, partId, undo.id);
    endConflicts(db, partId);
    changeMemory(db, partId, { deletedAt: at }, at);
  }
  setMemoryTags(db, undo.id, undo.tags);
  const gained = (count: 'uses' | 'mentions'): number =>
    made.reduce((sum, part, index) => sum + part[count] - (undo.parts[index]?.[count] ?? 0), 0);
  const used = [whole, ...made].flatMap(({ lastUsedAt: last }) => last ?? []);
  changeMemory(
    db,
    undo.id,
    {
      ...{ deletedAt: undo.deletedAt, uses: whole.uses + gained('uses'), mentions: whole.mentions + gained('mentions') },
      lastMentionAt: Math.max(...[whole, ...made].map(({ lastMentionAt: last }) => last)),
      ...(used.length > 0 && { lastUsedAt: Math.max(...used) }),
    },
    at,
  );
};

/**
 * Takes a merge or a split back, and returns the ids of its items. Throws `not_found` where it is unknown or one of its items was
 * forgotten, `conflict` where one has changed since. Inside the caller's transaction.
 */
export const takeBack = (db: WritableDb, undoId: string, at: number): string[] => {
  const found = findUndo(db, undoId);
  if (!found) throw new EmergenceError('not_found');
  const ids = found.items.map(({ id }) => id);
  const items = new Map(itemsOf(db, ids, at).map((item) => [item.id, item]));
  for (const { id, revision } of found.items) {
    const current = items.get(id)?.revision ?? 0;
    if (current !== revision) throw new EmergenceError('conflict', { revision: current });
  }
  const { undo } = found;
  if (undo.kind === 'merge') takeBackMerge(db, undo, items, at);
  else takeBackSplit(db, undo, items, at);
  dropUndo(db, undoId);
  return ids;
};
