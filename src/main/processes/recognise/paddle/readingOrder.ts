import type { LineBox } from './pixels';

const left = ({ x, width }: LineBox): number => x - width / 2;
const right = ({ x, width }: LineBox): number => x + width / 2;
const top = ({ y, height }: LineBox): number => y - height / 2;
const bottom = ({ y, height }: LineBox): number => y + height / 2;

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** Lines are prose, and not cells of a table, where they are this many heights long. */
const proseLength = 8;
/** A column has this many lines of prose at least. */
const columnLines = 3;
/** Columns stand this many heights apart at least, blocks below each other this many. */
const gutter = 1;
const blockGap = 1.2;
const deepest = 12;

/** Divides items where a gap of `least` in their extents runs through all of them; null where there is none. */
const divided = (
  lines: readonly LineBox[],
  from: (line: LineBox) => number,
  to: (line: LineBox) => number,
  least: number,
): LineBox[][] | null => {
  const groups: LineBox[][] = [];
  let end = Number.NEGATIVE_INFINITY;
  for (const line of lines.toSorted((a, b) => from(a) - from(b))) {
    if (from(line) - end >= least) groups.push([]);
    groups.at(-1)?.push(line);
    end = Math.max(end, to(line));
  }
  return groups.length > 1 ? groups : null;
};

const isColumn = (lines: readonly LineBox[]): boolean =>
  lines.filter(({ width, height }) => width >= proseLength * height).length >= columnLines;

/** Lines from top to bottom, those of one row from left to right. */
const inRows = (lines: readonly LineBox[]): LineBox[] => {
  const rows: LineBox[][] = [];
  for (const line of lines.toSorted((a, b) => a.y - b.y)) {
    const row = rows.at(-1);
    if (row && line.y - median(row.map(({ y }) => y)) < median(row.map(({ height }) => height)) / 2) row.push(line);
    else rows.push([line]);
  }
  return rows.flatMap((row) => row.toSorted((a, b) => a.x - b.x));
};

/**
 * The lines of a page in the order in which they are read: columns of prose one after the other, everything else row by row (Nagy and
 * Seth's XY-cut).
 */
export const inReadingOrder = (lines: readonly LineBox[], depth = 0): LineBox[] => {
  if (lines.length < 2 || depth === deepest) return inRows(lines);
  const height = median(lines.map((line) => line.height));
  const columns = divided(lines, left, right, gutter * height);
  if (columns?.every(isColumn)) return columns.flatMap((column) => inReadingOrder(column, depth + 1));
  const blocks = divided(lines, top, bottom, blockGap * height);
  return blocks ? blocks.flatMap((block) => inReadingOrder(block, depth + 1)) : inRows(lines);
};

/** True where a line goes on with the paragraph of the line before it. */
export const goesOn = (before: LineBox, line: LineBox): boolean => {
  const height = Math.min(before.height, line.height);
  if (Math.max(before.height, line.height) > 1.5 * height) return false;
  const gap = top(line) - bottom(before);
  const shared = Math.min(right(before), right(line)) - Math.max(left(before), left(line));
  return gap > -height && gap < 0.6 * height && shared > 0;
};
