import type { Language } from '@main/text/languages';
import { stem } from '@main/text/stems';
import { baseForm } from '@main/text/wordForms';
import { wordRanges } from '@main/text/words';
import { writtenForms } from './writtenForms';

/**
 * Ranges of the passage that hold a term of the question, exactly, by its stem or in another spelling. Ranges that overlap, or are
 * one space apart, are joined.
 */
export const matchRanges = (text: string, terms: readonly string[], language: Language): [number, number][] => {
  const words = new Set(terms);
  const stems = new Set(terms.map((word) => stem(word, language)));
  const isAsked = (word: string): boolean => words.has(word) || stems.has(stem(word, language));
  const isAskedByBase = (word: string): boolean => {
    const base = baseForm(word, language);
    return base !== null && isAsked(base);
  };
  const found = wordRanges(text).filter(({ word }) => isAsked(word) || isAskedByBase(word));
  const forms = writtenForms(text).filter(({ wholes, parts, beginnings }) => [...wholes, ...parts, ...beginnings].some(isAsked));
  const ranges: [number, number][] = [];
  for (const { start, end } of [...found, ...forms].toSorted((a, b) => a.start - b.start)) {
    const last = ranges.at(-1);
    if (last && (start <= last[1] || text.slice(last[1], start) === ' ')) last[1] = Math.max(last[1], end);
    else ranges.push([start, end]);
  }
  return ranges;
};
