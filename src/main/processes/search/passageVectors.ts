import type { QuantisedVector } from './quantise';

export interface Neighbour {
  chunk: number;
  cosine: number;
}

/** The vectors of one model in memory, by chunk id; exact search over them. */
export interface PassageVectors {
  readonly dimensions: number;
  readonly count: number;
  has(chunk: number): boolean;
  add(chunk: number, vector: QuantisedVector): void;
  remove(chunk: number): void;
  /** The vector as floating-point numbers; null when there is none. */
  vector(chunk: number): Float32Array | null;
  /** Null when the chunk has no vector yet. */
  cosine(chunk: number, query: Float32Array): number | null;
  /** The `limit` nearest of the allowed chunks, nearest first. */
  nearest(query: Float32Array, limit: number, allowed: (chunk: number) => boolean): Neighbour[];
  chunks(): Iterable<number>;
}

/** Keeps the best `limit` of many, in a binary heap with the worst on top. */
export const createTopList = (limit: number) => {
  const heap: Neighbour[] = [];
  const worse = (a: number, b: number): boolean => (heap[a] as Neighbour).cosine < (heap[b] as Neighbour).cosine;
  const swap = (a: number, b: number): void => {
    const held = heap[a] as Neighbour;
    heap[a] = heap[b] as Neighbour;
    heap[b] = held;
  };
  const sink = (): void => {
    let at = 0;
    for (;;) {
      const left = 2 * at + 1;
      if (left >= heap.length) return;
      const child = left + 1 < heap.length && worse(left + 1, left) ? left + 1 : left;
      if (!worse(child, at)) return;
      swap(at, child);
      at = child;
    }
  };
  return {
    /** The cosine that a new value must exceed to be kept. */
    threshold: (): number => (heap.length < limit ? Number.NEGATIVE_INFINITY : (heap[0] as Neighbour).cosine),
    offer: (chunk: number, cosine: number): void => {
      if (heap.length < limit) {
        heap.push({ chunk, cosine });
        for (let at = heap.length - 1; at > 0; ) {
          const parent = (at - 1) >> 1;
          if (!worse(at, parent)) break;
          swap(at, parent);
          at = parent;
        }
      } else if (cosine > (heap[0] as Neighbour).cosine) {
        heap[0] = { chunk, cosine };
        sink();
      }
    },
    sorted: (): Neighbour[] => heap.toSorted((a, b) => b.cosine - a.cosine || a.chunk - b.chunk),
  };
};

export const createPassageVectors = (dimensions: number): PassageVectors => {
  let capacity = 1_024;
  let matrix = new Int8Array(capacity * dimensions);
  let scales = new Float32Array(capacity);
  let chunkOfRow = new Int32Array(capacity);
  const rowOfChunk = new Map<number, number>();
  let count = 0;

  const grow = (): void => {
    capacity *= 2;
    const larger = new Int8Array(capacity * dimensions);
    larger.set(matrix);
    matrix = larger;
    const moreScales = new Float32Array(capacity);
    moreScales.set(scales);
    scales = moreScales;
    const moreChunks = new Int32Array(capacity);
    moreChunks.set(chunkOfRow);
    chunkOfRow = moreChunks;
  };

  const product = (row: number, query: Float32Array): number => {
    const base = row * dimensions;
    let a = 0;
    let b = 0;
    let column = 0;
    for (; column + 1 < dimensions; column += 2) {
      a += (matrix[base + column] as number) * (query[column] as number);
      b += (matrix[base + column + 1] as number) * (query[column + 1] as number);
    }
    if (column < dimensions) a += (matrix[base + column] as number) * (query[column] as number);
    return (a + b) * (scales[row] as number);
  };

  return {
    dimensions,
    get count() {
      return count;
    },
    has: (chunk) => rowOfChunk.has(chunk),
    add: (chunk, { data, scale }) => {
      let row = rowOfChunk.get(chunk);
      if (row === undefined) {
        if (count === capacity) grow();
        row = count++;
        rowOfChunk.set(chunk, row);
        chunkOfRow[row] = chunk;
      }
      matrix.set(data, row * dimensions);
      scales[row] = scale;
    },
    remove: (chunk) => {
      const row = rowOfChunk.get(chunk);
      if (row === undefined) return;
      const last = --count;
      rowOfChunk.delete(chunk);
      if (row !== last) {
        const moved = chunkOfRow[last] as number;
        matrix.copyWithin(row * dimensions, last * dimensions, (last + 1) * dimensions);
        scales[row] = scales[last] as number;
        chunkOfRow[row] = moved;
        rowOfChunk.set(moved, row);
      }
    },
    vector: (chunk) => {
      const row = rowOfChunk.get(chunk);
      if (row === undefined) return null;
      const scale = scales[row] as number;
      return Float32Array.from(matrix.subarray(row * dimensions, (row + 1) * dimensions), (value) => value * scale);
    },
    cosine: (chunk, query) => {
      const row = rowOfChunk.get(chunk);
      return row === undefined ? null : product(row, query);
    },
    nearest: (query, limit, allowed) => {
      const best = createTopList(limit);
      for (let row = 0; row < count; row++) {
        const chunk = chunkOfRow[row] as number;
        if (!allowed(chunk)) continue;
        const cosine = product(row, query);
        if (cosine > best.threshold()) best.offer(chunk, cosine);
      }
      return best.sorted();
    },
    chunks: () => rowOfChunk.keys(),
  };
};
