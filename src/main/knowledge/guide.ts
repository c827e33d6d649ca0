import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { WritableDb } from '@main/store/database';
import { readJson } from '@main/store/json';
import { readSettingRow, writeSettingRows } from '@main/store/settings';
import { maxFileBytes } from '@shared/contract/library';
import { idSchema, newId } from '@shared/model';
import { onceUsed } from '@shared/text/whenUsed';
import { z } from 'zod';
import type { Blobs } from './blobs';
import type { Library } from './library';

export interface GuideDeps {
  db: WritableDb;
  blobs: Blobs;
  library: Pick<Library, 'collections' | 'createCollection' | 'documents' | 'takeIn'>;
  /** `resources` folder of the program. */
  resourcesFolder: string;
}

/** The program's record of the guide it added: the collection and the hash of each page, by source. */
const memorySchema = z.object({ collectionId: idSchema, pages: z.record(z.string(), z.string()) });
type Memory = z.infer<typeof memorySchema>;
const memoryKey = 'internal.guide';
const collectionName = 'Guide';

const readPages = async (folder: string): Promise<{ source: string; path: string }[]> => {
  const pages: { source: string; path: string }[] = [];
  for (const language of ['en', 'fr'])
    for (const name of (await readdir(join(folder, language))).filter((file) => file.endsWith('.md')).sort())
      pages.push({ source: `guide/${language}/${name}`, path: join(folder, language, name) });
  return pages;
};

/** True where an earlier start began to add the guide. */
export const isGuideKnown = (db: WritableDb): boolean => readSettingRow(db, memoryKey) !== null;

/**
 * Adds the user guide to the library as its first collection, once. A page that changed with the program becomes a new version; a
 * collection or a page that the person removed does not come back.
 */
export const installGuide = async ({ db, blobs, library, resourcesFolder }: GuideDeps): Promise<void> => {
  const row = readSettingRow(db, memoryKey);
  let memory: Memory | null = readJson(memorySchema.nullable(), row, null, `settings ${memoryKey}`);
  // The record is broken: nobody knows which pages were added and which the person removed, so nothing is added twice or again.
  if (row !== null && memory === null) return;
  const remember = (next: Memory): Memory => {
    writeSettingRows(db, [{ key: memoryKey, value: JSON.stringify(next) }]);
    return next;
  };
  memory ??= db.transaction((): Memory => {
    const collection = library.createCollection({ id: newId(), name: collectionName, origin: 'guide' });
    return remember({ collectionId: collection.id, pages: {} });
  })();
  const { collectionId } = memory;
  if (!library.collections().some((collection) => collection.id === collectionId)) return;
  // At most starts no page changed, and then the documents need not be read.
  const kept = onceUsed(() => new Set(sourcesIn(library, collectionId)));
  for (const { source, path } of await readPages(join(resourcesFolder, 'guide'))) {
    const known = memory.pages[source];
    const hash = createHash('sha256')
      .update(await readFile(path))
      .digest('hex');
    // Unchanged, or removed by the person.
    if (known === hash || (known !== undefined && !kept().has(source))) continue;
    const written = await blobs.writeFile(path, { maxBytes: maxFileBytes });
    library.takeIn({ ...written, source, sourceKey: `guide:${source}`, collectionId });
    // Stored page by page, so that the next start can continue one that was cut.
    memory = remember({ collectionId, pages: { ...memory.pages, [source]: hash } });
  }
};

const sourcesIn = (library: GuideDeps['library'], collectionId: string): string[] =>
  library.documents({ collectionId, sort: 'title', descending: false, cursor: null, limit: 500 }).items.map((document) => document.source);
