import { functionWordsAsContent } from '@main/text/functionUse';
import type { Language } from '@main/text/languages';
import { longestPlainWord, stem } from '@main/text/stems';
import { isStopWord } from '@main/text/stopWords';
import { baseForm } from '@main/text/wordForms';
import { foldedWords } from '@main/text/words';
import { fold } from '@shared/text/fold';
import type { StaticModel } from './staticModel';
import { writtenForms } from './writtenForms';

/**
 * Terms are stored as 32-bit hashes, so that the index holds no readable word of a document. A hash includes its field and
 * language: the French and the English "pain" are two terms. Model tokens are stored by their ids.
 */
export interface TermCounts {
  keys: Uint32Array;
  /** Occurrences of each key, at most 255. */
  counts: Uint8Array;
  /** Occurrences of all keys: the length by which BM25 normalises. */
  length: number;
}

/** The terms by which a passage is scored: stems, exact folded words, tokens of the bundled model. */
export interface PassageTerms {
  stems: TermCounts;
  words: TermCounts;
  tokens: TermCounts;
}
export const fields = ['stems', 'words', 'tokens'] as const;
export type Field = (typeof fields)[number];

/** FNV-1a over UTF-16 units with a final mix, so that short words spread over all bits. */
const hash = (text: string): number => {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
};
export const stemKey = (stemmed: string, language: Language): number => hash(`s:${language}:${stemmed}`);
export const wordKey = (word: string, language: Language): number => hash(`w:${language}:${word}`);

/** A key in the table of document frequencies: hashes as they are, token ids as negative numbers. */
export const frequencyKey = (field: Field, key: number): number => (field === 'tokens' ? -1 - key : key);
/** Occurrences of all keys, further names of terms included. */
export const occurrences = ({ counts }: TermCounts): number => counts.reduce((sum, count) => sum + count, 0);

/** `others` are further names of terms that `keys` already counts: a search finds them, but they do not lengthen the passage. */
const toCounts = (keys: readonly number[], others: readonly number[] = []): TermCounts => {
  const counted = new Map<number, number>();
  for (const list of [keys, others]) for (const key of list) counted.set(key, (counted.get(key) ?? 0) + 1);
  return {
    keys: Uint32Array.from(counted.keys()),
    counts: Uint8Array.from(counted.values(), (count) => Math.min(count, 255)),
    length: keys.length,
  };
};

interface WordKeys {
  stem: number;
  word: number;
  /** Key of the base form of an irregular word. */
  base: number | null;
}
const keyCaches = { en: new Map<string, WordKeys>(), fr: new Map<string, WordKeys>(), other: new Map<string, WordKeys>() };
/** The keys of a word, cached: without the cache, analysing the same word again would be most of the work of indexing. */
const keysOfWord = (word: string, language: Language): WordKeys => {
  const cache: Map<string, WordKeys> = keyCaches[language];
  let keys: WordKeys | undefined = cache.get(word);
  if (!keys) {
    const base = baseForm(word, language);
    keys = {
      stem: stemKey(stem(word, language), language),
      word: wordKey(word, language),
      base: base === null ? null : stemKey(stem(base, language), language),
    };
    if (cache.size >= 100_000) cache.clear();
    if (word.length <= longestPlainWord) cache.set(word, keys);
  }
  return keys;
};

const isOneWord = /^[\p{L}\p{N}\p{M}]+$/u;
export const analysePassage = (text: string, language: Language, model: StaticModel): PassageTerms => {
  const stems: number[] = [];
  const others: number[] = [];
  const words: number[] = [];
  const add = (word: string): void => {
    const keys = keysOfWord(word, language);
    stems.push(keys.stem);
    words.push(keys.word);
    if (keys.base !== null) others.push(keys.base);
  };
  for (const word of foldedWords(text)) if (!isStopWord(word, language)) add(word);
  functionWordsAsContent(text, language).forEach(add);
  for (const { start, end, wholes, parts, beginnings } of writtenForms(text)) {
    const own = text.slice(start, end);
    // A single word is counted already; a date or a number is not.
    const word = isOneWord.test(own) ? fold(own) : null;
    for (const term of [...wholes, ...parts, ...beginnings])
      if (term !== word && !isStopWord(term, language)) others.push(stemKey(stem(term, language), language));
  }
  return { stems: toCounts(stems, others), words: toCounts(words), tokens: toCounts(model.tokenize(text)) };
};

/** 32-bit numbers before the keys of packed terms. */
export const headerWords = fields.length * 2;

/** Layout: (number of keys, length) of each field, then all keys (uint32), then all counts (uint8), in the machine's byte order. */
export const packTerms = (terms: PassageTerms): Buffer => {
  const total = fields.reduce((sum, field) => sum + terms[field].keys.length, 0);
  const bytes = new Uint8Array((headerWords + total) * 4 + total);
  const numbers = new Uint32Array(bytes.buffer, 0, headerWords + total);
  let at = headerWords;
  let countAt = (headerWords + total) * 4;
  for (const [index, field] of fields.entries()) {
    const { keys, counts, length } = terms[field];
    numbers[index * 2] = keys.length;
    numbers[index * 2 + 1] = length;
    numbers.set(keys, at);
    bytes.set(counts, countAt);
    at += keys.length;
    countAt += counts.length;
  }
  return Buffer.from(bytes.buffer);
};

export const unpackTerms = (packed: Buffer): PassageTerms => {
  // A typed array needs an offset that is a multiple of 4, which a buffer from SQLite does not guarantee.
  const bytes = packed.byteOffset % 4 === 0 ? packed : Buffer.from(new Uint8Array(packed).buffer);
  const header = new Uint32Array(bytes.buffer, bytes.byteOffset, headerWords);
  const total = fields.reduce((sum, _, index) => sum + (header[index * 2] as number), 0);
  let at = headerWords;
  let countAt = (headerWords + total) * 4;
  const read = (index: number): TermCounts => {
    const size = header[index * 2] as number;
    const counts = {
      keys: new Uint32Array(bytes.buffer, bytes.byteOffset + at * 4, size),
      counts: new Uint8Array(bytes.buffer, bytes.byteOffset + countAt, size),
      length: header[index * 2 + 1] as number,
    };
    at += size;
    countAt += size;
    return counts;
  };
  return { stems: read(0), words: read(1), tokens: read(2) };
};
