const fence = /^ {0,3}(`{3,}|~{3,})/;
const listItem = /^ {0,3}(?:[-*+]|\d{1,9}[.)])(?:\s|$)/;
/** Within a list a number alone may yet become an item; joining more than needed does no harm. */
const itemToBe = /^ {0,3}(?:[-*+]|\d{1,9})/;
const indented = /^(?: {2,}|\t)\S/;

/**
 * Cuts Markdown into pieces that render alone as they do together, so that while an answer streams only its last
 * piece is parsed again. Cuts at blank lines outside code fences; the items of a list stay in one piece.
 * Joining the pieces gives the text back.
 */
export const splitBlocks = (text: string): string[] => {
  const blocks: string[] = [];
  let start = 0;
  let blank = false;
  let inList = false;
  let closing: string | null = null;
  let at = 0;
  while (at < text.length) {
    const newline = text.indexOf('\n', at);
    const end = newline < 0 ? text.length : newline + 1;
    const line = text.slice(at, end);
    if (closing !== null) {
      const mark = fence.exec(line)?.[1];
      if (mark?.startsWith(closing) && line.trim() === mark) closing = null;
    } else if (line.trim() === '') {
      blank = true;
    } else {
      const item = listItem.test(line);
      if (blank && at > start && !(inList && (itemToBe.test(line) || indented.test(line)))) {
        blocks.push(text.slice(start, at));
        start = at;
        inList = false;
      }
      if (at === start || blank) inList = item || (inList && (itemToBe.test(line) || indented.test(line)));
      blank = false;
      closing = fence.exec(line)?.[1] ?? null;
    }
    at = end;
  }
  if (start < text.length) blocks.push(text.slice(start));
  return blocks;
};
