import type { Language } from '@main/text/languages';
import { createChunkPlaces } from './chunkPlaces';
import type { HeldHead, HeldReader, HeldTerms } from './heldTerms';
import type { IndexDatabase } from './indexDatabase';
import { createIndexedVersions, hiddenName, type IndexedVersion, type NewVersion } from './indexedVersions';
import { createPostings } from './postings';
import { createStoredTerms } from './storedTerms';
import { createTermStatistics, type FieldStatistics } from './termStatistics';
import { type Field, occurrences, type PassageTerms } from './terms';
import { type OwnerFilter, once, passes, type TextId } from './textId';

export interface NewChunk {
  ordinal: number;
  textHash: Buffer;
  terms: PassageTerms;
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
  version(n: number): IndexedVersion | null;
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
  terms(chunks: readonly number[], reader: HeldReader): Map<number, HeldTerms>;
  /** The same for the beginning of a document; null for a document of one passage. */
  head(versionN: number, reader: HeldReader): HeldHead | null;
  /** All passages that hold the stem. */
  passagesHolding(stemKey: number): number[];
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

export const createChunkIndex = (database: IndexDatabase): ChunkIndex => {
  const statistics = createTermStatistics(database);
  const places = createChunkPlaces();
  const versions = createIndexedVersions(database);
  const storedTerms = createStoredTerms(database);
  const postings = createPostings(database);
  for (const row of database
    .prepare<[], [number, number, number, number]>('SELECT id, owner_n, ordinal, length FROM chunks')
    .raw()
    .iterate())
    if (versions.of(row[1])) places.add(...row);
  const generationRow = database.prepare<[], number>("SELECT value FROM meta WHERE key = 'generation'").pluck();
  const nextGeneration = database.prepare("UPDATE meta SET value = value + 1 WHERE key = 'generation'");
  const insertChunk = database.prepare('INSERT INTO chunks (owner_n, ordinal, text_hash, length) VALUES (?, ?, ?, ?)');
  const deleteChunk = database.prepare('DELETE FROM chunks WHERE id = ?');
  const someChunkRows = database.prepare<[number, number], { id: number; textHash: Buffer }>(
    'SELECT id, text_hash AS textHash FROM chunks WHERE owner_n = ? LIMIT ?',
  );

  /** Changes the file and the memory, both or neither. */
  const change = (write: () => (() => void)[]): void => {
    const noted = database.transaction(() => {
      const toNote = write();
      nextGeneration.run();
      return toNote;
    })();
    for (const note of noted) note();
  };

  /** To be called within a transaction; the returned function is called once that has committed. */
  const insertChunks = (chunks: readonly NewChunk[], versionN: number, language: Language): (() => void) => {
    const ids: number[] = [];
    for (const { ordinal, textHash, terms } of chunks) {
      const id = Number(insertChunk.run(versionN, ordinal, textHash, occurrences(terms.stems)).lastInsertRowid);
      storedTerms.put(id, terms);
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
      for (const [at, { ordinal, terms }] of chunks.entries()) places.add(ids[at] as number, versionN, ordinal, occurrences(terms.stems));
    };
  };

  return {
    get count() {
      return places.count;
    },
    identity: String(database.prepare("SELECT value FROM meta WHERE key = 'created'").pluck().get()),
    generation: () => generationRow.get() as number,
    statistics: statistics.of,
    versionN: versions.numberOf,
    version: versions.of,
    versionOf: places.versionOf,
    chunkOf: ({ owner, ordinal }) => {
      const n = versions.numberOf(owner);
      return n === null ? null : places.chunkOf(n, ordinal);
    },
    versionIds: versions.found,
    titleOf: versions.titleOf,
    ordinalsOf: (versionId) => places.ordinalsOf(versions.numberOf(versionId) ?? 0),
    ordinalOf: places.ordinalOf,
    frequency: statistics.frequency,
    holds: statistics.holds,
    terms: storedTerms.held,
    head: storedTerms.head,
    lexicalCandidates: (stemKeys, limit, filter) => {
      const allowed = once((n) => passes(filter, versions.of(n)?.versionId ?? ''));
      return postings.best({
        terms: stemKeys.map((term) => ({ term, passages: statistics.frequency('stems', term) })),
        limit,
        count: places.count,
        averageLength: places.averageLength,
        blocks: places.blocks(),
        lengths: places.lengths(),
        allowed: (chunk) => allowed(places.versionOf(chunk)),
      });
    },
    passagesHolding: (stemKey) => (statistics.frequency('stems', stemKey) === 0 ? [] : postings.holding(stemKey, places.blocks())),
    beginVersion: (version) => {
      const { versionId, language } = version;
      let n: number | null = null;
      const insert = (name: string): (() => void) =>
        versions.insert(name, version, (own) => {
          n = own;
        });
      return {
        add: (chunks) =>
          change(() => {
            const name = hiddenName();
            const begun = n === null ? [insert(name)] : [];
            return [...begun, insertChunks(chunks, n ?? versions.storedNumberOf(name), language)];
          }),
        finish: (chunks) =>
          change(() => {
            const old = versions.numberOf(versionId);
            const hidden = old === null ? [] : [versions.rename(old, hiddenName())];
            const named = n === null ? insert(versionId) : versions.rename(n, versionId);
            return [...hidden, named, insertChunks(chunks, n ?? versions.storedNumberOf(versionId), language)];
          }),
      };
    },
    hide: (versionId) => {
      const n = versions.numberOf(versionId);
      if (n !== null) change(() => [versions.rename(n, hiddenName())]);
    },
    hidden: versions.hidden,
    removeHidden: (name, limit) => {
      const n = versions.numberOf(name);
      if (n === null) return [];
      const { language } = versions.of(n) as IndexedVersion;
      const removed = someChunkRows.all(n, limit);
      const isLast = removed.length < limit;
      change(() => {
        const gone: { id: number; terms: PassageTerms }[] = [];
        for (const { id } of removed) {
          const terms = storedTerms.take(id);
          if (terms) gone.push({ id, terms });
          deleteChunk.run(id);
        }
        postings.remove(gone.map(({ id, terms: { stems } }) => ({ id, stems })));
        const counted = statistics.count(
          language,
          gone.map(({ terms }) => terms),
          -1,
        );
        if (isLast) versions.remove(n);
        return [counted];
      });
      for (const { id } of removed) places.remove(id);
      if (isLast) {
        storedTerms.forgetHead(n);
        versions.forget(n);
      }
      return removed.map(({ textHash }) => textHash);
    },
    touch: () => {
      nextGeneration.run();
    },
  };
};
