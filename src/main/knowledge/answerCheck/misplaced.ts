import type { Figure } from '@main/text/figures';
import { evidenceOf } from '../evidenceItems';
import { degreeOf, type UnitNearness } from './attribute';
import { type IndexedPassage, measureOf } from './passageIndex';
import { isReporting } from './reporting';

/** How much more of the words around a figure units must say with another figure, for the figure to be one of something else. */
export const misplacedLead = 0.3;
/** Units that say less of these words tell nothing of the figure. */
const leastSaid = 0.5;
/** A word of the headings above a unit, or of its column, says what its figures are of. */
const headDegree = 0.9;

interface Words {
  word: string;
  weight: number;
}

/** A border of the words that a figure is of. */
const border = /[,;:()–—]|(?<![\p{L}\p{N}])(?:and|but|while|whereas|et|mais|tandis|alors)(?![\p{L}\p{N}])/giu;

/** The words of a figure's clause, up to the neighbouring figures; those of the whole statement where there are none. */
const wordsAround = (words: string, figures: readonly Figure[], index: number, rarity: (word: string) => number): Words[] => {
  const start = figures[index - 1]?.end ?? 0;
  const end = figures[index + 1]?.start ?? words.length;
  const figure = figures[index] as Figure;
  const listed = (text: string): Words[] =>
    evidenceOf(text)
      .words.filter((word) => !isReporting(word) && !/\d/.test(word))
      .map((word) => ({ word, weight: rarity(word) }));
  const before = words.slice(start, figure.start).split(border).at(-1) ?? '';
  const after = words.slice(figure.end, end).split(border)[0] ?? '';
  const near = listed(`${before} , ${after}`);
  return near.length > 0 ? near : listed(words);
};

/**
 * The figures of a statement that its passages have, but say of something else: units with another figure of the same measure say
 * clearly more of the words around it than those that have it. `words` as in a statement, its figures at their offsets.
 */
export const misplacedIn = (
  words: string,
  figures: readonly Figure[],
  { passages, nearness, rarity }: { passages: readonly IndexedPassage[]; nearness: UnitNearness; rarity: (word: string) => number },
): Figure[] =>
  figures.filter((figure, index) => {
    const measure = measureOf(figure);
    if (measure === null || !passages.some(({ known }) => known.figures.has(figure))) return false;
    const around = wordsAround(words, figures, index, rarity);
    const whole = around.reduce((sum, { weight }) => sum + weight, 0);
    if (whole === 0) return false;
    let [own, other] = [0, 0];
    for (const passage of passages)
      for (const [unit, measures] of passage.unitMeasures.entries()) {
        const has = passage.unitFigures[unit]?.has(figure) ?? false;
        if (!has && !measures.has(measure)) continue;
        const held = around.reduce(
          (sum, { word, weight }) =>
            sum +
            weight *
              Math.max(
                passage.unitsWith(word).get(unit) ?? 0,
                headDegree * (passage.unitsBelow(word).get(unit) ?? 0),
                degreeOf(nearness(word, passage, unit)),
              ),
          0,
        );
        if (has) own = Math.max(own, held / whole);
        else other = Math.max(other, held / whole);
      }
    return other >= leastSaid && other >= own + misplacedLead;
  });
