import { languageOfText } from '@main/text/detectLanguage';
import { type Figure, figuresIn } from '@main/text/figures';
import { type KnownFigures, knownFigures } from '@main/text/knownFigures';
import type { Language } from '@main/text/languages';
import { stem } from '@main/text/stems';
import { placeWords, type Source } from '@shared/model';
import { evidenceOf, sameLetters } from '../evidenceItems';
import { type TextUnit, textUnits } from '../textUnits';
import { type KnownTexts, knownTexts } from './unfound';

/** A passage that the turn was given, prepared to look up statements in it. */
export interface IndexedPassage {
  source: Source;
  language: Language;
  /** Its text with its title, headings and place, for exact parts. */
  known: KnownTexts;
  units: readonly TextUnit[];
  /** The words of each unit, for comparing meanings. */
  words: readonly (readonly string[])[];
  /** The figures of each unit. */
  unitFigures: readonly KnownFigures[];
  /** By unit, the measures (`measureOf`) of which it states a figure. */
  unitMeasures: readonly ReadonlySet<string>[];
  /** True by unit where it denies or forbids something. */
  negative: readonly boolean[];
  /** The units with a word, by how surely (0..1) they have it. */
  unitsWith(word: string): ReadonlyMap<number, number>;
  /** The units that stand below a heading, or in a column, with a word. */
  unitsBelow(word: string): ReadonlyMap<number, number>;
  /** How surely its title or headings have a word. */
  above(word: string): number;
}

/** The measure of a figure: euros, months, dates. Null for a bare number or a code, which may count anything. */
export const measureOf = ({ kind, unit }: Pick<Figure, 'kind' | 'unit'>): string | null =>
  kind === 'date' || kind === 'time' ? kind : kind === 'number' ? unit : null;

/** The units with words of the same stem or beginning; memoised, since statements share their words. */
const lookup = (words: readonly (readonly string[])[], language: Language): ((word: string) => ReadonlyMap<number, number>) => {
  const byStem = new Map<string, Set<number>>();
  const byBeginning = new Map<string, Map<string, Set<number>>>();
  for (const [unit, own] of words.entries())
    for (const word of own) {
      const stemmed = stem(word, language);
      byStem.set(stemmed, (byStem.get(stemmed) ?? new Set()).add(unit));
      const alike = byBeginning.get(word.slice(0, 4)) ?? new Map<string, Set<number>>();
      byBeginning.set(word.slice(0, 4), alike.set(word, (alike.get(word) ?? new Set()).add(unit)));
    }
  const known = new Map<string, ReadonlyMap<number, number>>();
  return (word) => {
    const held = known.get(word);
    if (held) return held;
    const found = new Map<number, number>();
    for (const [other, units] of byBeginning.get(word.slice(0, 4)) ?? []) {
      const degree = sameLetters(word, other, language);
      if (degree > 0) for (const unit of units) found.set(unit, Math.max(degree, found.get(unit) ?? 0));
    }
    for (const unit of byStem.get(stem(word, language)) ?? []) found.set(unit, 1);
    known.set(word, found);
    return found;
  };
};

export const indexPassage = (source: Source): IndexedPassage => {
  const language = languageOfText(source.text) ?? 'en';
  const units = textUnits(source.text, source.format);
  const items = units.map(({ start, end }) => evidenceOf(source.text.slice(start, end), language));
  const words = items.map((one) => one.words);
  const own = units.map(({ headings, columns }) => evidenceOf(`${headings.join('. ')} ${columns}`, language).words);
  const above = lookup([evidenceOf([source.title, ...source.place.headings].join('. '), language).words, own.flat()], language);
  return {
    source,
    language,
    known: knownTexts([source.text, source.title, ...source.place.headings, placeWords(source.place, 'en', 'prompt')], [language]),
    units,
    words,
    unitFigures: units.map(({ start, end, headings, columns }) => knownFigures([source.text.slice(start, end), ...headings, columns])),
    unitMeasures: units.map(
      ({ start, end }) => new Set(figuresIn(source.text.slice(start, end)).flatMap((figure) => measureOf(figure) ?? [])),
    ),
    negative: items.map(({ negative }) => negative),
    unitsWith: lookup(words, language),
    unitsBelow: lookup(own, language),
    above: (word) => Math.max(0, ...above(word).values()),
  };
};
