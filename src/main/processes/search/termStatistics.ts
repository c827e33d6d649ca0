import { type Language, languages } from '@main/text/languages';
import type { IndexDatabase } from './indexDatabase';
import { type Field, fields, frequencyKey, type PassageTerms } from './terms';

/** Figures of one language's passages: their number, and the summed length of each field. */
export type FieldStatistics = { chunks: number } & Record<Field, number>;

const emptyStatistics = (): FieldStatistics => ({ chunks: 0, stems: 0, words: 0, tokens: 0 });
const cachedFrequencies = 50_000;

/** How many passages hold each term, and how long they are: the figures by which BM25 weighs. */
export const createTermStatistics = (database: IndexDatabase) => {
  const statistics = new Map<Language, FieldStatistics>(languages.map((language) => [language, emptyStatistics()]));
  const frequencies = new Map<number, number>();
  for (const row of database.prepare<[], FieldStatistics & { language: Language }>('SELECT * FROM statistics').iterate())
    statistics.set(row.language, { chunks: row.chunks, stems: row.stems, words: row.words, tokens: row.tokens });
  const frequencyRow = database.prepare<[number], number>('SELECT chunks FROM frequencies WHERE term = ?').pluck();
  const addFrequency = database.prepare(
    'INSERT INTO frequencies VALUES (?, ?) ON CONFLICT(term) DO UPDATE SET chunks = chunks + excluded.chunks',
  );
  const dropFrequency = database.prepare('DELETE FROM frequencies WHERE term = ? AND chunks <= 0');
  const saveStatistics = database.prepare('INSERT OR REPLACE INTO statistics VALUES (?, ?, ?, ?, ?)');

  const of = (language: Language): FieldStatistics => statistics.get(language) ?? emptyStatistics();

  const countTerms = (passages: readonly PassageTerms[], sign: 1 | -1): void => {
    const counts = new Map<number, number>();
    for (const passage of passages)
      for (const field of fields)
        for (const key of passage[field].keys) {
          const term = frequencyKey(field, key);
          counts.set(term, (counts.get(term) ?? 0) + 1);
        }
    // In key order the writes walk the tree only once.
    for (const term of Float64Array.from(counts.keys()).sort()) {
      addFrequency.run(term, sign * (counts.get(term) as number));
      if (sign < 0) dropFrequency.run(term);
    }
    frequencies.clear();
  };

  return {
    of,
    /** How many passages hold the term. */
    frequency: (field: Field, key: number): number => {
      const term = frequencyKey(field, key);
      let found = frequencies.get(term);
      if (found === undefined) {
        found = frequencyRow.get(term) ?? 0;
        if (frequencies.size > cachedFrequencies) frequencies.clear();
        frequencies.set(term, found);
      }
      return found;
    },
    holds: (field: Field, key: number): boolean => (frequencyRow.get(frequencyKey(field, key)) ?? 0) > 0,
    /**
     * Counts passages that were added (1) or removed (-1). To be called within a transaction; the returned function is called once
     * that has committed.
     */
    count: (language: Language, passages: readonly PassageTerms[], sign: 1 | -1): (() => void) => {
      countTerms(passages, sign);
      const next = { ...of(language) };
      for (const passage of passages) {
        next.chunks += sign;
        for (const field of fields) next[field] += sign * passage[field].length;
      }
      saveStatistics.run(language, next.chunks, next.stems, next.words, next.tokens);
      return () => statistics.set(language, next);
    },
  };
};
