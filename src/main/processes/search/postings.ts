import type { Database } from 'better-sqlite3';
import { groupedNumbers } from './groupedNumbers';
import type { TermCounts } from './terms';
import { createTopList } from './topList';
import { ranking } from './weights';

/** Passages of one block: their places in it fit into 16 bits, and a write touches little of a common term. */
const blockBits = 10;
export const blockSize = 1 << blockBits;
export const blockOf = (chunk: number): number => chunk >>> blockBits;

interface StemsOfChunk {
  id: number;
  stems: TermCounts;
}

export interface PostingsSearch {
  /** Each term with the number of passages that hold it. */
  terms: readonly { term: number; passages: number }[];
  limit: number;
  /** Passages in the index, and the mean of their lengths. */
  count: number;
  averageLength: number;
  /** Blocks that hold passages, in order. */
  blocks: Iterable<number>;
  /** Occurrences of all stems of each passage. */
  lengths: Int32Array;
  allowed(chunk: number): boolean;
}

/**
 * The passages that hold each stem, with how often: one row for a term and a block of passages. FTS5 looks up the length of every
 * passage that matches, which was most of the time of a question over 100,000 passages.
 */
export interface Postings {
  /** The numbers of the passages are larger than all before. To be called within a transaction, like `remove`. */
  add(chunks: readonly StemsOfChunk[]): void;
  remove(chunks: readonly StemsOfChunk[]): void;
  /** All passages that hold the term. */
  holding(term: number, blocks: Iterable<number>): number[];
  /** The best allowed passages by BM25, best first. */
  best(search: PostingsSearch): number[];
}

/** Bytes of a posting: the place of the passage in its block (16 bits), then the occurrences in it (8 bits). */
const postingBytes = 3;

const placeAt = (packed: Uint8Array, at: number): number => (packed[at] as number) | ((packed[at + 1] as number) << 8);

/** A term's row in a block: terms are 32-bit hashes, so that the sum stays a safe integer. */
const rowOf = (block: number, term: number): number => block * 2 ** 32 + term;

/** The packed postings of each row, in the order of the rows: so the writes walk the tree only once. */
export const packByRow = (chunks: Iterable<StemsOfChunk>): [number, Uint8Array][] => {
  const rows = new Map<number, number[]>();
  for (const { id, stems } of chunks) {
    const block = blockOf(id);
    const place = id & (blockSize - 1);
    for (let index = 0; index < stems.keys.length; index += 1) {
      const row = rowOf(block, stems.keys[index] as number);
      let packed = rows.get(row);
      if (!packed) {
        packed = [];
        rows.set(row, packed);
      }
      packed.push(place & 255, place >>> 8, stems.counts[index] as number);
    }
  }
  return Array.from(Float64Array.from(rows.keys()).sort(), (row) => [row, Uint8Array.from(rows.get(row) as number[])]);
};

/** The inverse document frequency of FTS5: a term in more than half of the passages still counts a little. */
const weightOf = (count: number, passages: number): number => {
  const weight = Math.log((count - passages + 0.5) / (passages + 0.5));
  return weight > 0 ? weight : 1e-6;
};

export const createPostings = (database: Database): Postings => {
  const row = database.prepare<[number], Buffer>('SELECT data FROM postings WHERE id = ?').pluck();
  const put = database.prepare('UPDATE postings SET data = ? WHERE id = ?');
  // Two blobs are joined as a text.
  const append = database.prepare(
    'INSERT INTO postings (id, data) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET data = CAST(data || excluded.data AS BLOB)',
  );
  const drop = database.prepare('DELETE FROM postings WHERE id = ?');
  // One statement and one buffer for all rows, in the order of the list: a statement and a buffer for each take three times as long.
  const rows = database
    .prepare<[string], [string, string, Buffer | null]>(
      `SELECT json_group_array(asked.key), json_group_array(length(data)), CAST(group_concat(data, '') AS BLOB)
       FROM json_each(?) asked CROSS JOIN postings ON postings.id = asked.value`,
    )
    .raw();
  const scores = new Float64Array(blockSize);

  return {
    add: (chunks) => {
      for (const [id, packed] of packByRow(chunks)) append.run(id, packed);
    },
    remove: (chunks) => {
      for (const [id, gone] of packByRow(chunks)) {
        const packed = row.get(id);
        if (!packed) continue;
        const places = new Set<number>();
        for (let at = 0; at < gone.length; at += postingBytes) places.add(placeAt(gone, at));
        const kept: number[] = [];
        for (let at = 0; at < packed.length; at += postingBytes)
          if (!places.has(placeAt(packed, at))) kept.push(...packed.subarray(at, at + postingBytes));
        if (kept.length === 0) drop.run(id);
        else put.run(Uint8Array.from(kept), id);
      }
    },
    holding: (term, blocks) => {
      const blockList = [...blocks];
      const [places, sizes, packed] = rows.get(JSON.stringify(blockList.map((block) => rowOf(block, term)))) ?? [];
      if (!places || !sizes || !packed) return [];
      const rowSizes = groupedNumbers(sizes);
      const chunks: number[] = [];
      let byte = 0;
      for (const [row, at] of groupedNumbers(places).entries()) {
        const first = (blockList[at] as number) * blockSize;
        for (const end = byte + (rowSizes[row] as number); byte < end; byte += postingBytes) chunks.push(first + placeAt(packed, byte));
      }
      return chunks;
    },
    best: ({ terms, limit, count, averageLength, blocks, lengths, allowed }) => {
      const { k1, b } = ranking.bm25;
      const best = createTopList(limit);
      const weights = terms.map(({ passages }) => weightOf(count, passages));
      const blockList = [...blocks];
      const asked: number[] = [];
      for (const block of blockList) for (const { term } of terms) asked.push(rowOf(block, term));
      const chooseFrom = (first: number): void => {
        let threshold = Math.max(0, best.threshold());
        for (let place = 0; place < blockSize; place += 1) {
          const score = scores[place] as number;
          if (score <= threshold || !allowed(first + place)) continue;
          best.offer(first + place, score);
          threshold = Math.max(0, best.threshold());
        }
      };
      const [places, sizes, packed] = rows.get(JSON.stringify(asked)) ?? [];
      if (!places || !sizes || !packed) return [];
      const rowSizes = groupedNumbers(sizes);
      let first = -1;
      let byte = 0;
      for (const [row, at] of groupedNumbers(places).entries()) {
        const start = (blockList[Math.floor(at / terms.length)] as number) * blockSize;
        if (start !== first) {
          if (first >= 0) chooseFrom(first);
          scores.fill(0);
          first = start;
        }
        const weight = weights[at % terms.length] as number;
        for (const end = byte + (rowSizes[row] as number); byte < end; byte += postingBytes) {
          const place = placeAt(packed, byte);
          const occurrences = packed[byte + 2] as number;
          const length = lengths[first + place] as number;
          const share = (occurrences * (k1 + 1)) / (occurrences + k1 * (1 - b + (b * length) / averageLength));
          scores[place] = (scores[place] as number) + weight * share;
        }
      }
      if (first >= 0) chooseFrom(first);
      return best.sorted().map(({ id }) => id);
    },
  };
};
