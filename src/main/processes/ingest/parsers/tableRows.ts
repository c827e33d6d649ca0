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
