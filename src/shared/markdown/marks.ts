/**
 * The marks that make a line of Markdown something other than text. Documents contain lines of thousands of blanks, dots or dashes,
 * so every function takes time in proportion to the line.
 */

/** A thematic break: three or more of one sign. */
export const isRule = (line: string): boolean => /^ {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$/.test(line);
/** The line below a heading of two lines. */
export const isUnderline = (line: string): boolean => /^ {0,3}(?:=+|-+)[ \t]*$/.test(line);
/** A row of a table, as Markdown or as the parsers write it. */
export const isRow = (line: string): boolean => /^\s*\||\s\|\s/.test(line);
/** The line below the first row of a table. */
export const isRowRule = (line: string): boolean => line.includes('-') && line.includes('|') && /^[\s|:-]+$/.test(line);

/** A heading's level, and the range of its words in the line. Closing hashes must follow a blank: "# C#" is about C#. */
export const headingOf = (line: string): { level: number; start: number; end: number } | null => {
  const mark = /^ {0,3}(#{1,6})(?=[ \t]|$)/.exec(line);
  if (!mark) return null;
  const label = line.trimEnd();
  let start = mark[0].length;
  while (start < label.length && ' \t'.includes(line[start] as string)) start += 1;
  let end = label.length;
  while (end > start && label[end - 1] === '#') end -= 1;
  if (end > start && !' \t'.includes(label[end - 1] as string)) end = label.length;
  return { level: mark[1]?.length ?? 1, start, end: start + label.slice(start, end).trimEnd().length };
};
