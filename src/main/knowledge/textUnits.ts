import { documentLines } from '@shared/markdown/lines';
import { atOnce, mayPause, type Steps } from '@shared/markdown/steps';
import { type DocumentFormat, formats } from '@shared/model';
import { sentenceEnds } from '@shared/text/sentences';

/**
 * A part of a text that can be quoted: a sentence, a list item, a table row, a line of code. Works on the texts that the parsers
 * store: Markdown as it was written, everything else as plain lines with tables as rows of `a | b`.
 */
export interface TextUnit {
  /** `[start, end)` in the text, without list markers and outer table pipes. */
  start: number;
  end: number;
  kind: 'sentence' | 'item' | 'row' | 'code';
  /** The number of its group: the sentences of a paragraph, the items of a list, the rows of a table. */
  group: number;
  /** The Markdown headings above it in the text, outermost first. */
  headings: readonly string[];
  /** First row of its table, empty elsewhere. */
  columns: string;
}

/** Characters of the longest unit; text without a sentence end is cut between words. */
const longestUnit = 400;

/** How many characters of a paragraph are cut into sentences at once. */
const longestParagraph = 20_000;

/** A line shorter than this share of the longest one in its paragraph, without a sentence end, is a unit of its own. */
const shortLine = 0.6;

/** The ends of the sentences of a paragraph and of its short lines, including its own end. */
const unitEnds = (text: string): number[] => {
  const ends = sentenceEnds(text);
  const lines = [...text.matchAll(/[^\n]+/g)];
  const longest = lines.reduce((most, [line]) => Math.max(most, line.length), 0);
  for (const [index, line] of lines.entries()) {
    const next = lines[index + 1]?.[0];
    if (next && line[0].length < shortLine * longest && !/[,;:–-]\s*$/.test(line[0]) && /^\s*[\p{Lu}\p{N}]/u.test(next))
      ends.push(line.index + line[0].length);
  }
  return [...new Set([...ends, text.length])].sort((a, b) => a - b);
};

/** The end of a line, else a place between words or characters, in the second half of the range between two places. */
const breakBefore = (text: string, from: number, to: number): number => {
  const line = text.lastIndexOf('\n', to - 1);
  if (line - from > (to - from) / 2) return line + 1;
  const blank = text.slice(from, to).search(/\s\S*$/);
  if (blank > (to - from) / 2) return from + blank;
  return /[\uDC00-\uDFFF]/.test(text[to] ?? '') ? to - 1 : to;
};

/** Cuts a range that is too long between words, or between characters where there are none. */
const withinLimit = (text: string, start: number, end: number): [number, number][] => {
  const parts: [number, number][] = [];
  let from = start;
  while (end - from > longestUnit) {
    const to = breakBefore(text, from, from + longestUnit);
    parts.push([from, to]);
    from = to;
  }
  parts.push([from, end]);
  return parts;
};

interface Line {
  start: number;
  end: number;
}

/** True for a text whose lines that begin with `#` are headings: in code and plain text they are comments. Pure. */
const isMarkdown = (format: TextFormat): boolean => formats[format ?? 'markdown'].view === 'markdown';

/** The format of the document from which a text comes; where it is not known the text is read as Markdown. */
export type TextFormat = DocumentFormat | null | undefined;

/** Does the same as `textUnits`, step by step. */
export function* readUnits(text: string, format: TextFormat = null): Steps<TextUnit[]> {
  const hasHeadings = isMarkdown(format);
  const pause = mayPause();
  const units: TextUnit[] = [];
  const above: { level: number; label: string }[] = [];
  let group = 0;
  let columns = '';
  let open = null as (Line & { kind: 'sentence' | 'item' }) | null;
  let last = 'none' as TextUnit['kind'] | 'none';

  const add = (start: number, end: number, kind: TextUnit['kind']): void => {
    for (const [from, to] of withinLimit(text, start, end)) {
      const piece = text.slice(from, to);
      const first = from + piece.length - piece.trimStart().length;
      const final = to - (piece.length - piece.trimEnd().length);
      if (final > first)
        units.push({
          start: first,
          end: final,
          kind,
          group,
          headings: above.map(({ label }) => label),
          columns: kind === 'row' ? columns : '',
        });
    }
  };
  const close = function* (): Steps<void> {
    if (!open) return;
    const { start, end, kind } = open;
    open = null;
    for (let part = start; part < end; ) {
      const partEnd = end - part > longestParagraph ? breakBefore(text, part, part + longestParagraph) : end;
      let from = part;
      for (const sentence of unitEnds(text.slice(part, partEnd))) {
        add(from, part + sentence, kind);
        from = part + sentence;
      }
      part = partEnd;
      if (part < end) yield;
    }
  };
  /** Begins a new group, unless the line continues the one before. */
  const follow = function* (kind: TextUnit['kind']): Steps<void> {
    yield* close();
    if (last !== kind || kind === 'sentence') group += 1;
    last = kind;
  };
  const separate = function* (): Steps<void> {
    yield* close();
    last = 'none';
    columns = '';
  };

  for (const { kind, start, end, level } of documentLines(text)) {
    if (pause(end - start)) yield;
    if (kind === 'fence' || kind === 'rule') yield* separate();
    else if (kind === 'code') {
      yield* follow('code');
      add(start, end, 'code');
    } else if (kind === 'heading' && hasHeadings) {
      yield* separate();
      while ((above.at(-1)?.level ?? 0) >= level) above.pop();
      above.push({ level, label: text.slice(start, Math.min(end, start + longestUnit)) });
    } else if (kind === 'blank') {
      // Items of a loose list stay together.
      yield* close();
      if (last !== 'item') yield* separate();
    } else if (kind === 'rowRule') {
      // The row above was the head: it names the columns and is no quote by itself.
      const head = units.at(-1);
      if (last === 'row' && head?.kind === 'row' && head.group === group) {
        columns = text.slice(head.start, head.end);
        units.pop();
      }
    } else if (kind === 'row') {
      if (last !== 'row') columns = '';
      yield* follow('row');
      add(start, end, 'row');
    } else if (kind === 'item') {
      yield* follow('item');
      open = { start, end, kind };
    } else if (open) open = { ...open, end };
    else {
      yield* follow('sentence');
      open = { start, end, kind: 'sentence' };
    }
  }
  yield* close();
  return units;
}

/** Cuts a text into units, in order, without overlap. Pure; headings, rules and empty lines belong to no unit. */
export const textUnits = (text: string, format: TextFormat = null): TextUnit[] => atOnce(readUnits(text, format));
