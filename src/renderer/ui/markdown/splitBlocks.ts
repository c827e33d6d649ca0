const fence = /^ {0,3}(`{3,}|~{3,})/;
const listItem = /^ {0,3}(?:[-*+]|\d{1,9}[.)])(?:\s|$)/;
/** Within a list a number alone may yet become an item; joining more than needed does no harm. */
const itemToBe = /^ {0,3}(?:[-*+]|\d{1,9})/;
const indented = /^(?: {2,}|\t)\S/;
/** Code by its indentation, or the inside of a list: in one piece with what stands above it. */
const deep = /^(?: {4,}|\t)\S/;
/** What stands after the opening of a fence; with a backtick in it the line is code in a paragraph and opens nothing. */
const opensFence = (line: string): string | null => {
  const mark = fence.exec(line);
  return mark?.[1] && !(mark[1].startsWith('`') && line.slice(mark[0].length).includes('`')) ? mark[1] : null;
};

/** A list longer than this is cut before its next item. */
const longestList = 2_000;

const indentOf = (line: string): number => line.length - line.trimStart().length;

/**
 * Cuts Markdown into pieces that render alone as they do together, so that while an answer streams only its last
 * piece is parsed again. Cuts at blank lines outside code; the items of a list stay in one piece, unless it is long.
 * Joining the pieces gives the text back.
 */
export const splitBlocks = (text: string): string[] => {
  const blocks: string[] = [];
  let start = 0;
  let blank = false;
  let inList = false;
  let listIndent = 0;
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
      const goesOn = inList && (itemToBe.test(line) || indented.test(line));
      const longList = inList && item && at - start > longestList && indentOf(line) <= listIndent;
      if (at > start && (longList || (blank && !deep.test(line) && !goesOn))) {
        blocks.push(text.slice(start, at));
        start = at;
        inList = false;
      }
      if (at === start || blank) {
        if (item && !inList) listIndent = indentOf(line);
        inList = item || (inList && (itemToBe.test(line) || indented.test(line)));
      }
      blank = false;
      closing = opensFence(line);
    }
    at = end;
  }
  if (start < text.length) blocks.push(text.slice(start));
  return blocks;
};

const ordered = /^( {0,3})(\d{1,9})([.)])(?=\s)/;

/** A list that was cut goes on counting where its first part ended, whatever numbers stand in it. */
const numberOn = (blocks: readonly string[]): string[] => {
  let next: number | null = null;
  return blocks.map((block) => {
    const first = ordered.exec(block);
    if (!first) {
      next = null;
      return block;
    }
    const indent = first[1]?.length ?? 0;
    const begin = next ?? Number(first[2]);
    next = begin + block.split('\n').filter((line) => (ordered.exec(line)?.[1]?.length ?? Number.POSITIVE_INFINITY) <= indent).length;
    return begin === Number(first[2]) ? block : block.replace(ordered, `$1${begin}$3`);
  });
};

/** `[name]: address`: the address of a link, noted apart from it. With a `^` it is a footnote. */
const definition = /^( {0,3})\[([^\]\n]{1,200})\]:[ \t]*\S.*$/gm;
const reference = /\[([^\]\n]{1,200})\]/g;

/**
 * The pieces of a text as each is to be rendered by itself. Addresses noted in one piece are given to those that name them.
 * Notes that no link names, and footnotes, would vanish when rendered: they are shown as written. `taken` are numbers that
 * mean something else (citations).
 */
export const toPieces = (text: string, taken: ReadonlySet<number>): string[] => {
  const blocks = numberOn(splitBlocks(text));
  if (!text.includes(']:')) return blocks;
  const isProse = (block: string): boolean => !/^ {0,3}(?:```|~~~)/m.test(block);
  const addresses = new Map<string, string>();
  const named = blocks.map((block) => {
    if (!isProse(block)) return new Set<string>();
    const prose = block.replace(definition, (line: string, _indent, name: string) => {
      const key = name.toLowerCase();
      if (!name.startsWith('^') && !taken.has(Number(name)) && !addresses.has(key)) addresses.set(key, line.trim());
      return '';
    });
    return new Set([...prose.matchAll(reference)].map(([, name = '']) => name.toLowerCase()));
  });
  const used = new Set(named.flatMap((names) => [...names].filter((name) => addresses.has(name))));
  return blocks.map((block, index) => {
    if (!isProse(block)) return block;
    const shown = block.replace(definition, (line: string, indent: string, name: string) =>
      used.has(name.toLowerCase()) ? '' : `${indent}\\${line.slice(indent.length)}`,
    );
    const needed = [...(named[index] ?? [])].flatMap((name) => addresses.get(name) ?? []);
    return needed.length === 0 ? shown : `${shown}\n\n${needed.join('\n')}`;
  });
};
