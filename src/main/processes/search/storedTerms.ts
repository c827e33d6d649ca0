import { LRUCache } from 'lru-cache';
import { type AskedKeys, type HeldTerms, heldTerms } from './heldTerms';
import type { IndexDatabase } from './indexDatabase';
import { type PassageTerms, packTerms, unpackTerms } from './terms';

const cachedHeadBytes = 12 * 2 ** 20;
/** Stands in the cache for the head that a document of one passage does not have. */
const noHead = Buffer.alloc(0);

/** The terms of each passage, and of the beginning of each document, as `index.db` keeps them. */
export const createStoredTerms = (database: IndexDatabase) => {
  const termsRow = database.prepare<[number], Buffer>('SELECT terms FROM chunk_terms WHERE id = ?').pluck();
  // One statement for all candidates takes two thirds of the time of a statement for each.
  const termsRows = database
    .prepare<[string], [number, Buffer]>('SELECT id, terms FROM chunk_terms WHERE id IN (SELECT value FROM json_each(?))')
    .raw();
  const headRow = database.prepare<[number], Buffer | null>('SELECT head FROM owners WHERE n = ?').pluck();
  const insertTerms = database.prepare('INSERT INTO chunk_terms VALUES (?, ?)');
  const deleteTerms = database.prepare('DELETE FROM chunk_terms WHERE id = ?');
  /** The documents that questions come upon are far fewer than the passages. */
  const heads = new LRUCache<number, Buffer>({ maxSize: cachedHeadBytes, sizeCalculation: ({ length }) => length + 64 });

  return {
    /** The asked terms that each passage holds, without those that the index no longer has. */
    held: (chunks: readonly number[], asked: AskedKeys): Map<number, HeldTerms> => {
      const rows = termsRows.all(JSON.stringify(chunks));
      return new Map(rows.map(([chunk, packed]) => [chunk, heldTerms(packed, asked)]));
    },
    /** The same for the beginning of a document; null for a document of one passage. */
    head: (versionN: number, asked: AskedKeys): HeldTerms | null => {
      let packed = heads.get(versionN);
      if (!packed) {
        packed = headRow.get(versionN) ?? noHead;
        heads.set(versionN, packed);
      }
      return packed === noHead ? null : heldTerms(packed, asked);
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
