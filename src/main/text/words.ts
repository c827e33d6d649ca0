import { fold, invisible } from '@shared/text/fold';

/** "C++", "C#" and "notepad++" keep their signs: they are other words than "C". */
const signs = '(?:\\+\\+|#(?![\\p{L}\\p{N}]))?';
const wordPattern = new RegExp(`[\\p{L}\\p{N}]+${signs}`, 'gu');
const rangedWordPattern = new RegExp(`[\\p{L}\\p{N}\\p{M}${invisible}]+${signs}`, 'gu');
/** "FY2017" and "Q32017" mean 2017. */
const plainYear = (word: string): string => /^(?:fy|ex|q[1-4])((?:19|20)\d\d)$/.exec(word)?.[1] ?? word;

/**
 * Scripts without spaces between words, and Korean, which attaches particles to words: searched by single characters and pairs (the
 * CJK analyser of Lucene), since the ends of words are not marked.
 */
const unspacedScripts =
  '\\p{scx=Han}\\p{scx=Hiragana}\\p{scx=Katakana}\\p{scx=Hangul}\\p{scx=Thai}\\p{scx=Lao}\\p{scx=Khmer}\\p{scx=Myanmar}';
const unspaced = new RegExp(`[${unspacedScripts}]`, 'u');
/** Splits a run of letters where the script changes; each character with its marks, if any. */
const alike = new RegExp(`(?:[${unspacedScripts}]\\p{M}*)+|[^${unspacedScripts}]+`, 'gu');
const characterWithMarks = /.\p{M}*/gu;

/**
 * The terms by which a run of letters and digits is searched, with their `[start, end)`: itself, or single characters and pairs.
 */
const termsOfRun = (run: string): { text: string; start: number; end: number }[] => {
  if (!unspaced.test(run)) return [{ text: run, start: 0, end: run.length }];
  return Array.from(run.matchAll(alike)).flatMap(({ 0: part, index: from }) => {
    if (!unspaced.test(part)) return [{ text: part, start: from, end: from + part.length }];
    const characters = Array.from(part.matchAll(characterWithMarks), ({ 0: text, index }) => ({
      text,
      start: from + index,
      end: from + index + text.length,
    }));
    return characters.flatMap((one, index) => {
      const next = characters[index + 1];
      return next ? [one, { text: one.text + next.text, start: one.start, end: next.end }] : [one];
    });
  });
};

/** Folded words in text order, function words included. */
export const foldedWords = (text: string): string[] => {
  const folded = fold(text);
  const runs = folded.match(wordPattern) ?? [];
  // Most texts have none of those scripts, and this is most of the work of indexing.
  const terms = unspaced.test(folded) ? runs.flatMap((run) => termsOfRun(run).map((term) => term.text)) : runs;
  const words: string[] = [];
  for (const word of terms) words.push(plainYear(word));
  return words;
};

/** Folded words with their `[start, end)` in the original text; those of unspaced scripts overlap. */
export const wordRanges = (text: string): { word: string; start: number; end: number }[] => {
  const ranges: { word: string; start: number; end: number }[] = [];
  const isSpaced = !unspaced.test(text);
  let from = 0;
  // Plain strings: an object for each match would be most of what highlighting leaves to collect. No run begins before its match.
  for (const run of text.match(rangedWordPattern) ?? []) {
    const index = text.indexOf(run, from);
    from = index + run.length;
    if (isSpaced) ranges.push({ word: plainYear(fold(run)), start: index, end: from });
    else
      for (const term of termsOfRun(run))
        ranges.push({ word: plainYear(fold(term.text)), start: index + term.start, end: index + term.end });
  }
  return ranges;
};
