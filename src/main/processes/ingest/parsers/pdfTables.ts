import { lineOf, type PdfLine, type PdfSegment } from './pdfLines';

/** A part of a page: running lines, or a table by rows and cells. */
export type PdfBlock = { lines: PdfLine[] } | { rows: string[][] };

interface Column {
  left: number;
  right: number;
}

/** Most lines and columns of a page among which tables are sought: more are drawn to keep a reader busy. */
const most = { lines: 5_000, columns: 60 };

const listMark = /^(?:\(?[\p{L}\p{N}]{1,4}[.)]|[•●▪◦■□–—*·-]|\(?\d+(?:\.\d+)+\.?)$/u;

/**
 * The columns of rows: stretches of the width that are parted by rivers, which no cell crosses. Of many rows a few may cross one, as a
 * cell does that spans columns.
 */
const columnsOf = (rows: readonly PdfLine[], river: number): Column[] => {
  const edges = rows
    .flatMap(({ segments }) => segments)
    .flatMap(({ left, right }) => [
      { at: left, step: 1 },
      { at: right, step: -1 },
    ])
    .sort((a, b) => a.at - b.at || b.step - a.step);
  const few = Math.floor(rows.length * 0.1);
  const columns: Column[] = [];
  let open = 0;
  for (const { at, step } of edges) {
    const before = open;
    open += step;
    if (before <= few && open > few) {
      const last = columns.at(-1);
      if (last && at - last.right < river) last.right = at;
      else columns.push({ left: at, right: at });
    } else if (before > few && open <= few) (columns.at(-1) as Column).right = at;
  }
  return columns;
};

const columnAt = (columns: readonly Column[], { left, right }: PdfSegment): number => {
  let best = 0;
  let widest = Number.NEGATIVE_INFINITY;
  for (const [index, column] of columns.entries()) {
    const shared = Math.min(right, column.right) - Math.max(left, column.left);
    if (shared > widest) [best, widest] = [index, shared];
  }
  return best;
};

/** Prose in columns fills them with words; the cells of a table do not. */
const isProse = (rows: readonly PdfLine[], columns: readonly Column[]): boolean => {
  if (rows.length < 3 || columns.length > 4) return false;
  return columns.every((column, index) => {
    const own = rows.flatMap(({ segments }) => segments).filter((segment) => columnAt(columns, segment) === index);
    const letters = own.reduce((sum, { text }) => sum + text.length, 0);
    const filled = own.filter(({ left, right }) => right - left > 0.7 * (column.right - column.left));
    return own.length >= 3 && letters >= 25 * own.length && filled.length >= 0.6 * own.length;
  });
};

/** Lines that pdf.js keeps apart stay apart where no table and no column joins them. */
const asDrawn = (line: PdfLine): PdfLine[] => {
  const groups: PdfSegment[][] = [];
  for (const segment of line.segments)
    if (segment.apart || groups.length === 0) groups.push([segment]);
    else groups.at(-1)?.push(segment);
  return groups.length === 1 ? [line] : groups.map((segments) => lineOf(segments, line));
};

const follows = (above: PdfLine, below: PdfLine | undefined): below is PdfLine => {
  if (!below) return false;
  const size = Math.max(above.height, below.height);
  const step = above.y - below.y;
  return step > 0.3 * size && step < 3.2 * size && Math.min(above.height, below.height) > 0.7 * size;
};

/** The end of the rows that begin at a line: each has cells, or is a row with one cell between two that have more. */
const endOfRows = (lines: readonly PdfLine[], start: number): number => {
  let end = start + 1;
  for (;;) {
    const above = lines[end - 1] as PdfLine;
    const line = lines[end];
    if (!follows(above, line)) return end;
    const next = lines[end + 1];
    const width = (lines[start] as PdfLine).right - (lines[start] as PdfLine).left;
    const cell = line.segments.length === 1 && line.right - line.left < 0.5 * width && follows(line, next) && next.segments.length > 1;
    if (line.segments.length < 2 && !cell) return end;
    end += 1;
  }
};

const numeric = /^[\s\d.,%€$£()+/–—-]+$/;
const isColumn = (lines: readonly PdfLine[]): boolean => {
  const cells = lines.filter(({ text }) => numeric.test(text));
  return lines.length > 1 && cells.length >= 0.6 * lines.length;
};

/**
 * Puts the cells of a table that is drawn column by column into rows: behind lines stands a column of numbers on the same base lines,
 * to their right.
 */
const joinColumns = (lines: readonly PdfLine[]): PdfLine[] => {
  const runs: PdfLine[][] = [];
  for (const line of lines) {
    const above = runs.at(-1)?.at(-1);
    if (above && above.y - line.y > 0.3 * line.height) runs.at(-1)?.push(line);
    else runs.push([line]);
  }
  const joined: PdfLine[][] = [];
  for (const run of runs) {
    const before = joined.at(-1);
    if (!before || !isColumn(run)) {
      joined.push(run);
      continue;
    }
    const rowOf = (cell: PdfLine): number =>
      before.findIndex(({ y, right }) => Math.abs(y - cell.y) < 0.25 * cell.height && right <= cell.left + 1);
    const end = run.findIndex((cell) => rowOf(cell) < 0);
    const cells = end < 0 ? run : run.slice(0, end);
    if (cells.length < 2 || cells.length < 0.6 * run.length) {
      joined.push(run);
      continue;
    }
    for (const cell of cells) {
      const at = rowOf(cell);
      const row = before[at] as PdfLine;
      before[at] = lineOf([...row.segments, ...cell.segments.map((segment) => ({ ...segment, apart: true }))], row);
    }
    if (end >= 0) joined.push(run.slice(end));
  }
  return joined.flat();
};

/** Divides the lines of a page into running text and tables; columns of prose that are drawn row by row are read one after the other. */
export const blocksOfPage = (drawn: readonly PdfLine[]): PdfBlock[] => {
  if (drawn.length > most.lines) return [{ lines: drawn.flatMap(asDrawn) }];
  const lines = joinColumns(drawn);
  const blocks: PdfBlock[] = [];
  const addLines = (more: PdfLine[]): void => {
    const last = blocks.at(-1);
    if (last && 'lines' in last) last.lines.push(...more);
    else blocks.push({ lines: more });
  };
  for (let at = 0; at < lines.length; ) {
    const line = lines[at] as PdfLine;
    const end = line.segments.length > 1 ? endOfRows(lines, at) : at + 1;
    const rows = lines.slice(at, end);
    const many = rows.filter(({ segments }) => segments.length > 1);
    const columns = many.length < 2 ? [] : columnsOf(many, line.height * (many.length > 2 ? 0.8 : 1.5));
    const marks = columns.length === 2 && many.every(({ segments }) => listMark.test(segments[0]?.text ?? ''));
    if (columns.length < 2 || columns.length > most.columns || marks) {
      addLines(rows.flatMap(asDrawn));
    } else if (isProse(many, columns)) {
      for (const index of columns.keys())
        addLines(
          rows.flatMap((row) => {
            const own = row.segments.filter((segment) => columnAt(columns, segment) === index);
            return own.length > 0 ? [lineOf(own, row)] : [];
          }),
        );
    } else
      blocks.push({
        rows: rows.map(({ segments }) => {
          const cells = columns.map(() => '');
          for (const segment of segments) {
            const column = columnAt(columns, segment);
            cells[column] = `${cells[column]} ${segment.text}`.trim();
          }
          return cells;
        }),
      });
    at = end;
  }
  return blocks;
};
