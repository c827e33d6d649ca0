import type { ChangeBus } from '@main/store/changes';
import type { WritableDb } from '@main/store/database';
import { emptyLog } from '@main/store/emptyLog';
import { deleteMemory } from '@main/store/memoryDelete';
import { changeMemory, findMemories } from '@main/store/memoryItems';
import { countMemories, listMemories, type MemoryPage } from '@main/store/memoryList';
import { memorySpans, memoryTags } from '@main/store/memoryOverview';
import { addMemoryTags, endConflicts, relationsOf, setMemoryTags } from '@main/store/memoryRelations';
import { undoOfItem } from '@main/store/memoryUndos';
import type {
  MemoryAction,
  MemoryChangeToUndo,
  MemoryClock,
  MemoryFilter,
  MemoryGraph,
  MemoryImport,
  MemoryItem,
  MemoryMonth,
  MemoryPatch,
  NewMemory,
} from '@shared/model';
import { createItem, itemOf, itemsOf, updateItem } from './edit';
import { mentionGraph } from './mentionGraph';
import { mergeItems, splitItem } from './mergeSplit';
import { countByMonth } from './months';
import { takeBack } from './takeBack';
import { exportItems, importItems } from './transfer';

export interface MemoryItems {
  /** Throws `not_found`. */
  get(id: string): MemoryItem;
  list(page: MemoryPage): { items: MemoryItem[]; nextCursor: string | null };
  /** The items whose place it took, in the order of time, and the one that took its place. Throws `not_found`. */
  succession(id: string): { older: MemoryItem[]; newer: MemoryItem | null };
  tags(filter: MemoryFilter): { tag: string; count: number }[];
  /** The items by month of a clock, in local time. */
  months(filter: MemoryFilter & { clock: MemoryClock }): MemoryMonth[];
  /** The most mentioned subjects and how often they are mentioned together. */
  graph(): Promise<MemoryGraph>;
  counts(): Record<NonNullable<MemoryFilter['state']>, number>;
  /** Stores an item of the person; the same id sent twice returns the first. */
  create(item: NewMemory): MemoryItem;
  /** Throws `conflict` where the item has changed since `revision`. */
  update(change: { id: string; revision: number; patch: MemoryPatch }): MemoryItem;
  merge(input: { into: string; ids: string[] }): { item: MemoryItem; undoId: string };
  split(input: { id: string; revision: number; parts: NewMemory[] }): { items: MemoryItem[]; undoId: string };
  /** Takes a merge or a split back. Throws `not_found` once an item is forgotten or after many more, `conflict` where one changed since. */
  undo(id: string): MemoryItem[];
  /** The merge or split that made this item what it is, as long as it can be taken back; null for none. */
  undoable(id: string): MemoryChangeToUndo | null;
  /** Does one thing with some items, all or none. `remove` moves them to the bin, `restore` takes them out of it and of the archive. */
  act(input: { ids: string[]; action: MemoryAction; tags?: string[] | undefined }): MemoryItem[];
  /** Decides a contradiction: `other` ends where `keep` begins, or both stay. */
  settle(input: { keep: string; other: string; both: boolean }): MemoryItem[];
  /** Deletes for good. Returns the time until which backups keep it; null when there are none. */
  forget(ids: string[]): Promise<{ backupsUntil: number | null }>;
  export(): Promise<string>;
  import(text: string): Promise<MemoryImport>;
}

const endOf = ({ validTo, learnedAt }: MemoryItem): number => validTo ?? learnedAt;

const fieldsOf: Record<Exclude<MemoryAction, 'tag' | 'untag'>, (now: number) => Partial<MemoryItem>> = {
  protect: () => ({ protected: true, vitality: 1 }),
  unprotect: () => ({ protected: false, vitality: 1 }),
  mute: () => ({ muted: true }),
  unmute: () => ({ muted: false }),
  confirm: () => ({ confirmed: true }),
  archive: (now) => ({ archivedAt: now }),
  // Otherwise the next run of the gardener would archive it again.
  restore: () => ({ archivedAt: null, deletedAt: null, vitality: 1 }),
  remove: (now) => ({ deletedAt: now }),
};

export const createItems = ({
  db,
  changes,
  now,
  zone,
  backupsUntil,
}: {
  db: WritableDb;
  changes: ChangeBus;
  now: () => number;
  /** The IANA zone of the person. */
  zone: () => string;
  /** Notes that something is forgotten; returns when the last backup that exists now will be dropped, null without backups. */
  backupsUntil: () => number | null;
}): MemoryItems => {
  /** Runs a change in one transaction and publishes the items that it touched. */
  const changed = (ids: readonly string[], change: (at: number) => void): MemoryItem[] => {
    const at = now();
    db.transaction(() => change(at))();
    changes.publish('memory', ...ids);
    return itemsOf(db, ids, at);
  };
  /** A change that can be taken back, in one transaction. */
  const undoableChange = (ids: readonly string[], change: (at: number) => string): { items: MemoryItem[]; undoId: string } => {
    let undoId = '';
    const items = changed(ids, (at) => {
      undoId = change(at);
    });
    return { items, undoId };
  };
  const one = (items: MemoryItem[]): MemoryItem => items[0] as MemoryItem;

  const actOn = (item: MemoryItem, action: MemoryAction, tags: readonly string[], at: number): void => {
    if (action === 'tag') addMemoryTags(db, item.id, tags);
    else if (action === 'untag')
      setMemoryTags(
        db,
        item.id,
        item.tags.filter((tag) => !tags.includes(tag)),
      );
    changeMemory(db, item.id, action === 'tag' || action === 'untag' ? {} : fieldsOf[action](at), at);
  };

  return {
    get: (id) => itemOf(db, id, now()),
    list: (page) => listMemories(db, page, now()),
    succession: (id) => {
      const { supersededBy } = itemOf(db, id, now());
      const living = (ids: readonly string[]): MemoryItem[] => findMemories(db, ids, now()).filter(({ deletedAt }) => deletedAt === null);
      const older = living(relationsOf(db, id).older).sort((one, other) => endOf(one) - endOf(other));
      return { older, newer: supersededBy === null ? null : (living([supersededBy])[0] ?? null) };
    },
    tags: (filter) => memoryTags(db, filter, now()),
    months: ({ clock, ...filter }) => countByMonth(memorySpans(db, clock, filter, now()), zone()),
    graph: () => mentionGraph(db, now()),
    counts: () => countMemories(db, now()),
    create: (item) => one(changed([item.id], (at) => createItem(db, item, at))),
    update: ({ id, revision, patch }) => one(changed([id], (at) => updateItem(db, id, revision, patch, at))),
    merge: ({ into, ids }) => {
      const { items, undoId } = undoableChange([into, ...ids], (at) => mergeItems(db, into, ids, at));
      return { item: one(items), undoId };
    },
    split: ({ id, revision, parts }) => {
      const ids = [id, ...parts.map((part) => part.id)];
      const { items, undoId } = undoableChange(ids, (at) => splitItem(db, id, revision, parts, at));
      return { items: items.slice(1), undoId };
    },
    undoable: (id) => undoOfItem(db, id),
    undo: (id) => {
      const at = now();
      const ids = db.transaction(() => takeBack(db, id, at))();
      changes.publish('memory', ...ids);
      return itemsOf(db, ids, at);
    },
    act: ({ ids, action, tags = [] }) =>
      changed(ids, (at) => {
        for (const item of itemsOf(db, ids, at)) actOn(item, action, tags, at);
      }),
    settle: ({ keep, other, both }) =>
      changed([keep, other], (at) => {
        const [kept] = itemsOf(db, [keep, other], at);
        endConflicts(db, keep, other);
        changeMemory(db, keep, { confirmed: true }, at);
        if (both) changeMemory(db, other, { confirmed: true }, at);
        else changeMemory(db, other, { validTo: kept?.validFrom ?? kept?.firstMentionAt ?? at, supersededBy: keep }, at);
      }),
    forget: async (ids) => {
      itemsOf(db, ids, now());
      const until = backupsUntil();
      db.transaction(() => {
        for (const id of ids) deleteMemory(db, id, now());
      })();
      await emptyLog(db);
      changes.publish('memory', ...ids);
      return { backupsUntil: until };
    },
    export: () => exportItems(db, now()),
    import: async (text) => {
      const { report, ids } = await importItems(db, text, now());
      if (ids.length > 0) changes.publish('memory');
      return report;
    },
  };
};
