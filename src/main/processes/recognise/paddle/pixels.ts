import type { PageImage } from '../pageImage';

/** A line of text on a page: a box that may be askew, in pixels. */
export interface LineBox {
  /** Its middle. */
  x: number;
  y: number;
  width: number;
  height: number;
  /** By how much it is turned, in radians, clockwise. */
  angle: number;
}

/** The grey of the pixels of a page. */
const greyOf = ({ width, height, pgm }: PageImage): Uint8Array => pgm.subarray(pgm.length - width * height);

/** The shares of pixels that may be darker than black and lighter than white, and the spread below which a page is pale. */
const contrast = { share: 0.005, pale: 180 };

/** A pale page with its greys spread over the whole range, since the models find no line on it; any other page as it is. */
export const withContrast = (image: PageImage): PageImage => {
  const grey = greyOf(image);
  const counts = new Uint32Array(256);
  for (const value of grey) counts[value] = (counts[value] as number) + 1;
  const edge = (values: readonly number[]): number => {
    let seen = 0;
    return (
      values.find((value) => {
        seen += counts[value] as number;
        return seen > grey.length * contrast.share;
      }) ?? 0
    );
  };
  const all = Array.from(counts.keys());
  const [dark, light] = [edge(all), edge(all.toReversed())];
  if (light <= dark || light - dark >= contrast.pale) return image;
  const pgm = Buffer.from(image.pgm);
  const spread = all.map((value) => Math.round(Math.min(1, Math.max(0, (value - dark) / (light - dark))) * 255));
  for (let at = pgm.length - grey.length; at < pgm.length; at += 1) pgm[at] = spread[pgm[at] as number] as number;
  return { ...image, pgm };
};

/** The models take each value from -1 to 1. */
const normal = (grey: number): number => grey / 127.5 - 1;

/** The page in another size, as the three equal planes that the models take: each pixel is the mean of those that it covers. */
export const scaledPage = (image: PageImage, width: number, height: number): Float32Array => {
  const grey = greyOf(image);
  const plane = width * height;
  const made = new Float32Array(3 * plane);
  const [across, down] = [image.width / width, image.height / height];
  for (let y = 0, to = 0; y < height; y += 1) {
    const [top, bottom] = [Math.floor(y * down), Math.max(Math.floor(y * down) + 1, Math.floor((y + 1) * down))];
    for (let x = 0; x < width; x += 1, to += 1) {
      const [left, right] = [Math.floor(x * across), Math.max(Math.floor(x * across) + 1, Math.floor((x + 1) * across))];
      let sum = 0;
      for (let row = top; row < bottom; row += 1)
        for (let at = row * image.width + left; at < row * image.width + right; at += 1) sum += grey[at] as number;
      made[to] = normal(sum / ((bottom - top) * (right - left)));
    }
  }
  made.copyWithin(plane, 0, plane);
  made.copyWithin(2 * plane, 0, plane);
  return made;
};

/**
 * A line of a page, upright and of some height, in the same planes; `padded` is the width with the rest left at 0, which is what the model
 * was taught.
 */
export const cutLine = (image: PageImage, line: LineBox, size: { width: number; height: number; padded: number }): Float32Array => {
  const grey = greyOf(image);
  const plane = size.padded * size.height;
  const made = new Float32Array(3 * plane);
  const [cos, sin] = [Math.cos(line.angle), Math.sin(line.angle)];
  const clamp = (value: number, most: number): number => Math.min(most, Math.max(0, value));
  for (let row = 0; row < size.height; row += 1) {
    const down = ((row + 0.5) / size.height - 0.5) * line.height;
    for (let column = 0; column < size.width; column += 1) {
      const along = ((column + 0.5) / size.width - 0.5) * line.width;
      const x = clamp(line.x + along * cos - down * sin - 0.5, image.width - 1);
      const y = clamp(line.y + along * sin + down * cos - 0.5, image.height - 1);
      const [left, top] = [Math.floor(x), Math.floor(y)];
      const [right, bottom] = [Math.min(left + 1, image.width - 1), Math.min(top + 1, image.height - 1)];
      const above = (grey[top * image.width + left] as number) * (left + 1 - x) + (grey[top * image.width + right] as number) * (x - left);
      const below =
        (grey[bottom * image.width + left] as number) * (left + 1 - x) + (grey[bottom * image.width + right] as number) * (x - left);
      made[row * size.padded + column] = normal(above * (top + 1 - y) + below * (y - top));
    }
  }
  made.copyWithin(plane, 0, plane);
  made.copyWithin(2 * plane, 0, plane);
  return made;
};
