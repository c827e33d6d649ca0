import type { ItemRange } from './quoteMatch';

/** A box in page units at scale 1, origin at the top left. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** The needed data of a pdf.js text item: its string and its place, already in top-left coordinates at scale 1. */
export interface PlacedItem {
  text: string;
  box: Box;
  /** By how many degrees the text is turned clockwise to be read; absent for upright text and where it is not known. */
  turn?: 90 | 180 | 270;
}

/** The share of a glyph's height that hangs below its base line. */
const descent = 0.22;

/**
 * The place of a pdf.js item. `transform` is the item's matrix multiplied by the viewport's at scale 1, `width` the advance in page
 * units. Text turned by a quarter gets the box of its extent.
 */
export const placeItem = (text: string, transform: readonly number[], width: number): PlacedItem => {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = transform;
  const height = Math.hypot(c, d);
  const angle = Math.atan2(b, a);
  if (Math.abs(angle) < 0.02) return { text, box: { x: e, y: f - height * (1 - descent), width, height } };
  const along = [Math.cos(angle) * width, Math.sin(angle) * width] as const;
  const up = [Math.sin(angle) * height, -Math.cos(angle) * height] as const;
  const xs = [e, e + along[0], e + up[0], e + along[0] + up[0]];
  const ys = [f, f + along[1], f + up[1], f + along[1] + up[1]];
  const x = Math.min(...xs);
  const y = Math.min(...ys);
  return { text, box: { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y } };
};

/** The needed data of an annotation, as pdf.js gives it. */
export interface Annotation {
  subtype?: string;
  rect: number[];
  fieldType?: string;
  fieldValue?: unknown;
  contentsObj?: { str?: string };
  titleObj?: { str?: string };
}

/**
 * The words of a field or a remark at its rectangle, since they are not among the items that a page draws; null where it has none.
 * `toViewport` turns a point of the page into one of the view at scale 1.
 */
export const placeAnnotation = (annotation: Annotation, toViewport: (x: number, y: number) => readonly unknown[]): PlacedItem | null => {
  const { subtype, rect, fieldType, fieldValue, contentsObj, titleObj } = annotation;
  if (subtype === 'Link' || subtype === 'Popup' || fieldType === 'Btn') return null;
  const remark = contentsObj?.str ?? '';
  const author = subtype === 'FreeText' ? '' : (titleObj?.str ?? '');
  const values = (Array.isArray(fieldValue) ? fieldValue : [fieldValue]).filter((value) => typeof value === 'string');
  const text = (subtype === 'Widget' ? values.join(' ') : remark && `${author} ${remark}`).trim();
  if (text === '') return null;
  const [left = 0, bottom = 0, right = 0, top = 0] = rect;
  const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = [...toViewport(left, bottom), ...toViewport(right, top)].map(Number);
  return { text, box: { x: Math.min(x1, x2), y: Math.min(y1, y2), width: Math.abs(x2 - x1), height: Math.abs(y2 - y1) } };
};

const sameLine = (one: Box, other: Box): boolean => {
  const overlap = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y);
  return overlap > 0.5 * Math.min(one.height, other.height);
};

/** One box for each line of the range; boxes of one line are joined unless a column gap lies between them. */
export const rangeBoxes = (items: readonly PlacedItem[], range: ItemRange): Box[] => {
  const boxes: Box[] = [];
  for (let index = range.startItem; index <= range.endItem; index += 1) {
    const item = items[index];
    if (!item || item.text.trim() === '' || item.box.width <= 0) continue;
    const length = item.text.length;
    // Turned words are marked whole.
    const from = index === range.startItem && !item.turn ? range.startOffset / length : 0;
    const to = index === range.endItem && !item.turn ? Math.min(1, (range.endOffset + 1) / length) : 1;
    const box = { ...item.box, x: item.box.x + item.box.width * from, width: item.box.width * (to - from) };
    const last = boxes.at(-1);
    const gap = last ? box.x - (last.x + last.width) : 0;
    if (last && sameLine(last, box) && gap > -box.height && gap < box.height * 3) {
      const bottom = Math.max(last.y + last.height, box.y + box.height);
      const right = Math.max(last.x + last.width, box.x + box.width);
      last.y = Math.min(last.y, box.y);
      last.height = bottom - last.y;
      last.width = right - last.x;
    } else boxes.push(box);
  }
  return boxes;
};

/** Room kept around the text when margins are cut, in page units. */
const keptMargin = 18;
/** The most that is cut of a side, as a share: the margin may contain a figure. */
const mostCut = 0.16;

/** The part of a page worth showing: its text with a narrow margin. A page without text is shown whole. */
export const contentBox = (items: readonly PlacedItem[], page: { width: number; height: number }): Box => {
  let left = Number.POSITIVE_INFINITY;
  let top = Number.POSITIVE_INFINITY;
  let right = 0;
  let bottom = 0;
  for (const { text, box } of items) {
    if (text.trim() === '') continue;
    left = Math.min(left, box.x);
    top = Math.min(top, box.y);
    right = Math.max(right, box.x + box.width);
    bottom = Math.max(bottom, box.y + box.height);
  }
  if (right <= left || bottom <= top) return { x: 0, y: 0, width: page.width, height: page.height };
  const x = Math.max(0, Math.min(left - keptMargin, page.width * mostCut));
  const y = Math.max(0, Math.min(top - keptMargin, page.height * mostCut));
  const endX = Math.min(page.width, Math.max(right + keptMargin, page.width * (1 - mostCut)));
  const endY = Math.min(page.height, Math.max(bottom + keptMargin, page.height * (1 - mostCut)));
  return { x, y, width: endX - x, height: endY - y };
};

/** The column of a passage, and the size of its text; in page units. */
export interface Reading {
  x: number;
  /** The beginning of the passage. */
  y: number;
  width: number;
  size: number;
}

const isInside = (box: Box, within: Box): boolean => {
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  return x >= within.x - 1 && x <= within.x + within.width + 1 && y >= within.y - 1 && y <= within.y + within.height + 1;
};

/** The text of the page as lines; a gap wider than between words divides them, as between columns. */
const linesOf = (items: readonly PlacedItem[]): Box[] => {
  const lines: Box[] = [];
  for (const { text, box } of items) {
    if (text.trim() === '' || box.width <= 0) continue;
    const last = lines.at(-1);
    const gap = last ? box.x - (last.x + last.width) : 0;
    if (last && sameLine(last, box) && gap > -box.height && gap < box.height * 1.2) last.width = box.x + box.width - last.x;
    else lines.push({ ...box });
  }
  return lines;
};

/** The value below which this share of the weights lies. */
const quantile = (values: readonly { value: number; weight: number }[], share: number): number => {
  const sorted = [...values].sort((one, other) => one.value - other.value);
  const whole = sorted.reduce((sum, { weight }) => sum + weight, 0);
  let below = 0;
  const found = sorted.find(({ weight }) => {
    below += weight;
    return below >= whole * share;
  });
  return found?.value ?? 0;
};

/** Lines within this many line heights show the width of a column. */
const nearLines = 20;

/** Lines of a passage follow each other; a number or line at the edge of the page, which some files draw first, is alone. */
const firstLine = (marks: readonly Box[]): Box | undefined =>
  marks.find((mark, index) => {
    const next = marks[index + 1];
    const under = next ? next.y - mark.y : 0;
    return next && under > 0 && under < 3 * mark.height && next.x < mark.x + mark.width && next.x + next.width > mark.x;
  }) ?? marks[0];

/** The column in which the marked passage is read; null without marks. */
export const readingOf = (items: readonly PlacedItem[], passage: readonly Box[]): Reading | null => {
  const first = firstLine(passage);
  if (!first) return null;
  const marks = passage.slice(passage.indexOf(first));
  const lines = linesOf(items);
  const own = lines.find((line) => isInside(first, line)) ?? first;
  let left = Math.min(own.x, first.x);
  let right = Math.max(own.x + own.width, first.x + first.width);
  // Of a passage that continues at the top of the next column, the first column counts.
  for (const [index, mark] of marks.entries()) {
    const before = marks[index - 1];
    if (before && mark.y < before.y - before.height) break;
    left = Math.min(left, mark.x);
    right = Math.max(right, mark.x + mark.width);
  }
  const column = lines.filter(({ x, y }) => Math.abs(x - left) <= 2 * first.height && Math.abs(y - own.y) <= nearLines * first.height);
  right = Math.max(
    right,
    quantile(
      column.map(({ x, width }) => ({ value: x + width, weight: 1 })),
      0.8,
    ),
  );
  const read = items.filter(({ text, box }) => text.trim() !== '' && marks.some((mark) => isInside(mark, box) || isInside(box, mark)));
  // Turned text is as high as its box is narrow. Small signs between larger ones are ignored.
  const size = quantile(
    read.map(({ text, box }) => ({ value: text.length > 1 ? Math.min(box.width, box.height) : box.height, weight: text.length })),
    0.2,
  );
  return { x: left, y: first.y, width: right - left, size: size || first.height };
};

/** Text is not enlarged beyond this height, in pixels, to make its column fill the view. */
const mostTextPx = 20;
const columnMarginPx = 8;
const mostScale = 10;

/**
 * The scale at which a column fills the view: its lines are seen whole, so that nobody has to scroll sideways to read them. Never
 * less than fits the whole page into the view.
 */
export const readingScale = (view: number, page: number, { width, size }: Pick<Reading, 'width' | 'size'>): number =>
  Math.max(view / page, Math.min(mostScale, (view - 2 * columnMarginPx) / width, mostTextPx / size));

/** How far to scroll to the right: to the middle of the column, or to its left side where it is wider than the view. */
export const readingOffset = (view: number, scale: number, { x, width }: Pick<Reading, 'x' | 'width'>): number => {
  const shown = width * scale;
  return Math.max(0, shown + 2 * columnMarginPx <= view ? (x + width / 2) * scale - view / 2 : x * scale - columnMarginPx);
};
