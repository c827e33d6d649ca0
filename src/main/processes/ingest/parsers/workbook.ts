import { type CellObject, read, type WorkBook, type WorkSheet } from '@e965/xlsx';
import { EmergenceError } from '@shared/model';
import { decodeText } from '../decodeText';
import { createTextBuilder, type TextBuilder } from '../textBuilder';
import { authorOf, datedOf, honestTitle } from './facts';
import { hiddenMarks, showTagLetters, withoutMarks } from './hiddenText';
import type { ParserInput, ReadDocument } from './parser';
import { addTable, cellText } from './tableRows';

const parser = { parser: 'sheetjs', parserVersion: '0.20' };

/** A cell as it is shown, with its comments. */
const shown = (cell: CellObject): string => {
  const value = cell.w ?? (cell.v === undefined || cell.v === null ? '' : String(cell.v));
  const comments = (cell.c ?? []).filter(({ t }) => t).map(({ t }) => `[${cellText(t ?? '')}]`);
  return cellText(showTagLetters([value, ...comments].join(' ')));
};

type Rows = Map<number, string[]>;

const rowsOf = (sheet: WorkSheet): Rows => {
  const rows: Rows = new Map();
  const data: (CellObject | undefined)[][] = sheet['!data'] ?? [];
  data.forEach((row, number) => {
    const cells: string[] = [];
    row?.forEach((cell, column) => {
      const text = cell && cell.t !== 'z' ? shown(cell) : '';
      if (text !== '') cells[column] = text;
    });
    if (cells.length > 0)
      rows.set(
        number,
        Array.from(cells, (cell) => cell ?? ''),
      );
  });
  repeatMerged(sheet, rows);
  return rows;
};

/** Longest merge that is repeated: a merge over a whole column is decoration. */
const mostMerged = 500;

/** A cell that spans rows belongs to each of them: its words are repeated, so that a row can be understood alone. */
const repeatMerged = (sheet: WorkSheet, rows: Rows): void => {
  for (const { s, e } of sheet['!merges'] ?? []) {
    const text = rows.get(s.r)?.[s.c] ?? '';
    if (text === '' || e.r - s.r > mostMerged) continue;
    for (let row = s.r + 1; row <= e.r; row += 1) {
      const cells = rows.get(row);
      if (!cells) continue;
      while (cells.length <= s.c) cells.push('');
      cells[s.c] ||= text;
    }
  }
};

/** Rows that follow one another without an empty one between them, with the number of the first, from 1. */
function* stretchesOf(rows: Rows): Generator<{ first: number; rows: string[][] }> {
  let open: { first: number; rows: string[][] } | null = null;
  for (const [number, cells] of [...rows].sort(([one], [other]) => one - other)) {
    if (open && number === open.first - 1 + open.rows.length) open.rows.push(cells);
    else {
      if (open) yield open;
      open = { first: number + 1, rows: [cells] };
    }
  }
  if (open) yield open;
}

/** Adds one sheet: its name as a heading, then its rows; each stretch of rows is a span that knows the number of its first row. */
const addSheet = (builder: TextBuilder, name: string, sheet: WorkSheet, hidden: boolean): void => {
  const rows = rowsOf(sheet);
  if (rows.size === 0) return;
  const label = cellText(showTagLetters(name)).slice(0, 200);
  let title = label === '' ? null : builder.block(label);
  if (title) builder.span({ kind: 'heading', ...title, label, level: 1 });
  for (const stretch of stretchesOf(rows)) {
    const marked = hidden
      ? stretch.rows.map((cells) => cells.map((cell) => cell && hiddenMarks.open + withoutMarks(cell) + hiddenMarks.close))
      : stretch.rows;
    const range = addTable(builder, marked);
    if (!range) continue;
    // The name and the blank line below it stand two lines above the first row.
    builder.span({ kind: 'sheet', start: title?.start ?? range.start, end: range.end, label, level: stretch.first - (title ? 2 : 0) });
    title = null;
  }
};

const readBook = (book: WorkBook): ReadDocument => {
  const builder = createTextBuilder();
  for (const [index, name] of book.SheetNames.entries()) {
    const sheet = book.Sheets[name];
    if (sheet) addSheet(builder, name, sheet, (book.Workbook?.Sheets?.[index]?.Hidden ?? 0) > 0);
  }
  const { Title, Author, CreatedDate, ModifiedDate } = book.Props ?? {};
  const dates = [ModifiedDate, CreatedDate].map((date) =>
    date instanceof Date && !Number.isNaN(date.getTime()) ? date.toISOString() : date,
  );
  const facts = { author: authorOf(Author), dated: datedOf(...dates) };
  return { ...builder.build(), title: honestTitle(Title), ...facts, pages: null, ...parser };
};

/** Dates of cells whose format leaves their form to the reader's region are written so that they mean one day everywhere. */
const dateForm = 'yyyy-mm-dd';

/** Reads a workbook (XLSX, XLSM, XLSB, XLS, ODS): each sheet row by row, numbers and dates as they are shown. */
export const readWorkbook = ({ bytes }: ParserInput): ReadDocument => {
  try {
    return readBook(read(bytes, { type: 'array', dense: true, dateNF: dateForm, cellStyles: false, cellHTML: false, cellFormula: false }));
  } catch (error) {
    if (error instanceof Error && /password|encrypt/i.test(error.message))
      throw new EmergenceError('document.encrypted', {}, { cause: error });
    throw error;
  }
};

/** Reads a table of values with separators (CSV, TSV). Values stay as they are written. */
export const readCsv = ({ bytes }: ParserInput): ReadDocument => {
  const { text } = decodeText(bytes, null);
  const book = read(text, { type: 'string', raw: true, dense: true });
  const sheet = book.Sheets[book.SheetNames[0] ?? ''];
  const builder = createTextBuilder();
  if (sheet) addSheet(builder, '', sheet, false);
  return { ...builder.build(), title: null, pages: null, ...parser };
};
