import { createCanvas } from '@napi-rs/canvas';

/** How a page is printed and scanned. */
export interface PageMaking {
  font: string;
  /** Of the letters, in pixels; 25 is a text of 12 points at 150 dots per inch. */
  size: number;
  ink?: string;
  paper?: string;
  /** The radius of a blur, in pixels. */
  blur?: number;
  /** Turned by this many degrees. */
  degrees?: number;
  /** Grey values by which each pixel differs at most. */
  noise?: number;
}

const width = 1240;
const margin = 80;

/** The same numbers each time, from 0 to 1 (Lehmer). */
const seeded = (seed: number) => {
  let state = seed;
  return (): number => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
};

/** A page with a text, as a scanner gives it at 150 dots per inch, and the lines into which it was broken. */
export const makePage = (text: string, making: PageMaking): { png: Buffer; lines: string[] } => {
  const { font, size, ink = '#222', paper = '#f4f1ea', blur = 0, degrees = 0, noise = 0 } = making;
  const measuring = createCanvas(1, 1).getContext('2d');
  const written = `${size}px "${font}"`;
  measuring.font = written;
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const longer = lines.length === 0 ? word : `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && measuring.measureText(longer).width <= width - 2 * margin) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  const height = Math.ceil(2 * margin + lines.length * size * 1.5);
  const sharp = createCanvas(width, height);
  const context = sharp.getContext('2d');
  context.fillStyle = paper;
  context.fillRect(0, 0, width, height);
  context.translate(width / 2, height / 2);
  context.rotate((degrees * Math.PI) / 180);
  context.translate(-width / 2, -height / 2);
  context.fillStyle = ink;
  context.font = written;
  context.textBaseline = 'top';
  for (const [index, line] of lines.entries()) context.fillText(line, margin, margin + index * size * 1.5);
  const canvas = createCanvas(width, height);
  const drawn = canvas.getContext('2d');
  if (blur > 0) drawn.filter = `blur(${blur}px)`;
  drawn.drawImage(sharp, 0, 0);
  if (noise > 0) {
    const random = seeded(7);
    const pixels = drawn.getImageData(0, 0, width, height);
    for (let at = 0; at < pixels.data.length; at += 4) {
      const by = Math.round((random() * 2 - 1) * noise);
      for (let channel = at; channel < at + 3; channel += 1) pixels.data[channel] = (pixels.data[channel] as number) + by;
    }
    drawn.putImageData(pixels, 0, 0);
  }
  return { png: canvas.toBuffer('image/png'), lines };
};

/** The same signs for the same text: one kind of apostrophe, quotation mark, dash and blank. */
const plain = (text: string): string =>
  text
    .replace(/[‘’`´]/g, "'")
    .replace(/[“”„«»]\s?|\s?[»]/g, '"')
    .replace(/[–—]/g, '-')
    .replace(/\s+/g, ' ')
    .trim();

/** How many signs must be written, deleted or changed to make one text of another (Levenshtein), after `plain`. */
export const signsWrong = (found: string, wanted: string): { wrong: number; of: number } => {
  const [one, other] = [[...plain(found)], [...plain(wanted)]];
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [index, sign] of one.entries()) {
    const next = [index + 1];
    for (const [at, wantedSign] of other.entries())
      next.push(Math.min((next[at] as number) + 1, (row[at + 1] as number) + 1, (row[at] as number) + (sign === wantedSign ? 0 : 1)));
    row = next;
  }
  return { wrong: row.at(-1) as number, of: other.length };
};
