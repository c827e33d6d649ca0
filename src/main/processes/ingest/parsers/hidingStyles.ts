import { splitOutside } from './cssText';
import { type Colour, colourOf, lengthOf, looksLike, numberOf } from './cssValues';

/** The declarations of one element by property, with variables resolved. */
export type Style = Record<string, string>;

/** Opacity, of a colour or of a whole element, that hardly anybody sees. */
const unseenShare = 0.1;
/** Distances in pixels that move a text off the page. */
const off = { own: 500, indent: 900, share: 5_000, wide: 3_000 };
/** A shape with a longer list of points is a drawing. */
const longestShape = 2_000;

const numbersIn = (text: string): (number | null)[] =>
  text
    .trim()
    .split(/[\s,]+/)
    .map(lengthOf);

/** True when the visible part of a box has no area. */
const isCutAway = (style: Style): boolean => {
  const path = (style['clip-path'] ?? '').slice(0, longestShape);
  const [, kind, inside = ''] = /^(inset|circle|ellipse|rect|xywh|polygon|path)\(([^()]*)\)/.exec(path) ?? [];
  const numbers = numbersIn(inside);
  const [first, second = first, third = first, fourth = second] = numbers;
  switch (kind) {
    case 'inset':
      return (first ?? 0) + (third ?? 0) >= 1_000 || (second ?? 0) + (fourth ?? 0) >= 1_000;
    case 'circle':
    case 'ellipse':
      return first === 0 || (kind === 'ellipse' && second === 0);
    case 'rect':
      return isEmptyRect(numbers);
    case 'xywh':
      return numbers[2] === 0 || numbers[3] === 0;
    case 'path':
      return /^["']\s*["']$/.test(inside.trim());
    case 'polygon':
      return areaOf(inside.replace(/^\s*(?:nonzero|evenodd)\s*,/, '')) === 0;
    default:
      return false;
  }
};
/** Takes top, right, bottom and left of the visible part. */
const isEmptyRect = ([top, right, bottom, left]: readonly (number | null | undefined)[]): boolean =>
  (top != null && bottom != null && bottom - top <= 1) || (left != null && right != null && right - left <= 1);
const areaOf = (polygon: string): number | null => {
  const points = polygon.split(',').map((point) => point.trim().split(/\s+/).map(lengthOf));
  if (points.some(({ length }) => length !== 2)) return null;
  let area = 0;
  for (const [index, [x, y]] of points.entries()) {
    const [nextX, nextY] = points[(index + 1) % points.length] as (number | null)[];
    if (x == null || y == null || nextX == null || nextY == null) return null;
    area += x * nextY - nextX * y;
  }
  return Math.abs(area);
};

/** True when a transformation moves a box off the page or shrinks it to nothing. */
const isMovedAway = (style: Style): boolean => {
  const isFar = (part: string): boolean => Math.abs(lengthOf(part) ?? 0) >= (part.endsWith('%') ? off.share : off.indent);
  const isNothing = (part: string): boolean => Math.abs(numberOf(part) ?? 1) <= 0.01;
  const parts = (text: string): string[] =>
    text
      .trim()
      .split(/[\s,]+/)
      .filter(Boolean);
  if (parts(style.translate ?? '').some(isFar) || parts(style.scale ?? '').some(isNothing)) return true;
  for (const [, kind, axis, inside = ''] of (style.transform ?? '').matchAll(/\b(translate|scale|rotate|matrix)(x|y|z|3d)?\(([^()]*)\)/g)) {
    const values = parts(inside);
    if (kind === 'translate' && axis !== 'z' && values.some(isFar)) return true;
    if (kind === 'scale' && axis !== 'z' && values.slice(0, 2).some(isNothing)) return true;
    if (kind === 'rotate' && /[xy]/.test(axis ?? '') && /^-?(?:90|270)deg$/.test(inside.trim())) return true;
    if (kind === 'matrix' && axis === undefined) {
      const [a, b, c, d, x, y] = values.map((value) => numberOf(value) ?? Number.NaN) as [number, number, number, number, number, number];
      if (Math.abs(a * d - b * c) <= 0.0001 || Math.abs(x) >= off.indent || Math.abs(y) >= off.indent) return true;
    }
  }
  return false;
};

/** True when the position or the margins of a box push it off the page. */
const isPlacedAway = (style: Style): boolean => {
  const away = (value: string | undefined): boolean => (lengthOf(value) ?? 0) <= (value?.trim().endsWith('%') ? -2 * off.own : -off.own);
  if (/absolute|fixed|relative|sticky/.test(style.position ?? '')) {
    const [top, right = top, bottom = top, left = right] = (style.inset ?? '').split(/\s+/);
    const starts = [style.left ?? left, style.top ?? top, style['inset-inline-start'], style['inset-block-start']];
    const ends = [style.right ?? right, style.bottom ?? bottom, style['inset-inline-end'], style['inset-block-end']];
    if ([...starts, ...ends].some(away)) return true;
    if ([style.left ?? left, style.right ?? right].some((value) => (lengthOf(value) ?? 0) >= off.wide)) return true;
    const [, inside = ''] = /^rect\(([^()]*)\)$/.exec(style.clip ?? '') ?? [];
    if (inside && isEmptyRect(numbersIn(inside))) return true;
  }
  const margins = ['margin-left', 'margin-top', 'margin-inline-start', 'margin-block-start'].map((name) => style[name]);
  return [...margins, ...(style.margin ?? '').split(/\s+/)].some((margin) => (lengthOf(margin) ?? 0) <= -off.indent);
};

/** True when an element's style hides it together with its whole content. */
export const hidesAll = (style: Style): boolean => {
  if (style.display === 'none' || style['content-visibility'] === 'hidden' || numberOf(style.zoom) === 0) return true;
  // Text that fades in becomes visible in the end.
  const fades = Object.entries(style).some(
    ([name, value]) => /^(?:transition|animation)/.test(name) && !/^(?:none|initial|unset|inherit|(?:all )?0m?s(?: .*)?)$/.test(value),
  );
  const isFaint = (value: string | undefined): boolean => (numberOf(value) ?? 1) <= unseenShare / 2 && !fades;
  if (isFaint(style.opacity) || isFaint(/\bopacity\(([^()]*)\)/.exec(style.filter ?? '')?.[1])) return true;
  if (Math.abs(lengthOf(style['text-indent']) ?? 0) >= off.indent || (lengthOf(style['letter-spacing']) ?? 0) <= -16) return true;
  if (/disc|circle|square/.test(style['-webkit-text-security'] ?? '')) return true;
  if (isPlacedAway(style) || isMovedAway(style) || isCutAway(style)) return true;
  if (!/hidden|clip/.test([style.overflow, style['overflow-x'], style['overflow-y']].join(' '))) return false;
  const sizes = ['height', 'width', 'max-height', 'max-width', 'block-size', 'inline-size', 'max-block-size', 'max-inline-size'];
  return lengthOf(style['line-height']) === 0 || sizes.some((name) => (lengthOf(style[name]) ?? 2) <= 1);
};

const sizeNames: Record<string, number> = {
  'xx-small': 9,
  'x-small': 10,
  small: 13,
  medium: 16,
  initial: 16,
  large: 18,
  'x-large': 24,
  'xx-large': 32,
};
/** Size in pixels of letters too small to be read. */
export const tinySize = 1.9;
/** The size of letters in pixels, roughly, within an element of the size given. */
export const sizeOfLetters = (style: Style, above: number): number => {
  const short = /(?:^|\s)(0|(?:\d+(?:\.\d*)?|\.\d+)(?:[a-z]+|%))(?=[\s/])/.exec((style.font ?? '').slice(0, 200))?.[1];
  const size = style['font-size'] ?? short;
  if (size === undefined) return above;
  if (Object.hasOwn(sizeNames, size)) return sizeNames[size] as number;
  const [, share, unit] = /^((?:\d+(?:\.\d*)?|\.\d+))(em|ex|ch|%)$/.exec(size) ?? [];
  if (unit) return above * Number(share) * { em: 1, ex: 0.5, ch: 0.5, '%': 0.01 }[unit as 'em' | 'ex' | 'ch' | '%'];
  return lengthOf(size) ?? above;
};

/** A colour; the name of one that is compared by its name alone; null for an unknown one. */
export type Paint = Colour | string | null;
const asAbove = /^(?:inherit|unset|revert(?:-layer)?|currentcolor|)$/;
const paintOf = (written: string): Paint => colourOf(written) ?? (/^[a-z]+$/.test(written) ? written : null);

/** The colour of an element's letters. */
export const inkOf = (style: Style, attribute: string | undefined, above: Paint): Paint => {
  const fill = style['-webkit-text-fill-color'];
  const ink = (fill === undefined || asAbove.test(fill) ? style.color : fill) ?? attribute?.toLowerCase().trim();
  // Letters with an outline, or cut out of a background, are visible without a colour of their own.
  const outline = style['-webkit-text-stroke'] ?? style['-webkit-text-stroke-width'];
  if (outline !== undefined && !/^0|none/.test(outline)) return null;
  if ([style['background-clip'], style['-webkit-background-clip'], style.background].some((value) => /(?:^|\s)text\b/.test(value ?? '')))
    return null;
  return ink === undefined || asAbove.test(ink) ? above : ink === 'initial' ? [0, 0, 0, 1] : paintOf(ink);
};

const noColour =
  /^(?:none|(?:no-)?repeat(?:-[xy])?|space|round|scroll|fixed|local|center|left|right|top|bottom|cover|contain|auto|(?:border|padding|content)-box|initial|inherit|unset|revert|\/|[-+.\d].*)$/;
/** The colour behind an element's letters; null on a picture or on a half-transparent colour. */
export const paperOf = (style: Style, attribute: string | undefined, above: Paint, ink: Paint): Paint => {
  const short = (style.background ?? '').slice(0, longestShape);
  if (/url\(|gradient\(|image-set\(|element\(|paint\(/.test(`${style['background-image'] ?? ''} ${short}`)) return null;
  const written =
    style['background-color'] ??
    splitOutside(short, ' ').find((part) => part !== '' && !noColour.test(part)) ??
    attribute?.toLowerCase().trim();
  if (written === undefined || noColour.test(written) || written === '') return above;
  const paper = written === 'currentcolor' ? ink : paintOf(written);
  if (paper === null || typeof paper === 'string' || paper[3] === 1) return paper;
  return paper[3] === 0 ? above : null;
};

/** True when letters of one colour are invisible on another. */
export const isUnseen = (ink: Paint, paper: Paint): boolean => {
  if (ink === null) return false;
  if (typeof ink === 'string') return ink === paper;
  return ink[3] <= unseenShare || (paper !== null && typeof paper !== 'string' && looksLike(ink, paper));
};
