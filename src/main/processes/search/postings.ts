import type { Database } from 'better-sqlite3';
import type { TermCounts } from './terms';
import { createTopList } from './topList';
import { ranking } from './weights';

/** Passages of one block: their places in it fit into 16 bits, and a write touches little of a common term. */
const blockBits = 12;
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
  /** The best allowed passages by BM25, best first. */
  best(search: PostingsSearch): number[];
}

/** Layout of a row: the place of each passage in the block (uint16), then the occurrences in each (uint8). */
const unpack = (packed: Buffer): { places: Uint16Array; counts: Uint8Array } => {
  // A typed array needs an even offset, which a buffer from SQLite does not guarantee.
  const bytes = packed.byteOffset % 2 === 0 ? packed : Buffer.from(new Uint8Array(packed).buffer);
  const size = bytes.length / 3;
  return {
    places: new Uint16Array(bytes.buffer, bytes.byteOffset, size),
    counts: new Uint8Array(bytes.buffer, bytes.byteOffset + 2 * size, size),
  };
};

export const packPostings = (places: ArrayLike<number>, counts: ArrayLike<number>): Buffer => {
  const bytes = new Uint8Array(3 * places.length);
  new Uint16Array(bytes.buffer, 0, places.length).set(places);
  bytes.set(counts, 2 * places.length);
  return Buffer.from(bytes.buffer);
};

/** A term's row in a block: terms are 32-bit hashes, so that the sum stays a safe integer. */
export const rowOf = (block: number, term: number): number => block * 2 ** 32 + term;

interface Group {
  places: number[];
  counts: number[];
}
/** The passages of each row, in the order of the rows: so the writes walk the tree only once. */
export const groupByRow = (chunks: Iterable<StemsOfChunk>): [number, Group][] => {
  const groups = new Map<number, Group>();
  for (const { id, stems } of chunks) {
    const block = blockOf(id);
    const place = id & (blockSize - 1);
    for (let index = 0; index < stems.keys.length; index += 1) {
      const row = rowOf(block, stems.keys[index] as number);
      let group = groups.get(row);
      if (!group) {
        group = { places: [], counts: [] };
        groups.set(row, group);
      }
      group.places.push(place);
      group.counts.push(stems.counts[index] as number);
    }
  }
  return [...groups].sort(([one], [other]) => one - other);
};

/** The inverse document frequency of FTS5: a term in more than half of the passages still counts a little. */
const weightOf = (count: number, passages: number): number => {
  const weight = Math.log((count - passages + 0.5) / (passages + 0.5));
  return weight > 0 ? weight : 1e-6;
};

export const createPostings = (database: Database): Postings => {
  const row = database.prepare<[number], Buffer>('SELECT data FROM postings WHERE id = ?').pluck();
  const put = database.prepare('INSERT OR REPLACE INTO postings (id, data) VALUES (?, ?)');
  const drop = database.prepare('DELETE FROM postings WHERE id = ?');
  const scores = new Float64Array(blockSize);

  return {
    add: (chunks) => {
      for (const [id, { places, counts }] of groupByRow(chunks)) {
        const packed = row.get(id);
        const old = packed && unpack(packed);
        put.run(id, old ? packPostings([...old.places, ...places], [...old.counts, ...counts]) : packPostings(places, counts));
      }
    },
    remove: (chunks) => {
      for (const [id, { places }] of groupByRow(chunks)) {
        const packed = row.get(id);
        if (!packed) continue;
        const old = unpack(packed);
        const gone = new Set(places);
        const kept = [...old.places.keys()].filter((index) => !gone.has(old.places[index] as number));
        if (kept.length === 0) drop.run(id);
        else
          put.run(
            id,
            packPostings(
              kept.map((index) => old.places[index] as number),
              kept.map((index) => old.counts[index] as number),
            ),
          );
      }
    },
    best: ({ terms, limit, count, averageLength, blocks, lengths, allowed }) => {
      const { k1, b } = ranking.bm25;
      const best = createTopList(limit);
      const weighted = terms.map(({ term, passages }) => ({ term, weight: weightOf(count, passages) }));
      for (const block of blocks) {
        const first = block * blockSize;
        let any = false;
        for (const { term, weight } of weighted) {
          const packed = row.get(rowOf(block, term));
          if (!packed) continue;
          any = true;
          const { places, counts } = unpack(packed);
          for (let index = 0; index < places.length; index += 1) {
            const place = places[index] as number;
            const occurrences = counts[index] as number;
            const length = lengths[first + place] as number;
            const share = (occurrences * (k1 + 1)) / (occurrences + k1 * (1 - b + (b * length) / averageLength));
            scores[place] = (scores[place] as number) + weight * share;
          }
        }
        if (!any) continue;
        let threshold = Math.max(0, best.threshold());
        for (let place = 0; place < blockSize; place += 1) {
          const score = scores[place] as number;
          if (score <= threshold || !allowed(first + place)) continue;
          best.offer(first + place, score);
          threshold = Math.max(0, best.threshold());
        }
        scores.fill(0);
      }
      return best.sorted().map(({ id }) => id);
    },
  };
};
