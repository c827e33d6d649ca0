import type { RecognisedLines } from '@shared/model';
import type { RecognisedPage } from './api';
import { limits } from './limits';
import type { PageImage } from './pageImage';

/** A word as an engine found it: how sure it is, 0..100, and its box in pixels. */
export interface Word {
  text: string;
  confidence: number;
  bbox: { x0: number; y0: number; x1: number; y1: number };
}

/** Rules and stains that are taken for signs, and blanks. */
const strokes = /^[\s|\\_~^`]*$/;
const lettersIn = (text: string): number => text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;

/** The words of a page, by its paragraphs and their lines, without the noise that pictures and stains give. Pure. */
export const wordsOf = (
  paragraphs: readonly (readonly (readonly Word[])[])[],
  { width, height }: Pick<PageImage, 'width' | 'height'>,
): Omit<RecognisedPage, 'engine'> => {
  const lines: RecognisedLines = [];
  let [weight, sum, longest, count] = [0, 0, 0, 0];
  for (const paragraph of paragraphs) {
    const kept = paragraph
      .map((words) => words.filter(({ text, confidence }) => !strokes.test(text) && confidence >= limits.wordConfidence))
      .filter((words) => words.length > 0);
    const words = kept.flat();
    const own = words.reduce((all, { text }) => all + text.length, 0);
    const sure = words.reduce((all, { text, confidence }) => all + text.length * confidence, 0);
    const ownLongest = Math.max(0, ...words.map(({ text }) => lettersIn(text)));
    if (ownLongest === 0 || sure / own < limits.paragraphConfidence) continue;
    if (count + words.length > limits.words) break;
    [weight, sum, longest, count] = [weight + own, sum + sure, Math.max(longest, ownLongest), count + words.length];
    for (const [index, line] of kept.entries())
      lines.push({
        words: line.map(({ text, bbox }) => ({
          text: text.trim(),
          box: [bbox.x0 / width, bbox.y0 / height, bbox.x1 / width, bbox.y1 / height],
        })),
        ends: index === kept.length - 1,
      });
  }
  return longest < limits.lettersOfWord ? { lines: [], confidence: 0 } : { lines, confidence: sum / weight };
};
