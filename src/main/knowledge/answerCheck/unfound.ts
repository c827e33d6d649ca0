import { type Figure, figuresIn } from '@main/text/figures';
import { type KnownFigures, knownFigures } from '@main/text/knownFigures';
import type { Language } from '@main/text/languages';
import { type NameWord, nameWordsIn } from '@main/text/properNames';
import { bareWords, piecesOf, type QuotedWords, quotedWordsIn } from '@main/text/quotedWords';
import type { CheckMark } from '@shared/model';
import { sameLetters } from '../evidenceItems';

/** The exact parts of a statement: they must be in its passage as they are. */
export interface ExactParts {
  figures: readonly Figure[];
  names: readonly NameWord[];
  quotes: readonly QuotedWords[];
}

/** Texts in which the exact parts of statements are looked up. */
export interface KnownTexts {
  figures: KnownFigures;
  words: ReadonlySet<string>;
  /** By their first four letters, for names with another ending. */
  alike: ReadonlyMap<string, readonly string[]>;
  bare: string;
  /** The languages of the texts. */
  languages: ReadonlySet<Language>;
}

export const exactPartsOf = (text: string, language: Language): ExactParts => ({
  figures: figuresIn(text),
  names: nameWordsIn(text, language),
  quotes: quotedWordsIn(text),
});

export const knownTexts = (texts: readonly string[], languages: Iterable<Language>): KnownTexts => {
  const bare = texts.map(bareWords).join('|');
  const words = new Set(bare.split(/[ |]+/).filter((word) => word !== ''));
  return {
    figures: knownFigures(texts),
    words,
    alike: Map.groupBy(words, (word) => word.slice(0, 4)),
    bare,
    languages: new Set(languages),
  };
};

const hasWord = (known: KnownTexts, word: string, language: Language): boolean =>
  word
    .split('-')
    .every(
      (part) => known.words.has(part) || (known.alike.get(part.slice(0, 4)) ?? []).some((other) => sameLetters(part, other, language) > 0),
    );

/**
 * The exact parts that none of some texts has: numbers, dates, times and codes however they are written, words of names, quotations.
 * Names are only looked up in a text of the same language, since many are translated.
 */
export const unfoundIn = (
  { figures, names, quotes }: ExactParts,
  known: readonly KnownTexts[],
  language: Language,
): Pick<CheckMark, 'start' | 'end' | 'kind'>[] => {
  const sameLanguage = known.some(({ languages }) => languages.has(language));
  return [
    ...figures
      .filter((figure) => !known.some((texts) => texts.figures.has(figure)))
      .map(({ start, end, kind }) => ({ start, end, kind: kind === 'date' || kind === 'time' ? ('date' as const) : ('number' as const) })),
    ...names
      .filter(({ word }) => sameLanguage && !known.some((texts) => hasWord(texts, word, language)))
      .map(({ start, end }) => ({ start, end, kind: 'name' as const })),
    ...quotes
      .filter(({ text }) => !piecesOf(text).every((piece) => known.some(({ bare }) => bare.includes(piece))))
      .map(({ start, end }) => ({ start, end, kind: 'quote' as const })),
  ].sort((a, b) => a.start - b.start);
};
