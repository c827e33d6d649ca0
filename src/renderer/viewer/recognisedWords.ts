import type { RecognisedLines } from '@shared/model';
import type { PlacedItem } from './pageGeometry';

/**
 * The words that were recognised on a page, at their places on it; all words of a line are as high as the line, which is as wide where the
 * line is turned by a quarter.
 */
export const placeWords = (lines: RecognisedLines, page: { width: number; height: number }): PlacedItem[] =>
  lines.flatMap(({ words, turn }) => {
    const sides = [0, 1, 2, 3].map((side) => words.map(({ box }) => box[side] as number));
    const isUpended = turn === 90 || turn === 270;
    return words.map(({ text, box }) => {
      const [left, right] = isUpended ? [Math.min(...(sides[0] ?? [])), Math.max(...(sides[2] ?? []))] : [box[0], box[2]];
      const [top, bottom] = isUpended ? [box[1], box[3]] : [Math.min(...(sides[1] ?? [])), Math.max(...(sides[3] ?? []))];
      const placed = {
        x: left * page.width,
        y: top * page.height,
        width: (right - left) * page.width,
        height: (bottom - top) * page.height,
      };
      return { text, box: placed, ...(turn && { turn }) };
    });
  });

const family = 'sans-serif';
/** The height of a line's letters in its font size. */
const fontShare = 0.9;

/** Lays the words over the picture of the page, so that they can be selected and copied. */
export const layWords = (container: HTMLElement, items: readonly PlacedItem[], scale: number): void => {
  const context = document.createElement('canvas').getContext('2d');
  container.replaceChildren(
    ...items.map(({ text, box, turn }) => {
      const span = document.createElement('span');
      // The blank parts the words of a copied text.
      span.textContent = `${text} `;
      const isUpended = turn === 90 || turn === 270;
      const size = (isUpended ? box.width : box.height) * fontShare;
      if (context) context.font = `${size}px ${family}`;
      const natural = context?.measureText(text).width ?? 0;
      // The corner at which the word begins, around which it is turned.
      span.style.left = `${(box.x + (turn === 180 || turn === 270 ? box.width : 0)) * scale}px`;
      span.style.top = `${(box.y + (turn === 90 || turn === 180 ? box.height : 0)) * scale}px`;
      if (turn) span.style.setProperty('--rotate', `${360 - turn}deg`);
      span.style.fontFamily = family;
      span.style.setProperty('--font-height', `${size}px`);
      if (natural > 0) span.style.setProperty('--scale-x', String((isUpended ? box.height : box.width) / natural));
      return span;
    }),
  );
};
