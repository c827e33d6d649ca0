import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { HierarchicalNSW } from 'hnswlib-node';
import { z } from 'zod';
import { createTopList, type Neighbour, type PassageVectors } from './passageVectors';
import type { Accelerator } from './semanticIndex';

type HnswLibrary = typeof import('hnswlib-node');

/** The library needs a compiler to install and may be absent: then exact search serves. */
export const loadHnswLibrary = async (): Promise<HnswLibrary | null> => {
  try {
    const library: HnswLibrary & { default?: HnswLibrary } = await import('hnswlib-node');
    return library.default ?? library;
  } catch (error) {
    console.error('hnswlib-node is not there; vectors are searched exactly.', error instanceof Error ? error.message : error);
    return null;
  }
};

/** Malkov and Yashunin 2018; M 16, efConstruction 200 gives recall@10 .994 at 100,000 vectors. */
const graphSettings = {
  links: 16,
  construction: 200,
  /** Candidates a search keeps, at least. */
  leastEf: 100,
  /** Below this exact search is faster and better. */
  threshold: 20_000,
  /** Milliseconds of building between two turns for questions. */
  sliceMs: 8,
  /** Part of the points that may be dead before the graph is made anew. */
  deadShare: 0.3,
  /** Part of the points that must have changed before another snapshot is written. */
  snapshotShare: 0.05,
} as const;

const noteSchema = z.object({ identity: z.string(), size: z.number(), sha256: z.string() });

export interface HnswAcceleratorDeps {
  library: HnswLibrary;
  vectors: PassageVectors;
  folder: string;
  /** Names the index and model that chunk ids and vectors belong to: a snapshot of another one is stale. */
  identity: string;
  idle(): Promise<void>;
  settings?: Partial<Record<keyof typeof graphSettings, number>>;
}

const sha256 = async (path: string): Promise<{ size: number; sha256: string }> => {
  const hash = createHash('sha256');
  let size = 0;
  for await (const part of createReadStream(path)) {
    hash.update(part as Buffer);
    size += (part as Buffer).length;
  }
  return { size, sha256: hash.digest('hex') };
};

/**
 * A graph over the vectors, built and kept in the background. Only `work` changes it, and never while a snapshot is
 * written (hnswlib corrupts it then). What the graph does not hold yet is searched exactly.
 */
export const createHnswAccelerator = (deps: HnswAcceleratorDeps): Accelerator => {
  const { library, vectors, folder, identity, idle } = deps;
  const settings = { ...graphSettings, ...deps.settings };
  const name = `vectors-${createHash('sha256').update(identity).digest('hex').slice(0, 12)}`;
  const file = join(folder, `${name}.hnsw`);
  const note = join(folder, `${name}.json`);

  let graph: HierarchicalNSW | null = null;
  let capacity = 0;
  let dead = 0;
  let changed = 0;
  const held = new Set<number>();
  const tail = new Set<number>(vectors.chunks());
  const gone: number[] = [];
  let closed = false;
  let working: Promise<void> | null = null;

  const begin = (): void => {
    capacity = Math.max(1_024, Math.ceil(vectors.count * 1.5));
    const empty = new library.HierarchicalNSW('ip', vectors.dimensions);
    empty.initIndex(capacity, settings.links, settings.construction);
    graph = empty;
    held.clear();
    tail.clear();
    for (const chunk of vectors.chunks()) tail.add(chunk);
    dead = 0;
    gone.length = 0;
  };

  /** Overwrites the point before it is marked: a removed passage leaves no vector behind. */
  const drop = (chunk: number): void => {
    if (!graph || !held.delete(chunk)) return;
    graph.addPoint(new Array<number>(vectors.dimensions).fill(0), chunk);
    graph.markDelete(chunk);
    dead += 1;
    changed += 1;
  };

  const load = async (): Promise<void> => {
    if (!existsSync(file) || !existsSync(note)) return;
    const written = noteSchema.safeParse(JSON.parse(await readFile(note, 'utf8')));
    const found = await sha256(file);
    if (!written.success || written.data.identity !== identity || written.data.sha256 !== found.sha256) throw new Error('stale or damaged');
    const loaded = new library.HierarchicalNSW('ip', vectors.dimensions);
    await loaded.readIndex(file);
    graph = loaded;
    capacity = loaded.getMaxElements();
    for (const chunk of loaded.getIdsList()) {
      held.add(chunk);
      if (!vectors.has(chunk)) gone.push(chunk);
      else tail.delete(chunk);
    }
  };

  const save = async (): Promise<void> => {
    if (!graph) return;
    await graph.writeIndex(`${file}.tmp`);
    const written = await sha256(`${file}.tmp`);
    // The note goes first and comes last: at every moment a crash leaves either a matching pair or none.
    await rm(note, { force: true });
    await rename(`${file}.tmp`, file);
    await writeFile(`${note}.tmp`, JSON.stringify({ identity, ...written }));
    await rename(`${note}.tmp`, note);
    changed = 0;
  };

  const work = async (): Promise<void> => {
    if (!graph && vectors.count >= settings.threshold) {
      try {
        await load();
      } catch {
        // A snapshot is a cache: one that cannot be used is made again.
        await Promise.all([rm(file, { force: true }), rm(note, { force: true })]);
      }
      if (!graph) begin();
    }
    while (graph && !closed && (tail.size || gone.length)) {
      await idle();
      const until = performance.now() + settings.sliceMs;
      while (gone.length && performance.now() < until) drop(gone.pop() as number);
      for (const chunk of tail) {
        if (closed || performance.now() >= until) break;
        const vector = vectors.vector(chunk);
        if (vector) {
          if (graph.getCurrentCount() >= capacity) {
            capacity = Math.ceil(capacity * 1.5);
            graph.resizeIndex(capacity);
          }
          graph.addPoint(Array.from(vector), chunk);
          held.add(chunk);
          changed += 1;
        }
        tail.delete(chunk);
      }
      if (dead > settings.deadShare * Math.max(held.size, 1)) begin();
    }
    if (graph && !closed && changed > settings.snapshotShare * held.size) await save();
  };

  const wake = (): void => {
    if (working || closed) return;
    working = work()
      .catch((error: unknown) => {
        console.error('The vector graph could not be kept; vectors are searched exactly.', error);
        graph = null;
        closed = true;
      })
      .finally(() => {
        working = null;
        if (!closed && graph && (tail.size || gone.length)) wake();
      });
  };
  wake();

  return {
    ready: () => graph !== null && tail.size < settings.threshold,
    nearest: (query, limit, allowed) => {
      if (!graph || tail.size >= settings.threshold || held.size < limit) return null;
      graph.setEf(Math.max(settings.leastEf, limit + Math.ceil(limit / 3)));
      const { neighbors } = graph.searchKnn(Array.from(query), limit, (chunk) => allowed(chunk) && vectors.has(chunk));
      // Too few: the filter is narrow, and a graph finds little under it.
      if (neighbors.length < Math.min(limit, held.size)) return null;
      const best = createTopList(limit);
      const offer = (chunk: number): void => {
        const cosine = vectors.cosine(chunk, query);
        if (cosine !== null) best.offer(chunk, cosine);
      };
      for (const chunk of neighbors) offer(chunk);
      for (const chunk of tail) if (allowed(chunk)) offer(chunk);
      return best.sorted() satisfies Neighbour[];
    },
    added: (chunk) => {
      tail.add(chunk);
      if (graph || vectors.count >= settings.threshold) wake();
    },
    removed: (chunk) => {
      tail.delete(chunk);
      if (held.has(chunk)) {
        gone.push(chunk);
        wake();
      }
    },
    close: async () => {
      closed = true;
      await working;
    },
  };
};
