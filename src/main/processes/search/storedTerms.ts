import { LRUCache } from 'lru-cache';
import { groupedNumbers } from './groupedNumbers';
import { type HeldHead, type HeldReader, type HeldTerms, nextPacked, openPacked, type PackedTerms } from './heldTerms';
import type { IndexDatabase } from './indexDatabase';
import { type PassageTerms, packTerms, unpackTerms } from './terms';

const cachedHeadBytes = 12 * 2 ** 20;
/** Stands in the cache for the head that a document of one passage does not have. */
const noHead = openPacked(Buffer.alloc(0));

/** The terms of each passage, and of the beginning of each document, as `index.db` keeps them. */
export const createStoredTerms = (database: IndexDatabase) => {
  const termsRow = database.prepare<[number], Buffer>('SELECT terms FROM chunk_terms WHERE id = ?').pluck();
  // One buffer for all candidates: hundreds of them would be most of what a question leaves to collect. Each row begins at a multiple of
  // 4 bytes. The two lists have one order.
  const termsRows = database
    .prepare<[string], [string, Buffer | null]>(
      `SELECT json_group_array(t.id), CAST(group_concat(t.terms || substr(zeroblob(3), 1, -length(t.terms) & 3), '') AS BLOB)
       FROM json_each(?) asked CROSS JOIN chunk_terms t ON t.id = asked.value`,
    )
    .raw();
  const headRow = database.prepare<[number], Buffer | null>('SELECT head FROM owners WHERE n = ?').pluck();
  const insertTerms = database.prepare('INSERT INTO chunk_terms VALUES (?, ?)');
  const deleteTerms = database.prepare('DELETE FROM chunk_terms WHERE id = ?');
  /** The documents that questions come upon are far fewer than the passages. */
  const heads = new LRUCache<number, PackedTerms>({ maxSize: cachedHeadBytes, sizeCalculation: ({ bytes }) => bytes.length + 64 });

  return {
    /** The asked terms that each passage holds, without those that the index no longer has. */
    held: (chunks: readonly number[], reader: HeldReader): Map<number, HeldTerms> => {
      const held = new Map<number, HeldTerms>();
      const [found, all] = termsRows.get(JSON.stringify(chunks)) ?? [];
      if (!found || !all) return held;
      const packed = openPacked(all);
      let at = 0;
      for (const chunk of groupedNumbers(found)) {
        held.set(chunk, reader.terms(packed, at));
        at = nextPacked(packed, at);
      }
      return held;
    },
    /** The same for the beginning of a document; null for a document of one passage. */
    head: (versionN: number, reader: HeldReader): HeldHead | null => {
      let packed = heads.get(versionN);
      if (!packed) {
        const stored = headRow.get(versionN);
        packed = stored ? openPacked(stored) : noHead;
        heads.set(versionN, packed);
      }
      return packed === noHead ? null : reader.head(packed);
    },
    forgetHead: (versionN: number): void => {
      heads.delete(versionN);
    },
    put: (chunk: number, terms: PassageTerms): void => {
      insertTerms.run(chunk, packTerms(terms));
    },
    /** Deletes the terms of a passage and returns them; null where there are none. */
    take: (chunk: number): PassageTerms | null => {
      const packed = termsRow.get(chunk);
      deleteTerms.run(chunk);
      return packed ? unpackTerms(packed) : null;
    },
  };
};
