import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readdirSync, rmSync } from 'node:fs';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { HierarchicalNSW } from 'hnswlib-node';
import { z } from 'zod';

/** A graph stored in a file as a cache, which may be missing, stale or damaged at any time. */
export interface HnswSnapshot {
  /** The stored graph; null when there is none, or none that can be trusted. */
  read(): Promise<HierarchicalNSW | null>;
  /**
   * Writes the graph, which must not change meanwhile. A graph that `isStale` at the end, or finds no room, is not kept. Never
   * throws.
   */
  write(graph: HierarchicalNSW, isStale: () => boolean): Promise<void>;
  /** Deletes the file: it holds vectors that must not stay. */
  discard(): void;
  /** True when there may be a file. */
  exists(): boolean;
}

const noteSchema = z.object({ identity: z.string(), size: z.number(), sha256: z.string() });
const anySnapshot = /^vectors-[0-9a-f]{12}\.(hnsw|json)(\.tmp)?$/;

const checksum = async (path: string): Promise<{ size: number; sha256: string }> => {
  const hash = createHash('sha256');
  let size = 0;
  for await (const part of createReadStream(path)) {
    hash.update(part as Buffer);
    size += (part as Buffer).length;
  }
  return { size, sha256: hash.digest('hex') };
};

/** Where another program holds a file open (Windows) it is deleted the next time. */
const removed = (path: string): boolean => {
  try {
    rmSync(path, { force: true });
    return true;
  } catch (error) {
    console.error('A file of the vector graph could not be removed:', error instanceof Error ? error.message : error);
    return false;
  }
};

/**
 * Opens the snapshot of one index and model, named by `identity`, in `folder`, and deletes those of others, which can never be used
 * again. `begin` makes an empty graph to read into.
 */
export const openHnswSnapshot = (folder: string, identity: string, begin: () => HierarchicalNSW): HnswSnapshot => {
  const name = `vectors-${createHash('sha256').update(identity).digest('hex').slice(0, 12)}`;
  const file = join(folder, `${name}.hnsw`);
  const note = join(folder, `${name}.json`);
  for (const other of readdirSync(folder))
    if (anySnapshot.test(other) && !(other.startsWith(name) && !other.endsWith('.tmp'))) removed(join(folder, other));
  let present = existsSync(file);

  const discard = (): void => {
    // Tries to delete both files, even if the first fails.
    if (present) present = ![note, file].map(removed).every(Boolean);
  };

  return {
    exists: () => present,
    discard,
    read: async () => {
      try {
        if (!existsSync(file) || !existsSync(note)) return null;
        const written = noteSchema.parse(JSON.parse(await readFile(note, 'utf8')));
        if (written.identity !== identity || written.sha256 !== (await checksum(file)).sha256) throw new Error('stale or damaged');
        const graph = begin();
        await graph.readIndex(file);
        return graph;
      } catch {
        // A snapshot that cannot be used is deleted and made again later.
        discard();
        return null;
      }
    },
    write: async (graph, isStale) => {
      try {
        await graph.writeIndex(`${file}.tmp`);
        const written = await checksum(`${file}.tmp`);
        if (isStale()) return await rm(`${file}.tmp`, { force: true });
        // The note is deleted first and written last: at every moment a crash leaves either a matching pair or none.
        await rm(note, { force: true });
        await rename(`${file}.tmp`, file);
        present = true;
        await writeFile(`${note}.tmp`, JSON.stringify({ identity, ...written }));
        await rename(`${note}.tmp`, note);
      } catch (error) {
        // The disk is full, or hnswlib cannot write to the path: the graph serves from memory and is built again at the next start.
        console.error('The vector graph could not be written:', error instanceof Error ? error.message : error);
        await rm(`${file}.tmp`, { force: true }).catch(() => {});
      }
    },
  };
};
