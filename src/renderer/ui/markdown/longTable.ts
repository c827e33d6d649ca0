/** The rows of a table of more characters than this stand in several bodies, so that a new row lays out one of them. */
const longest = 2_000;
const rowsInBody = 30;
/** The rows of a body are parsed in parts of this many. */
const rowsInPart = 6;

const rule = /^[ \t]{0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/;
/** A row that no parser takes for the beginning of another block. */
const barFirst = /^ {0,3}\|/;

/** Rows of a table as a table of their own, below the head of the whole. */
export interface TablePart {
  text: string;
  /** The offset of its first row in the block. */
  from: number;
}

export interface LongTable {
  /** The line of names and the line below it, with their line ends. */
  head: string;
  /** The parts of each body. */
  bodies: TablePart[][];
}

const grouped = <Item>(items: readonly Item[], most: number): Item[][] =>
  Array.from({ length: Math.ceil(items.length / most) }, (_, group) => items.slice(group * most, (group + 1) * most));

/** The bodies and parts of a table that is rendered in parts; null for any other block. While rows come, only the last part is parsed. */
export const longTable = (block: string): LongTable | null => {
  if (!block.includes('|')) return null;
  const [names = '', under = '', ...rows] = block.trimEnd().split('\n');
  if (rows.length <= rowsInPart || !names.includes('|') || !under.includes('-') || !rule.test(under)) return null;
  // Text without a bar may be a row, but rarely is: the block then stays whole.
  if (rows.some((row) => !row.includes('|'))) return null;
  const isLong = block.length > longest && rows.length > rowsInBody;
  const mayPart = rows.every((row) => barFirst.test(row));
  if (!isLong && !mayPart) return null;
  const head = `${names}\n${under}\n`;
  let from = head.length;
  const bodies = grouped(rows, isLong ? rowsInBody : rows.length).map((body) =>
    grouped(body, mayPart ? rowsInPart : rowsInBody).map((part): TablePart => {
      const text = part.join('\n');
      const begins = from;
      from += text.length + 1;
      return { text: head + text, from: begins };
    }),
  );
  return { head, bodies };
};
