import type { TextBuilder } from '../textBuilder';

/** Longest label of a table: enough for the headers of some thirty columns. */
const mostLabel = 300;
/** Rows at the top of a table among which its headers are sought: titles and units may stand above them. */
const mostAbove = 5;

/** The text of a cell in one line, so that a line of a table is a row of it. */
export const cellText = (text: string): string => text.replace(/\s+/g, ' ').trim();

/**
 * A row of a table as one line: cells between bars. A row that begins or ends with an empty cell gets a bar there as well: else the
 * reading view would move its cells by one column. Empty cells after the last one are left out.
 */
export const rowText = (cells: readonly string[]): string => {
  const last = cells.findLastIndex((cell) => cell !== '');
  if (last < 0) return '';
  const row = cells.slice(0, last + 1).join(' | ');
  return cells[0] === '' ? `| ${row}` : row;
};

/** Most rows and columns over which one cell is followed: a cell that spans more is decoration. */
const mostSpan = { rows: 500, columns: 60 };
/** Longest text of a cell that is repeated: a longer one is a text of its own beside the rows. */
const mostRepeated = 80;

/**
 * Puts the cells of a table's rows under their columns. A cell that spans rows is repeated in each of them, so that a row can be
 * understood alone; one that spans columns is followed by empty cells.
 */
export const createSpannedRow = () => {
  let cells: string[] = [];
  let columns = 1;
  let rows = 1;
  /** By column: the words of a cell above that reaches into this row, and into how many rows from here on. */
  const above = new Map<number, { text: string; rows: number }>();
  const bounded = (value: number, most: number): number => (value >= 1 ? Math.min(most, Math.floor(value)) : 1);
  const takeAbove = (): void => {
    for (let cell = above.get(cells.length); cell; cell = above.get(cells.length)) {
      if (cell.rows > 1) above.set(cells.length, { ...cell, rows: cell.rows - 1 });
      else above.delete(cells.length);
      cells.push(cell.text);
    }
  };
  const takeRest = (): void => {
    for (const column of [...above.keys()].sort((a, b) => a - b)) {
      while (cells.length < column) cells.push('');
      takeAbove();
    }
  };
  return {
    /** Says how many columns and rows the cell that begins spans. */
    next: (colSpan: number, rowSpan: number): void => {
      columns = bounded(colSpan, mostSpan.columns);
      rows = bounded(rowSpan, mostSpan.rows);
    },
    add: (text: string): void => {
      takeAbove();
      for (let column = 0; column < columns; column += 1) {
        const own = column === 0 ? text : '';
        if (rows > 1) above.set(cells.length, { text: own.length > mostRepeated ? '' : own, rows: rows - 1 });
        cells.push(own);
      }
      columns = 1;
      rows = 1;
    },
    /** Ends the row and returns its cells. A row without a cell of its own is none. */
    end: (): string[] => {
      if (cells.length > 0) takeRest();
      const ended = cells;
      cells = [];
      columns = 1;
      rows = 1;
      return ended;
    },
  };
};
export type SpannedRow = ReturnType<typeof createSpannedRow>;

const isWords = (cell: string): boolean => cell === '' || (/\p{L}/u.test(cell) && !/^[\d\s.,:%€$£+-]+\p{L}{0,3}\.?$/u.test(cell));

/**
 * The row of headers of a table, as `rowText` writes it: the first of its top rows that holds nothing but words, in at least two
 * cells, with rows below it that are as wide. Empty where there is none.
 */
export const headerOf = (rows: readonly (readonly string[])[]): string => {
  const filled = (row: readonly string[]): number => row.reduce((sum, cell) => sum + (cell === '' ? 0 : 1), 0);
  const width = rows.slice(0, 50).reduce((most, row) => Math.max(most, filled(row)), 0);
  const at = rows.slice(0, mostAbove).findIndex((row) => filled(row) >= 2 && filled(row) * 2 >= width && row.every(isWords));
  return at < 0 || at + 1 >= rows.length ? '' : rowText(rows[at] as readonly string[]).slice(0, mostLabel);
};

/** Adds a table to the text, one line a row, under a span that carries its headers. Rows without words are left out. */
export const addTable = (builder: TextBuilder, rows: readonly (readonly string[])[]): { start: number; end: number } | null => {
  let start: number | null = null;
  let end = 0;
  for (const row of rows) {
    const range = builder.block(rowText(row), start === null ? undefined : '\n');
    if (!range) continue;
    start ??= range.start;
    end = range.end;
  }
  if (start === null) return null;
  if (rows.length > 1) builder.span({ kind: 'table', start, end, label: headerOf(rows), level: 0 });
  return { start, end };
};
