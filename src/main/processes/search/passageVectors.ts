import { createProducts, rowsAtOnce, stepWidth } from './dotProducts';
import type { QuantisedVector } from './quantise';
import { createTopList, type Scored } from './topList';

/** The vectors of one model in memory, by the number (label) of their text; exact search over them. */
export interface PassageVectors {
  readonly dimensions: number;
  readonly count: number;
  has(label: number): boolean;
  add(label: number, vector: QuantisedVector): void;
  remove(label: number): void;
  /** The vector as floating-point numbers; null when there is none. */
  vector(label: number): Float32Array | null;
  /** Null when the text has no vector yet. */
  cosine(label: number, query: Float32Array): number | null;
  /** The `limit` nearest of the allowed texts, nearest first. */
  nearest(query: Float32Array, limit: number, allowed: (label: number) => boolean): Scored[];
  labels(): Iterable<number>;
  /** Writes the cosine of each text, exact to three digits, at the place of its label; others stay as they are. */
  cosines(query: Float32Array, byLabel: Float32Array): void;
}

const pageBytes = 65_536;
/** Pages by which the memory grows: it grows in place, without a copy. */
const pagesAtOnce = 16;

/**
 * Scales a query to 16-bit integers, so small that no sum of products leaves 32 bits. Returns the factor that turns a product back; 0
 * for a query of zeros.
 */
const toIntegers = (query: Float32Array, into: Int16Array): number => {
  let largest = 0;
  for (const value of query) largest = Math.max(largest, Math.abs(value));
  const most = Math.min(32_767, Math.floor(2 ** 31 / (127 * query.length)) - 1);
  const scale = largest === 0 ? 0 : most / largest;
  for (let column = 0; column < query.length; column++) into[column] = Math.round((query[column] as number) * scale);
  return scale === 0 ? 0 : 1 / scale;
};

export const createPassageVectors = (dimensions: number): PassageVectors => {
  const width = Math.ceil(dimensions / stepWidth) * stepWidth;
  // Layout: the query, the products of one call, then the rows.
  const productsAt = width * 2;
  const rowsAt = productsAt + rowsAtOnce * 4;
  const memory = new WebAssembly.Memory({ initial: Math.ceil(rowsAt / pageBytes) });
  const products = createProducts(memory);
  let bytes = new Int8Array(memory.buffer);
  let scales = new Float32Array(1_024);
  let labelOfRow = new Int32Array(1_024);
  const rowOfLabel = new Map<number, number>();
  let count = 0;

  const makeRoom = (): void => {
    if (count === scales.length) {
      const moreScales = new Float32Array(count * 2);
      moreScales.set(scales);
      scales = moreScales;
      const moreLabels = new Int32Array(count * 2);
      moreLabels.set(labelOfRow);
      labelOfRow = moreLabels;
    }
    if (rowsAt + (count + 1) * width > bytes.length) {
      memory.grow(pagesAtOnce);
      bytes = new Int8Array(memory.buffer);
    }
  };

  const product = (row: number, query: Float32Array): number => {
    const base = rowsAt + row * width;
    let a = 0;
    let b = 0;
    let column = 0;
    for (; column + 1 < dimensions; column += 2) {
      a += (bytes[base + column] as number) * (query[column] as number);
      b += (bytes[base + column + 1] as number) * (query[column + 1] as number);
    }
    if (column < dimensions) a += (bytes[base + column] as number) * (query[column] as number);
    return (a + b) * (scales[row] as number);
  };

  return {
    dimensions,
    get count() {
      return count;
    },
    has: (label) => rowOfLabel.has(label),
    add: (label, { data, scale }) => {
      let row = rowOfLabel.get(label);
      if (row === undefined) {
        makeRoom();
        row = count++;
        rowOfLabel.set(label, row);
        labelOfRow[row] = label;
      }
      bytes.set(data, rowsAt + row * width);
      scales[row] = scale;
    },
    remove: (label) => {
      const row = rowOfLabel.get(label);
      if (row === undefined) return;
      const last = --count;
      rowOfLabel.delete(label);
      if (row !== last) {
        const moved = labelOfRow[last] as number;
        bytes.copyWithin(rowsAt + row * width, rowsAt + last * width, rowsAt + (last + 1) * width);
        scales[row] = scales[last] as number;
        labelOfRow[row] = moved;
        rowOfLabel.set(moved, row);
      }
    },
    vector: (label) => {
      const row = rowOfLabel.get(label);
      if (row === undefined) return null;
      const scale = scales[row] as number;
      const base = rowsAt + row * width;
      return Float32Array.from(bytes.subarray(base, base + dimensions), (value) => value * scale);
    },
    cosine: (label, query) => {
      const row = rowOfLabel.get(label);
      return row === undefined ? null : product(row, query);
    },
    nearest: (query, limit, allowed) => {
      toIntegers(query, new Int16Array(memory.buffer, 0, width));
      const found = new Int32Array(memory.buffer, productsAt, rowsAtOnce);
      const best = createTopList(limit);
      let threshold = best.threshold();
      for (let start = 0; start < count; start += rowsAtOnce) {
        const size = Math.min(rowsAtOnce, count - start);
        products(0, rowsAt + start * width, size, width, productsAt);
        const scaleOf = scales.subarray(start, start + size);
        for (let index = 0; index < size; index++) {
          const score = (found[index] as number) * (scaleOf[index] as number);
          if (score <= threshold) continue;
          const label = labelOfRow[start + index] as number;
          if (!allowed(label)) continue;
          best.offer(label, score);
          threshold = best.threshold();
        }
      }
      // Rounding the query can only swap texts that are equally near, so the exact cosines of the best are enough.
      const exact = createTopList(limit);
      for (const { id } of best.sorted()) exact.offer(id, product(rowOfLabel.get(id) as number, query));
      return exact.sorted();
    },
    labels: () => rowOfLabel.keys(),
    cosines: (query, byLabel) => {
      const factor = toIntegers(query, new Int16Array(memory.buffer, 0, width));
      const found = new Int32Array(memory.buffer, productsAt, rowsAtOnce);
      for (let start = 0; start < count; start += rowsAtOnce) {
        const size = Math.min(rowsAtOnce, count - start);
        products(0, rowsAt + start * width, size, width, productsAt);
        for (let index = 0; index < size; index++)
          byLabel[labelOfRow[start + index] as number] = (found[index] as number) * (scales[start + index] as number) * factor;
      }
    },
  };
};
