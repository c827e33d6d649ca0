import type { Language } from '@main/text/languages';
import { evidenceOf } from '../evidenceItems';
import type { IndexedPassage } from './passageIndex';
import { type ExactParts, unfoundIn } from './unfound';

/** Where a statement stands in the passages of its turn. */
export interface Attribution {
  passage: IndexedPassage;
  /** `[from, to]` of the units that support it. */
  from: number;
  to: number;
  /** The share (0..1) of what the statement says that these units say. */
  score: number;
}

/** How near a word is in meaning to each unit of each passage (cosine, 0..1); 0 where that is not known. */
export type UnitNearness = (word: string, passage: IndexedPassage, unit: number) => number;

/** Weights of the parts of a statement, beside how rare each is among the passages. */
const weights = { word: 1, name: 1.5, figure: 2.5, asked: 0.6 };
/** A word of the title or the headings counts like one of the unit, nearly. */
const aboveDegree = 0.8;
/** Maps a cosine to a degree of sameness. */
const degreeOf = (cosine: number): number => Math.min(0.9, Math.max(0, (cosine - 0.3) / 0.4));
/** The most neighbouring units that together support a statement. */
const widest = 3;
/** The score of a unit is multiplied by this where it denies and the statement affirms, or the reverse. */
const opposed = 0.7;

interface Term {
  weight: number;
  /** By passage, then by unit. */
  degrees: readonly (readonly number[])[];
}

/**
 * The passage that supports a statement best, and how well. Only a passage that has all figures, names and quotations of the
 * statement comes into question: one that has others says something else. Null without any.
 */
export const attributionOf = (
  words: string,
  exact: ExactParts,
  language: Language,
  {
    passages,
    asked,
    nearness,
    rarity,
  }: {
    passages: readonly IndexedPassage[];
    /** The folded words of the question: they are in its answer whatever the answer rests on. */
    asked: ReadonlySet<string>;
    nearness: UnitNearness;
    /** How rare a word is in the library, 0..1. */
    rarity: (word: string) => number;
  },
): Attribution | null => {
  const possible = passages.filter(({ known }) => unfoundIn(exact, [known], language).length === 0);
  if (possible.length === 0) return null;
  const items = evidenceOf(words, language);
  const terms: Term[] = items.words.map((word) => {
    const degrees = possible.map((passage) => {
      const found = passage.unitsWith(word);
      const above = aboveDegree * passage.above(word);
      return passage.units.map((_, unit) => Math.max(found.get(unit) ?? 0, above, degreeOf(nearness(word, passage, unit))));
    });
    const weight = (items.names.has(word) ? weights.name : weights.word) * (asked.has(word) ? weights.asked : 1) * rarity(word);
    return { weight, degrees };
  });
  for (const figure of exact.figures)
    terms.push({
      weight: weights.figure,
      degrees: possible.map((passage) => passage.unitFigures.map((figures) => (figures.has(figure) ? 1 : 0))),
    });
  const whole = terms.reduce((sum, { weight }) => sum + weight, 0);
  if (whole === 0) return null;
  let best: Attribution | null = null;
  for (const [at, passage] of possible.entries())
    for (let from = 0; from < passage.units.length; from += 1) {
      const held = terms.map(() => 0);
      let isNegative = false;
      for (let to = from; to < Math.min(passage.units.length, from + widest); to += 1) {
        let score = 0;
        for (const [index, { weight, degrees }] of terms.entries()) {
          held[index] = Math.max(held[index] as number, degrees[at]?.[to] ?? 0);
          score += weight * (held[index] as number);
        }
        isNegative ||= passage.negative[to] ?? false;
        score = (score / whole) * (isNegative === items.negative ? 1 : opposed) * 0.97 ** (to - from);
        if (!best || score > best.score + 1e-9) best = { passage, from, to, score };
      }
    }
  return best;
};
