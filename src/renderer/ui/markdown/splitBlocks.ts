import { definitionOf } from '@shared/markdown/definitions';
import { noFence, readFence, readFences } from '@shared/markdown/fences';

const listItem = /^ {0,3}(?:[-*+]|\d{1,9}[.)])(?:\s|$)/;
/** Within a list a number alone may still become an item; joining more than needed does no harm. */
const itemToBe = /^ {0,3}(?:[-*+]|\d{1,9})/;
const indented = /^(?: {2,}|\t)\S/;
/** Indented code, or the content of a list: in one piece with the lines above it. */
const deep = /^(?: {4,}|\t)\S/;

/** A longer list is cut before its next item. */
const longestList = 2_000;

const indentOf = (line: string): number => line.length - line.trimStart().length;

/**
 * Cuts Markdown into pieces that render alone as they do together, so that while an answer streams only its last piece is parsed
 * again. Cuts at blank lines outside code; the items of a list stay in one piece, unless it is long. Joining the pieces gives the
 * text again.
 */
export const splitBlocks = (text: string): string[] => {
  const blocks: string[] = [];
  let start = 0;
  let blank = false;
  let inList = false;
  let listIndent = 0;
  let code = noFence;
  let at = 0;
  while (at < text.length) {
    const newline = text.indexOf('\n', at);
    const end = newline < 0 ? text.length : newline + 1;
    const line = text.slice(at, end);
    code = readFence(code, newline < 0 ? line : line.slice(0, -1));
    if (line.trim() === '') blank ||= code.line === 'outside';
    else if (code.line === 'outside' || code.line === 'opens') {
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
    }
    at = end;
  }
  if (start < text.length) blocks.push(text.slice(start));
  return blocks;
};

const ordered = /^( {0,3})(\d{1,9})([.)])(?=\s)/;

/**
 * The number with which each block's list begins, or null: a list that was cut continues counting where its first part ended,
 * whatever numbers are in it.
 */
const countOn = (blocks: readonly string[]): (number | null)[] => {
  let next: number | null = null;
  return blocks.map((block) => {
    const first = ordered.exec(block);
    if (!first) {
      next = null;
      return null;
    }
    const indent = first[1]?.length ?? 0;
    const begin: number = next ?? Number(first[2]);
    next = begin + block.split('\n').filter((line) => (ordered.exec(line)?.[1]?.length ?? Number.POSITIVE_INFINITY) <= indent).length;
    return begin === Number(first[2]) ? null : begin;
  });
};

const reference = /\[([^\]\n]{1,200})\]/g;

/** A piece of a text as it is rendered by itself. */
export interface Piece {
  text: string;
  /** The offset of the piece in the whole text. */
  start: number;
  listStart: number | null;
  /** Lines for the parser alone: the addresses to which links of this piece refer, and its footnotes. */
  notes: string;
}

export interface Pieces {
  pieces: Piece[];
  /** Names with a defined address to which a link refers, in lower case, joined by line ends. Their lines are not shown. */
  names: string;
  /** Numbers of the footnotes in the order of their first reference, as `name number` lines. */
  footnotes: string;
}

/**
 * The pieces of a text. Addresses defined in one piece are added to the pieces that refer to them, and footnotes are numbered over
 * the whole. Definitions to which no link refers would vanish when rendered, so they are shown as written.
 */
export const toPieces = (text: string): Pieces => {
  const blocks = splitBlocks(text);
  const starts = countOn(blocks);
  let at = 0;
  const pieces = blocks.map((block, index): Piece => {
    const piece = { text: block, start: at, listStart: starts[index] ?? null, notes: '' };
    at += block.length;
    return piece;
  });
  if (!text.includes(']:')) return { pieces, names: '', footnotes: '' };
  const addresses = new Map<string, string>();
  const footnotes = new Set<string>();
  const named = pieces.map((piece) => {
    const lines = piece.text.split('\n');
    const fences = readFences(lines);
    const prose = lines.map((line, index) => {
      if (fences[index] !== 'outside') return '';
      const noted = definitionOf(line);
      if (!noted) return line;
      if (noted.footnote) footnotes.add(noted.name);
      else if (!addresses.has(noted.name)) addresses.set(noted.name, line.trim());
      return noted.footnote ? line.slice(line.indexOf(']:') + 2) : '';
    });
    return new Set([...prose.join('\n').matchAll(reference)].map(([, name = '']) => name.toLowerCase()));
  });
  const used = new Set<string>();
  const numbers = new Map<string, number>();
  for (const names of named)
    for (const name of names) {
      if (addresses.has(name)) used.add(name);
      if (footnotes.has(name) && !numbers.has(name)) numbers.set(name, numbers.size + 1);
    }
  for (const name of footnotes) if (!numbers.has(name)) numbers.set(name, numbers.size + 1);
  for (const [index, piece] of pieces.entries()) {
    const wanted = [...(named[index] ?? [])];
    const notes = wanted.flatMap((name) => (footnotes.has(name) ? `[${name}]: .` : (addresses.get(name) ?? [])));
    if (notes.length > 0) piece.notes = `\n\n${notes.join('\n\n')}`;
  }
  return {
    pieces,
    names: [...used].join('\n'),
    footnotes: [...numbers].map(([name, number]) => `${name.slice(1)} ${number}`).join('\n'),
  };
};
