import type { ItemRange } from './quoteMatch';

/** A box in page units at scale 1, origin at the top left. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** What is needed of a pdf.js text item: its string and its place, already in top-left coordinates at scale 1. */
export interface PlacedItem {
  text: string;
  box: Box;
}

/** The share of a glyph's height that hangs below its base line. */
const descent = 0.22;

/**
 * Places a pdf.js item. `transform` is the item's matrix multiplied by the viewport's at scale 1, `width` the advance in
 * page units. Text turned by a quarter is boxed by its extent.
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

const sameLine = (one: Box, other: Box): boolean => {
  const overlap = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y);
  return overlap > 0.5 * Math.min(one.height, other.height);
};

/** One box for each line of the range; boxes of one line are joined when no column gap lies between them. */
export const rangeBoxes = (items: readonly PlacedItem[], range: ItemRange): Box[] => {
  const boxes: Box[] = [];
  for (let index = range.startItem; index <= range.endItem; index += 1) {
    const item = items[index];
    if (!item || item.text.trim() === '' || item.box.width <= 0) continue;
    const length = item.text.length;
    const from = index === range.startItem ? range.startOffset / length : 0;
    const to = index === range.endItem ? Math.min(1, (range.endOffset + 1) / length) : 1;
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
/** Never cut more than this share of a side: what lies there may be a figure. */
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
