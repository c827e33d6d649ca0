import type { RecognisedLines } from '@shared/model';
import type { PageImage } from './pageImage';

/** By how many degrees a picture is turned clockwise, so that its text stands upright. */
export type Turn = 90 | 180 | 270;

/** The picture turned clockwise. Its time grows with its pixels: some 50 ms for a page. */
export const turned = ({ width, height, pgm }: PageImage, turn: Turn): PageImage => {
  const [newWidth, newHeight] = turn === 180 ? [width, height] : [height, width];
  const head = Buffer.from(`P5\n${newWidth} ${newHeight}\n255\n`, 'latin1');
  const pixels = pgm.subarray(pgm.length - width * height);
  const made = Buffer.allocUnsafe(head.length + pixels.length);
  head.copy(made);
  for (let y = 0, from = 0; y < height; y += 1) {
    // Where the first pixel of the row goes, and how far apart its pixels lie there.
    const [first, step] =
      turn === 90
        ? [newWidth - 1 - y, newWidth]
        : turn === 180
          ? [(height - 1 - y) * newWidth + newWidth - 1, -1]
          : [(newHeight - 1) * newWidth + y, -newWidth];
    for (let x = 0, to = head.length + first; x < width; x += 1, from += 1, to += step) made[to] = pixels[from] as number;
  }
  return { width: newWidth, height: newHeight, pgm: made };
};

type Box = RecognisedLines[number]['words'][number]['box'];

/** The box on the picture as it lay, of one on the picture that was turned; both in parts of the picture. */
const boxBefore = ([left, top, right, bottom]: Box, turn: Turn): Box => {
  if (turn === 90) return [top, 1 - right, bottom, 1 - left];
  if (turn === 180) return [1 - right, 1 - bottom, 1 - left, 1 - top];
  return [1 - bottom, left, 1 - top, right];
};

/** Lines that were read on a turned picture, with their places on the picture as it lay. */
export const linesBefore = (lines: RecognisedLines, turn: Turn): RecognisedLines =>
  lines.map((line) => ({ ...line, turn, words: line.words.map(({ text, box }) => ({ text, box: boxBefore(box, turn) })) }));
