/** A table of more characters than this is rendered in parts. */
const longest = 2_000;
const rowsInPart = 30;

const rule = /^[ \t]{0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/;

export interface TablePart {
  text: string;
  /** Characters of the head, and the offset of the first row in the block. */
  head: number;
  from: number;
}

/**
 * The parts of a long table, each a table of its own with the head of the whole; null for any other block. While rows stream in,
 * only the last part is parsed again.
 */
export const longTableParts = (block: string): TablePart[] | null => {
  if (block.length <= longest || !block.includes('|')) return null;
  const lines = block.trimEnd().split('\n');
  const [head = '', under = '', ...rows] = lines;
  if (!head.includes('|') || !under.includes('-') || !rule.test(under) || rows.length <= rowsInPart) return null;
  // Text without a bar may be a row, but rarely is: the block then stays whole.
  if (rows.some((row) => !row.includes('|'))) return null;
  const headLength = head.length + under.length + 2;
  let from = headLength;
  return Array.from({ length: Math.ceil(rows.length / rowsInPart) }, (_, part) => {
    const own = rows.slice(part * rowsInPart, (part + 1) * rowsInPart);
    const text = [head, under, ...own].join('\n');
    const begins = from;
    from += text.length - headLength + 1;
    return { text, head: headLength, from: begins };
  });
};
