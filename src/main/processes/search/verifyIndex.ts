import type { LibraryReader } from '@main/store/libraryReader';
import type { IndexCheck } from './api';
import type { ChunkIndex } from './chunkIndex';
import { hiddenMark, type IndexDatabase } from './indexDatabase';

/** Rows that are deleted between two questions. */
const atOnce = 500;

export interface VerifyIndexDeps {
  database: IndexDatabase;
  index: ChunkIndex;
  library: LibraryReader;
  /** Resolves when no question is waiting. */
  idle(): Promise<void>;
}

/** Vectors of the wrong length for their model, and those of texts that no passage has. */
const strayVectors = `FROM vectors v LEFT JOIN models m ON m.n = v.model_n
  WHERE m.n IS NULL OR length(v.data) <> m.dimensions OR NOT EXISTS (SELECT 1 FROM chunks c WHERE c.text_hash = v.text_hash)`;

/** Compares the index with the library, and deletes vectors that fit nothing. */
export const createVerifyIndex = ({ database, index, library, idle }: VerifyIndexDeps) => {
  /** Versions that have a passage without its words, or a vector of the wrong length. */
  const broken = database
    .prepare<[], string>(
      `SELECT o.id FROM owners o WHERE o.kind = 'version' AND o.id NOT LIKE '${hiddenMark}%' AND o.n IN (
         SELECT c.owner_n FROM chunks c WHERE NOT EXISTS (SELECT 1 FROM chunk_terms t WHERE t.id = c.id)
         UNION SELECT c.owner_n FROM vectors v JOIN models m ON m.n = v.model_n JOIN chunks c ON c.text_hash = v.text_hash
           WHERE length(v.data) <> m.dimensions)`,
    )
    .pluck();
  const count = database.prepare<[], number>(`SELECT count(*) ${strayVectors}`).pluck();
  const remove = database.prepare(
    `DELETE FROM vectors WHERE (model_n, text_hash) IN (SELECT v.model_n, v.text_hash ${strayVectors} LIMIT ${atOnce})`,
  );
  return {
    verify: async (): Promise<IndexCheck> => {
      const live = library.live();
      const differing = new Set<string>();
      for (const versionId of live.keys()) {
        if (index.ordinalsOf(versionId).length !== library.passages(versionId)) differing.add(versionId);
        if (differing.size % 50 === 0) await idle();
      }
      await idle();
      for (const versionId of broken.all()) differing.add(versionId);
      const left = index.versionIds().filter((versionId) => !library.exists(versionId));
      return { differing: [...differing].filter((id) => live.has(id)), left: left.length, strayVectors: count.get() ?? 0 };
    },
    dropStrayVectors: async (): Promise<void> => {
      for (let removed = atOnce; removed === atOnce; ) {
        await idle();
        removed = remove.run().changes;
      }
    },
  };
};
