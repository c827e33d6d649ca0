import type { HierarchicalNSW } from 'hnswlib-node';
import { openHnswSnapshot } from './hnswSnapshot';
import type { Accelerator } from './localVectors';
import type { PassageVectors } from './passageVectors';
import { createTopList } from './topList';

type HnswLibrary = typeof import('hnswlib-node');

/** The library needs a compiler to install and may be absent: then exact search is used. */
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
  /** Below this number of vectors exact search is fast enough, and needs neither the minutes to build a graph nor its memory. */
  threshold: 200_000,
  /** Milliseconds of building between two pauses for questions. */
  sliceMs: 8,
  /** The graph is rebuilt when more than this share of its points are dead. */
  deadShare: 0.3,
  /** Another snapshot is written only when this share of the points has changed. */
  snapshotShare: 0.05,
  /** A snapshot deleted because of a removal is written again after this many milliseconds without a change. */
  settleMs: 30_000,
} as const;

export interface HnswAcceleratorDeps {
  library: HnswLibrary;
  vectors: PassageVectors;
  folder: string;
  /** Identifies the index and model of the labels and vectors: a snapshot of another one is stale. */
  identity: string;
  idle(): Promise<void>;
  settings?: Partial<Record<keyof typeof graphSettings, number>>;
}

/**
 * A graph over the vectors, built and updated in the background. Only `work` changes it, and never while a snapshot is written
 * (hnswlib corrupts it then). Vectors that are not in the graph yet are searched exactly.
 */
export const createHnswAccelerator = (deps: HnswAcceleratorDeps): Accelerator => {
  const { library, vectors, folder, identity, idle } = deps;
  const settings = { ...graphSettings, ...deps.settings };
  const empty = (): HierarchicalNSW => new library.HierarchicalNSW('ip', vectors.dimensions);
  const snapshot = openHnswSnapshot(folder, identity, empty);

  let graph: HierarchicalNSW | null = null;
  let capacity = 0;
  let dead = 0;
  let changed = 0;
  const held = new Set<number>();
  const tail = new Set<number>(vectors.labels());
  const gone: number[] = [];
  let closed = false;
  let working: Promise<void> | null = null;
  let settling: NodeJS.Timeout | undefined;

  const begin = (): void => {
    capacity = Math.max(1_024, Math.ceil(vectors.count * 1.5));
    graph = empty();
    graph.initIndex(capacity, settings.links, settings.construction);
    held.clear();
    tail.clear();
    for (const label of vectors.labels()) tail.add(label);
    dead = 0;
    gone.length = 0;
  };

  /** Overwrites the point before marking it, so that a removed passage leaves no vector behind. */
  const drop = (label: number): void => {
    if (!graph || !held.delete(label)) return;
    graph.addPoint(new Array<number>(vectors.dimensions).fill(0), label);
    graph.markDelete(label);
    dead += 1;
    changed += 1;
  };

  /** A point dropped before the snapshot was written is marked in it, so that it cannot be read. */
  const isMarked = (loaded: HierarchicalNSW, label: number): boolean => {
    try {
      loaded.getPoint(label);
      return false;
    } catch {
      return true;
    }
  };

  const load = async (): Promise<void> => {
    const loaded = await snapshot.read();
    if (!loaded) return;
    graph = loaded;
    capacity = loaded.getMaxElements();
    for (const label of loaded.getIdsList()) {
      if (vectors.has(label)) {
        held.add(label);
        tail.delete(label);
      } else if (isMarked(loaded, label)) dead += 1;
      else {
        // The label was removed, and the program ended before the snapshot was deleted.
        held.add(label);
        gone.push(label);
        snapshot.discard();
      }
    }
  };

  const work = async (): Promise<void> => {
    if (!graph && vectors.count >= settings.threshold) {
      await load();
      if (!graph) begin();
    }
    while (graph && !closed && (tail.size || gone.length)) {
      await idle();
      const until = performance.now() + settings.sliceMs;
      while (gone.length && performance.now() < until) drop(gone.pop() as number);
      for (const label of tail) {
        if (closed || performance.now() >= until) break;
        const vector = vectors.vector(label);
        if (vector) {
          if (graph.getCurrentCount() >= capacity) {
            capacity = Math.ceil(capacity * 1.5);
            graph.resizeIndex(capacity);
          }
          graph.addPoint(Array.from(vector), label);
          held.add(label);
          changed += 1;
        }
        tail.delete(label);
      }
      if (dead > settings.deadShare * Math.max(held.size, 1)) begin();
    }
    if (!graph || closed) return;
    if (changed > settings.snapshotShare * held.size) await save();
    else if (!snapshot.exists()) settling = setTimeout(() => wake(save), settings.settleMs).unref();
  };

  const save = async (): Promise<void> => {
    changed = 0;
    if (graph) await snapshot.write(graph, () => closed || gone.length > 0);
  };

  const wake = (task: () => Promise<void> = work): void => {
    if (working || closed) return;
    clearTimeout(settling);
    working = task()
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
  // A graph that is not read would keep its vectors on the disk.
  if (vectors.count < settings.threshold) snapshot.discard();
  wake();

  return {
    working: () => working !== null,
    ready: () => graph !== null && tail.size < settings.threshold,
    nearest: (query, limit, allowed) => {
      if (!graph || tail.size >= settings.threshold || held.size < limit) return null;
      graph.setEf(Math.max(settings.leastEf, limit + Math.ceil(limit / 3)));
      const { neighbors } = graph.searchKnn(Array.from(query), limit, (label) => allowed(label) && vectors.has(label));
      // Too few neighbours: the filter is narrow, and a graph finds little under such a filter.
      if (neighbors.length < Math.min(limit, held.size)) return null;
      const best = createTopList(limit);
      const offer = (label: number): void => {
        const cosine = vectors.cosine(label, query);
        if (cosine !== null) best.offer(label, cosine);
      };
      for (const label of neighbors) offer(label);
      for (const label of tail) if (allowed(label)) offer(label);
      return best.sorted();
    },
    added: (label) => {
      tail.add(label);
      if (graph || vectors.count >= settings.threshold) wake();
    },
    removed: (label) => {
      tail.delete(label);
      // Forgotten vectors must leave the disk now, not when the graph is next written. A snapshot that is not read yet may hold any
      // vector.
      if (held.has(label) || !graph) snapshot.discard();
      if (held.has(label)) {
        gone.push(label);
        wake();
      }
    },
    close: async () => {
      closed = true;
      clearTimeout(settling);
      await working;
    },
  };
};
