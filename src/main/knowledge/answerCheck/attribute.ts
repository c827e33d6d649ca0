import type { KnownFigures } from '@main/text/knownFigures';
import type { Language } from '@main/text/languages';
import { type EvidenceItems, evidenceOf } from '../evidenceItems';
import type { IndexedPassage } from './passageIndex';
import { isReporting } from './reporting';
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

/** The passages of an answer, its question and the library's words. */
export interface Surroundings {
  passages: readonly IndexedPassage[];
  /** The folded words of the question: they are in its answer whatever the answer rests on. */
  asked: ReadonlySet<string>;
  /** The figures of the question. */
  askedFigures: KnownFigures;
  nearness: UnitNearness;
  /** How rare a word is in the library, 0..1. */
  rarity: (word: string) => number;
}

/**
 * Weights of the parts of a statement, beside how rare each is among the passages. `asked`: a word of the question says little for a
 * passage that has it, and as much as any other against one that lacks it.
 */
const weights = { word: 1, name: 1.5, figure: 2.5, asked: 0.6 };
/** A word of the title or the headings counts like one of the unit, nearly. */
const aboveDegree = 0.8;
/** Maps a cosine to a degree of sameness. */
export const degreeOf = (cosine: number): number => Math.min(0.9, Math.max(0, (cosine - 0.3) / 0.4));
/** The most neighbouring units that together support a statement. */
const widest = 3;
/** The score of a unit is multiplied by this where it denies and the statement affirms, or the reverse. */
const opposed = 0.7;

interface Term {
  /** How much it counts where it is held. */
  weight: number;
  /** How much it counts where it is missing. */
  missing: number;
  /** How surely (0..1) a unit of a passage holds it. */
  degree: (passage: IndexedPassage, unit: number) => number;
}

/** The stretch that holds most of some terms, and the share of their weight that it holds. */
const bestStretch = (passages: readonly IndexedPassage[], terms: readonly Term[], items: EvidenceItems): Attribution | null => {
  if (terms.every(({ weight }) => weight === 0)) return null;
  let best: Attribution | null = null;
  for (const passage of passages) {
    const degrees = passage.units.map((_, unit) => terms.map(({ degree }) => degree(passage, unit)));
    for (let from = 0; from < passage.units.length; from += 1) {
      const held = terms.map(() => 0);
      let isNegative = false;
      for (let to = from; to < Math.min(passage.units.length, from + widest); to += 1) {
        let [said, unsaid] = [0, 0];
        for (const [index, { weight, missing }] of terms.entries()) {
          const degree = Math.max(held[index] as number, degrees[to]?.[index] ?? 0);
          held[index] = degree;
          said += weight * degree;
          unsaid += missing * (1 - degree);
        }
        isNegative ||= passage.negative[to] ?? false;
        const score =
          (said + unsaid === 0 ? 0 : said / (said + unsaid)) * (isNegative === items.negative ? 1 : opposed) * 0.97 ** (to - from);
        if (!best || score > best.score + 1e-9) best = { passage, from, to, score };
      }
    }
  }
  return best;
};

/**
 * The passage that supports a statement best, and how well. Only a passage that has all figures, names and quotations of the
 * statement comes into question: one that has others says something else. A figure of the question may be missing beside another
 * one. Null without any.
 */
export const attributionOf = (words: string, exact: ExactParts, language: Language, around: Surroundings): Attribution | null => {
  const { passages, asked, askedFigures, nearness, rarity } = around;
  const stated = exact.figures.filter((figure) => figure.kind === 'code' || !askedFigures.has(figure));
  const figures = stated.length > 0 ? stated : exact.figures;
  const possible = passages.filter(({ known }) => unfoundIn({ ...exact, figures }, [known], language).length === 0);
  if (possible.length === 0) return null;
  const items = evidenceOf(words, language);
  const terms: Term[] = items.words
    .filter((word) => !isReporting(word))
    .map((word) => {
      const missing = (items.names.has(word) ? weights.name : weights.word) * rarity(word);
      return {
        weight: missing * (asked.has(word) ? weights.asked : 1),
        missing,
        degree: (passage, unit) =>
          Math.max(passage.unitsWith(word).get(unit) ?? 0, aboveDegree * passage.above(word), degreeOf(nearness(word, passage, unit))),
      };
    });
  const withFigures = figures.map(
    (figure): Term => ({
      weight: weights.figure,
      missing: weights.figure,
      degree: (passage, unit) => (passage.unitFigures[unit]?.has(figure) ? 1 : 0),
    }),
  );
  return bestStretch(possible, [...terms, ...withFigures], items);
};
