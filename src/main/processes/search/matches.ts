import type { Language } from '@main/text/languages';
import { stem } from '@main/text/stems';
import { baseForm } from '@main/text/wordForms';
import { wordRanges } from '@main/text/words';
import { writtenForms } from './writtenForms';

/**
 * Returns a function for the ranges of a passage that hold a term of the question, exactly, by its stem or in another spelling. Ranges
 * that overlap, or are one space apart, are joined.
 */
export const createMatcher = (terms: readonly string[]): ((text: string, language: Language) => [number, number][]) => {
  const words = new Set(terms);
  const inLanguage = (language: Language) => {
    const stems = new Set(terms.map((word) => stem(word, language)));
    const isAsked = (word: string): boolean => words.has(word) || stems.has(stem(word, language));
    /** The passages of a question share most of their words. */
    const verdicts = new Map<string, boolean>();
    const isFound = (word: string): boolean => {
      let found = verdicts.get(word);
      if (found === undefined) {
        const base = isAsked(word) ? word : baseForm(word, language);
        found = base !== null && isAsked(base);
        verdicts.set(word, found);
      }
      return found;
    };
    return { isAsked, isFound };
  };
  const known = new Map<Language, ReturnType<typeof inLanguage>>();
  return (text, language) => {
    const { isAsked, isFound } = known.get(language) ?? inLanguage(language);
    known.set(language, { isAsked, isFound });
    const found = wordRanges(text).filter(({ word }) => isFound(word));
    const forms = writtenForms(text).filter(({ wholes, parts, beginnings }) => [...wholes, ...parts, ...beginnings].some(isAsked));
    const ranges: [number, number][] = [];
    for (const { start, end } of [...found, ...forms].toSorted((a, b) => a.start - b.start)) {
      const last = ranges.at(-1);
      if (last && (start <= last[1] || text.slice(last[1], start) === ' ')) last[1] = Math.max(last[1], end);
      else ranges.push([start, end]);
    }
    return ranges;
  };
};
