import { setImmediate as letOthersGo } from 'node:timers/promises';
import type { WritableDb } from '@main/store/database';
import { parseJson } from '@main/store/json';
import { addMemorySource, changeMemory, findMemories, insertMemory } from '@main/store/memoryItems';
import { allMemories } from '@main/store/memoryList';
import { addMemoryTags, markConflict } from '@main/store/memoryRelations';
import { writeInSlices } from '@main/store/slices';
import { EmergenceError, type MemoryImport, type MemoryItem, memoryItemSchema } from '@shared/model';
import { z } from 'zod';

const format = 'emergence-memory';
const version = 1;
const fileSchema = z.object({ format: z.literal(format), version: z.literal(version), items: z.array(z.unknown()) });

/** All items outside the bin as a JSON text that `importItems` reads. */
export const exportItems = async (db: WritableDb, now: number): Promise<string> => {
  const lines: string[] = [];
  for (const item of allMemories(db, now)) {
    lines.push(JSON.stringify(item));
    if (lines.length % 1_000 === 0) await letOthersGo();
  }
  const head = JSON.stringify({ format, version, exportedAt: now }).slice(0, -1);
  return `${head},"items":[\n${lines.join(',\n')}\n]}\n`;
};

/** The items of a file, each read by itself. Throws `input.invalid` for a file of another kind or version. */
const entriesOf = (text: string): { items: MemoryItem[]; refused: number } => {
  const file = fileSchema.safeParse(parseJson(text));
  if (!file.success) throw new EmergenceError('input.invalid', { field: 'file' });
  const items = file.data.items.flatMap((entry) => memoryItemSchema.safeParse(entry).data ?? []);
  return { items, refused: file.data.items.length - items.length };
};

/**
 * Adds the items of a file that are not here, under their ids, so that a second import adds nothing. Entries that cannot be read are
 * counted and left out. A successor or a conflict that a file names is kept where it is here.
 */
export const importItems = async (db: WritableDb, text: string, now: number): Promise<{ report: MemoryImport; ids: string[] }> => {
  const { items, refused } = entriesOf(text);
  const added: MemoryItem[] = [];
  const insert = (item: MemoryItem): void => {
    const { id, tags, sources, conflicts: _c, revision: _r, createdAt: _b, updatedAt: _u, ...fields } = item;
    if (!insertMemory(db, id, { ...fields, supersededBy: null, deletedAt: null }, now)) return;
    addMemoryTags(db, id, tags);
    for (const source of sources) addMemorySource(db, id, source);
    added.push(item);
  };
  const relate = ({ id, supersededBy, conflicts }: MemoryItem): void => {
    const here = new Set(findMemories(db, [...conflicts, ...(supersededBy ? [supersededBy] : [])], now).map((item) => item.id));
    if (supersededBy && here.has(supersededBy)) changeMemory(db, id, { supersededBy }, now);
    for (const other of conflicts) if (here.has(other) && other !== id) markConflict(db, id, other, now);
  };
  await writeInSlices(
    db,
    (function* () {
      for (const item of items) {
        insert(item);
        yield;
      }
      for (const item of added) {
        if (item.supersededBy === null && item.conflicts.length === 0) continue;
        relate(item);
        yield;
      }
    })(),
  );
  return { report: { added: added.length, known: items.length - added.length, refused }, ids: added.map(({ id }) => id) };
};
