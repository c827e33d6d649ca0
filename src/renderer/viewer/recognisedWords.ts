import type { RecognisedLines } from '@shared/model';
import type { PlacedItem } from './pageGeometry';

/** The words that were recognised on a page, at their places on it; all words of a line are as high as the line. */
export const placeWords = (lines: RecognisedLines, page: { width: number; height: number }): PlacedItem[] =>
  lines.flatMap(({ words }) => {
    const top = Math.min(...words.map(({ box }) => box[1]));
    const bottom = Math.max(...words.map(({ box }) => box[3]));
    return words.map(({ text, box: [left, , right] }) => ({
      text,
      box: { x: left * page.width, y: top * page.height, width: (right - left) * page.width, height: (bottom - top) * page.height },
    }));
  });

const family = 'sans-serif';
/** The height of a line's letters in its font size. */
const fontShare = 0.9;

/** Lays the words over the picture of the page, so that they can be selected and copied. */
export const layWords = (container: HTMLElement, items: readonly PlacedItem[], scale: number): void => {
  const context = document.createElement('canvas').getContext('2d');
  container.replaceChildren(
    ...items.map(({ text, box }) => {
      const span = document.createElement('span');
      // The blank parts the words of a copied text.
      span.textContent = `${text} `;
      const size = box.height * fontShare;
      if (context) context.font = `${size}px ${family}`;
      const natural = context?.measureText(text).width ?? 0;
      span.style.left = `${box.x * scale}px`;
      span.style.top = `${box.y * scale}px`;
      span.style.fontFamily = family;
      span.style.setProperty('--font-height', `${size}px`);
      if (natural > 0) span.style.setProperty('--scale-x', String(box.width / natural));
      return span;
    }),
  );
};
