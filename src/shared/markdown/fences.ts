import { headingOf, isRule } from './marks';

/**
 * Tracks the code fences of a Markdown text line by line, also those in lists and quotes, as CommonMark defines them: a fence ends
 * with its closing line, or with the list item or quote that contains it. Takes time in proportion to the text.
 */
export interface FenceState {
  /** The last line's relation to code: `opens` and `closes` are the fences themselves. */
  readonly line: 'outside' | 'opens' | 'code' | 'closes';
  /** The open fence as it was written, and the number of lists and quotes around it; null outside of code. */
  readonly fence: { readonly mark: string; readonly depth: number } | null;
  /** Columns of each open list item's content from the one around it; `quote` for a quote. */
  readonly containers: readonly (number | 'quote')[];
  /** True when the last line was text that the next one may continue, even with less indentation. */
  readonly inParagraph: boolean;
}

export const noFence: FenceState = { line: 'outside', fence: null, containers: [], inParagraph: false };
const afterText: FenceState = { ...noFence, inParagraph: true };

const quoteMark = /^ {0,3}> ?/;
/** A list item that may interrupt a paragraph: not an empty one, nor one with a number above 1. */
const interrupts = /^ {0,3}(?:[-*+]|0*1[.)]) +\S/;
const opening = /^ {0,3}(`{3,}(?=[^`]*$)|~{3,})/;
const closing = /^ {0,3}(`{3,}|~{3,})[ \t]*$/;
/** Nobody nests lists and quotes deeper than this. */
const deepest = 50;
/** A line that begins with a word: it opens nothing. */
const plain = /^[^\s>\-*+\d`~#_]/;
/** The marks that may precede the text of a line, up to a tab. */
const marks = /^[ \t>*+\-\d.)]*\t/;

const isBlank = (line: string): boolean => line.trim() === '';

/** Replaces the tabs before a line's text with blanks, up to the next column that is a multiple of four. */
const withoutTabs = (line: string): string => {
  const before = line.includes('\t') ? marks.exec(line)?.[0] : undefined;
  if (before === undefined) return line;
  let spaced = '';
  for (const sign of before) spaced += sign === '\t' ? ' '.repeat(4 - (spaced.length % 4)) : sign;
  return spaced + line.slice(before.length);
};

/** The columns before the content of the item that a line opens; 0 where it opens none. */
const itemColumns = (line: string): number => {
  let at = 0;
  while (at < 3 && line[at] === ' ') at += 1;
  const digits = at;
  while (at < digits + 9 && isDigit(line.charCodeAt(at))) at += 1;
  if (!(at > digits ? '.)' : '-*+').includes(line[at] ?? 'none')) return 0;
  at += 1;
  let blanks = 0;
  while (blanks < 5 && line[at + blanks] === ' ') blanks += 1;
  if (blanks === 0 && at < line.length) return 0;
  // An empty item has one column. Five blanks or more count as one column, followed by indented code.
  return at + (blanks === 0 || blanks === 5 || at + blanks === line.length ? 1 : blanks);
};
const isDigit = (code: number): boolean => code >= 48 && code <= 57;

/** How many of the containers a line continues, and the rest of the line. */
const withinContainers = (line: string, containers: FenceState['containers']): { depth: number; rest: string } => {
  let rest = line;
  for (const [depth, container] of containers.entries()) {
    const goesOn = container === 'quote' ? quoteMark.test(rest) : rest.startsWith(' '.repeat(container)) || isBlank(rest);
    if (!goesOn) return { depth, rest };
    rest = container === 'quote' ? rest.replace(quoteMark, '') : rest.slice(container);
  }
  return { depth: containers.length, rest };
};

/** The state after one more line, given without its line end. Pure. */
export const readFence = (state: FenceState, line: string): FenceState => {
  if (state.containers.length === 0 && state.fence === null && plain.test(line)) return afterText;
  const within = withinContainers(withoutTabs(line), state.containers);
  const { fence } = state;
  if (fence !== null && within.depth >= fence.depth) {
    const mark = closing.exec(within.rest)?.[1];
    if (mark?.startsWith(fence.mark)) return { line: 'closes', fence: null, containers: state.containers, inParagraph: false };
    return { line: 'code', fence, containers: state.containers, inParagraph: false };
  }
  const containers = state.containers.slice(0, within.depth);
  let { rest } = within;
  while (containers.length < deepest && !plain.test(rest)) {
    const isText = containers.length === state.containers.length && state.inParagraph && !interrupts.test(rest);
    const columns = isText || isRule(rest) ? 0 : itemColumns(rest);
    if (quoteMark.test(rest)) {
      rest = rest.replace(quoteMark, '');
      containers.push('quote');
    } else if (columns > 0) {
      rest = rest.slice(columns);
      containers.push(columns);
    } else break;
  }
  const isPlain = plain.test(rest);
  const mark = isPlain ? undefined : opening.exec(rest)?.[1];
  if (mark !== undefined) return { line: 'opens', fence: { mark, depth: containers.length }, containers, inParagraph: false };
  const isText = isPlain || !(isBlank(rest) || headingOf(rest) !== null || isRule(rest));
  // A paragraph continues over lines that leave its list or quote.
  const goesOn = isText && state.inParagraph && containers.length === within.depth && within.depth < state.containers.length;
  if (goesOn) return { ...state, line: 'outside', fence: null };
  return { line: 'outside', fence: null, containers, inParagraph: isText && !(rest.startsWith('    ') && !state.inParagraph) };
};

/** The relation to code of each line of a text. */
export const readFences = (lines: readonly string[]): FenceState['line'][] => {
  let state = noFence;
  return lines.map((line) => {
    state = readFence(state, line);
    return state.line;
  });
};
