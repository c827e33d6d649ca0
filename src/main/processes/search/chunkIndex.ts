import { randomUUID } from 'node:crypto';
import type { Language } from '@main/text/languages';
import { LRUCache } from 'lru-cache';
import { createChunkPlaces } from './chunkPlaces';
import { type AskedKeys, type HeldTerms, heldTerms } from './heldTerms';
import { hiddenMark, type IndexDatabase } from './indexDatabase';
import { createPostings } from './postings';
import { createTermStatistics, type FieldStatistics } from './termStatistics';
import { type Field, occurrences, type PassageTerms, packTerms, unpackTerms } from './terms';
import { type OwnerFilter, passes, type TextId } from './textId';

export interface NewChunk {
  ordinal: number;
  textHash: Buffer;
  terms: PassageTerms;
}

interface NewVersion {
  versionId: string;
  /** Hash of its document's title. */
  title: Buffer;
  language: Language;
  head: PassageTerms | null;
}

/** Writes a version into the index: searches find the version only once it is finished. */
export interface VersionWriter {
  /** Writes passages in one transaction. */
  add(chunks: readonly NewChunk[]): void;
  /** Writes the last passages. From then on searches find the version; the earlier one with this id is hidden. */
  finish(chunks: readonly NewChunk[]): void;
}

/** The lexical side of `index.db`; the data that every query needs is held in memory. */
export interface ChunkIndex {
  readonly count: number;
  /** Different for every index ever created: chunk ids are valid only within one. */
  readonly identity: string;
  generation(): number;
  statistics(language: Language): FieldStatistics;
  versionN(versionId: string): number | null;
  version(n: number): { versionId: string; language: Language } | null;
  versionOf(chunk: number): number;
  /** Null when the index no longer has the passage. */
  chunkOf(id: TextId): number | null;
  versionIds(): string[];
  /** Hash of the title under which the version's passages are indexed; null when the version is not indexed. */
  titleOf(versionId: string): Buffer | null;
  ordinalsOf(versionId: string): number[];
  ordinalOf(chunk: number): number;
  /** How many passages hold the term. */
  frequency(field: Field, key: number): number;
  /** True when a passage holds the term: a cheap check for many terms of which few exist. */
  holds(field: Field, key: number): boolean;
  /** The asked terms that each passage holds, without those that the index no longer has. */
  terms(chunks: readonly number[], asked: AskedKeys): Map<number, HeldTerms>;
  /** The same for the beginning of a document; null for a document of one passage. */
  head(versionN: number, asked: AskedKeys): HeldTerms | null;
  /** Up to `limit` passages that hold any of the stems, of the versions that pass, best BM25 first. */
  lexicalCandidates(stemKeys: readonly number[], limit: number, filter: OwnerFilter): number[];
  beginVersion(version: NewVersion): VersionWriter;
  /** Hides the version from searches. */
  hide(versionId: string): void;
  /** Names of versions in the index that no search finds: hidden ones, and those never finished. */
  hidden(): string[];
  /**
   * Deletes up to `limit` passages of a hidden version in one transaction, and the version together with the last of them.
   * Returns the hashes of their texts.
   */
  removeHidden(name: string, limit: number): Buffer[];
  /** Counts a change that the index does not see (new vectors). */
  touch(): void;
}

const cachedHeadBytes = 12 * 2 ** 20;
/** Stands in the cache for the head that a document of one passage does not have. */
const noHead = Buffer.alloc(0);

export const createChunkIndex = (database: IndexDatabase): ChunkIndex => {
  const versionNumbers = new Map<string, number>();
  const versions = new Map<number, { versionId: string; language: Language }>();
  const hiddenNames = new Set<string>();
  const statistics = createTermStatistics(database);
  const places = createChunkPlaces();
  /** The documents that questions come upon are far fewer than the passages. */
  const heads = new LRUCache<number, Buffer>({ maxSize: cachedHeadBytes, sizeCalculation: ({ length }) => length + 64 });

  const know = (n: number, name: string, language: Language): void => {
    versionNumbers.set(name, n);
    versions.set(n, { versionId: name, language });
    if (name.startsWith(hiddenMark)) hiddenNames.add(name);
  };
  const drop = (name: string): void => {
    versionNumbers.delete(name);
    hiddenNames.delete(name);
  };

  for (const row of database
    .prepare<[], { n: number; version_id: string; language: Language }>(
      "SELECT n, id AS version_id, language FROM owners WHERE kind = 'version'",
    )
    .iterate()) {
    know(row.n, row.version_id, row.language);
  }
  for (const row of database
    .prepare<[], [number, number, number, number]>('SELECT id, owner_n, ordinal, length FROM chunks')
    .raw()
    .iterate())
    if (versions.has(row[1])) places.add(...row);
  const generationRow = database.prepare<[], number>("SELECT value FROM meta WHERE key = 'generation'").pluck();
  const nextGeneration = database.prepare("UPDATE meta SET value = value + 1 WHERE key = 'generation'");
  const termsRow = database.prepare<[number], Buffer>('SELECT terms FROM chunk_terms WHERE id = ?').pluck();
  // One statement for all candidates takes two thirds of the time of a statement for each.
  const termsRows = database
    .prepare<[string], [number, Buffer]>('SELECT id, terms FROM chunk_terms WHERE id IN (SELECT value FROM json_each(?))')
    .raw();
  const titleRow = database.prepare<[string], Buffer>('SELECT title FROM owners WHERE id = ?').pluck();
  const headRow = database.prepare<[number], Buffer | null>('SELECT head FROM owners WHERE n = ?').pluck();
  const postings = createPostings(database);
  const insertVersion = database.prepare('INSERT INTO owners (id, title, language, head) VALUES (?, ?, ?, ?)');
  const insertChunk = database.prepare('INSERT INTO chunks (owner_n, ordinal, text_hash, length) VALUES (?, ?, ?, ?)');
  const insertTerms = database.prepare('INSERT INTO chunk_terms VALUES (?, ?)');
  const deleteTerms = database.prepare('DELETE FROM chunk_terms WHERE id = ?');
  const deleteChunk = database.prepare('DELETE FROM chunks WHERE id = ?');
  const someChunkRows = database.prepare<[number, number], { id: number; textHash: Buffer }>(
    'SELECT id, text_hash AS textHash FROM chunks WHERE owner_n = ? LIMIT ?',
  );
  const versionNumberRow = database.prepare<[string], number>('SELECT n FROM owners WHERE id = ?').pluck();
  const renameVersion = database.prepare('UPDATE owners SET id = ? WHERE n = ?');
  const deleteVersion = database.prepare('DELETE FROM owners WHERE n = ?');

  const hiddenName = (): string => `${hiddenMark}${randomUUID()}`;

  /** Renames a version; the returned function renames it in memory once the transaction has committed. */
  const rename = (n: number, name: string): (() => void) => {
    const version = versions.get(n) as { versionId: string; language: Language };
    renameVersion.run(name, n);
    return () => {
      if (versionNumbers.get(version.versionId) === n) drop(version.versionId);
      know(n, name, version.language);
    };
  };

  /** Changes the file and the memory, both or neither. */
  const change = (write: () => (() => void)[]): void => {
    const noted = database.transaction(() => {
      const toNote = write();
      nextGeneration.run();
      return toNote;
    })();
    for (const note of noted) note();
  };

  return {
    get count() {
      return places.count;
    },
    identity: String(database.prepare("SELECT value FROM meta WHERE key = 'created'").pluck().get()),
    generation: () => generationRow.get() as number,
    statistics: statistics.of,
    versionN: (versionId) => versionNumbers.get(versionId) ?? null,
    version: (n) => versions.get(n) ?? null,
    versionOf: places.versionOf,
    chunkOf: ({ owner, ordinal }) => {
      const n = versionNumbers.get(owner);
      return n === undefined ? null : places.chunkOf(n, ordinal);
    },
    versionIds: () => [...versionNumbers.keys()].filter((name) => !name.startsWith(hiddenMark)),
    titleOf: (versionId) => titleRow.get(versionId) ?? null,
    ordinalsOf: (versionId) => places.ordinalsOf(versionNumbers.get(versionId) ?? 0),
    ordinalOf: places.ordinalOf,
    frequency: statistics.frequency,
    holds: statistics.holds,
    terms: (chunks, asked) => {
      const rows = termsRows.all(JSON.stringify(chunks));
      return new Map(rows.map(([chunk, packed]) => [chunk, heldTerms(packed, asked)]));
    },
    head: (versionN, asked) => {
      let packed = heads.get(versionN);
      if (!packed) {
        packed = headRow.get(versionN) ?? noHead;
        heads.set(versionN, packed);
      }
      return packed === noHead ? null : heldTerms(packed, asked);
    },
    lexicalCandidates: (stemKeys, limit, filter) => {
      const verdicts = new Map<number, boolean>();
      /** Asks the filter once a version. */
      const allowed = (chunk: number): boolean => {
        const n = places.versionOf(chunk);
        let verdict = verdicts.get(n);
        if (verdict === undefined) {
          verdict = passes(filter, versions.get(n)?.versionId ?? '');
          verdicts.set(n, verdict);
        }
        return verdict;
      };
      return postings.best({
        terms: stemKeys.map((term) => ({ term, passages: statistics.frequency('stems', term) })),
        limit,
        count: places.count,
        averageLength: places.averageLength,
        blocks: places.blocks(),
        lengths: places.lengths(),
        allowed,
      });
    },
    beginVersion: ({ versionId, title, language, head }) => {
      let n: number | null = null;
      /** To be called within a transaction; the returned function is called once that has committed. */
      const insert = (name: string): (() => void) => {
        const own = Number(insertVersion.run(name, title, language, head && packTerms(head)).lastInsertRowid);
        return () => {
          n = own;
          know(own, name, language);
        };
      };
      const write = (chunks: readonly NewChunk[], own: number): (() => void) => {
        const ids: number[] = [];
        for (const { ordinal, textHash, terms } of chunks) {
          const id = Number(insertChunk.run(own, ordinal, textHash, occurrences(terms.stems)).lastInsertRowid);
          insertTerms.run(id, packTerms(terms));
          ids.push(id);
        }
        postings.add(chunks.map(({ terms: { stems } }, at) => ({ id: ids[at] as number, stems })));
        const counted = statistics.count(
          language,
          chunks.map(({ terms }) => terms),
          1,
        );
        return () => {
          counted();
          for (const [at, { ordinal, terms }] of chunks.entries()) places.add(ids[at] as number, own, ordinal, occurrences(terms.stems));
        };
      };
      const numberOf = (name: string): number => versionNumberRow.get(name) as number;
      return {
        add: (chunks) =>
          change(() => {
            const name = hiddenName();
            const begun = n === null ? [insert(name)] : [];
            return [...begun, write(chunks, n ?? numberOf(name))];
          }),
        finish: (chunks) =>
          change(() => {
            const old = versionNumbers.get(versionId);
            const hidden = old === undefined ? [] : [rename(old, hiddenName())];
            const named = n === null ? insert(versionId) : rename(n, versionId);
            return [...hidden, named, write(chunks, n ?? numberOf(versionId))];
          }),
      };
    },
    hide: (versionId) => {
      const n = versionNumbers.get(versionId);
      if (n !== undefined) change(() => [rename(n, hiddenName())]);
    },
    hidden: () => [...hiddenNames],
    removeHidden: (name, limit) => {
      const n = versionNumbers.get(name);
      if (n === undefined) return [];
      const { language } = versions.get(n) as { language: Language };
      const removed = someChunkRows.all(n, limit);
      const isLast = removed.length < limit;
      change(() => {
        const gone: { id: number; terms: PassageTerms }[] = [];
        for (const { id } of removed) {
          const packed = termsRow.get(id);
          if (packed) gone.push({ id, terms: unpackTerms(packed) });
          deleteTerms.run(id);
          deleteChunk.run(id);
        }
        postings.remove(gone.map(({ id, terms: { stems } }) => ({ id, stems })));
        const counted = statistics.count(
          language,
          gone.map(({ terms }) => terms),
          -1,
        );
        if (isLast) deleteVersion.run(n);
        return [counted];
      });
      for (const { id } of removed) places.remove(id);
      if (isLast) {
        heads.delete(n);
        drop(name);
        versions.delete(n);
      }
      return removed.map(({ textHash }) => textHash);
    },
    touch: () => {
      nextGeneration.run();
    },
  };
};
