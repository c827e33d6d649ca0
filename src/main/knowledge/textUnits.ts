import { documentLines } from '@shared/markdown/lines';
import { sentenceEnds } from '@shared/text/sentences';

/**
 * A text cut into what can be quoted: sentences, list items, table rows, lines of code. Works on the texts that the parsers
 * store: Markdown as it was written, everything else as plain lines with tables as rows of `a | b`.
 */
export interface TextUnit {
  /** `[start, end)` in the text, without list markers and outer table pipes. */
  start: number;
  end: number;
  kind: 'sentence' | 'item' | 'row' | 'code';
  /** Units of one group stand together: the sentences of a paragraph, the items of a list, the rows of a table. */
  group: number;
  /** What stands above it in the text: Markdown headings, outermost first. */
  headings: readonly string[];
  /** First row of its table, empty elsewhere. */
  columns: string;
}

/** Characters of the longest unit; what has no sentence end is cut between words. */
const longestUnit = 400;

/** A line far shorter than its paragraph's others, without a sentence's end, stands for itself. */
const shortLine = 0.6;

/** Ends of the sentences of a paragraph, and of its lines that stand for themselves; its own end included. */
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

/** Cuts what is too long between words, or between characters where there are none. */
const withinLimit = (text: string, start: number, end: number): [number, number][] => {
  const parts: [number, number][] = [];
  let from = start;
  while (end - from > longestUnit) {
    const space = text.slice(from, from + longestUnit).search(/\s\S*$/);
    let to = space > longestUnit / 2 ? from + space : from + longestUnit;
    if (/[\uDC00-\uDFFF]/.test(text[to] ?? '')) to -= 1;
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

/** Cuts a text into units, in order, without overlap. Pure; headings, rules and empty lines belong to no unit. */
export const textUnits = (text: string): TextUnit[] => {
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
  const close = (): void => {
    if (!open) return;
    let from = open.start;
    for (const end of unitEnds(text.slice(open.start, open.end))) {
      add(from, open.start + end, open.kind);
      from = open.start + end;
    }
    open = null;
  };
  /** A new group, unless the line goes on with what stood before. */
  const follow = (kind: TextUnit['kind']): void => {
    close();
    if (last !== kind || kind === 'sentence') group += 1;
    last = kind;
  };
  const separate = (): void => {
    close();
    last = 'none';
    columns = '';
  };

  for (const { kind, start, end, level } of documentLines(text)) {
    if (kind === 'fence' || kind === 'rule') separate();
    else if (kind === 'code') {
      follow('code');
      add(start, end, 'code');
    } else if (kind === 'heading') {
      separate();
      while ((above.at(-1)?.level ?? 0) >= level) above.pop();
      above.push({ level, label: text.slice(start, end) });
    } else if (kind === 'blank') {
      // Items of a loose list stay together.
      close();
      if (last !== 'item') separate();
    } else if (kind === 'rowRule') {
      // The row above was the head: it says what the columns are and is no quote by itself.
      const head = units.at(-1);
      if (last === 'row' && head?.kind === 'row' && head.group === group) {
        columns = text.slice(head.start, head.end);
        units.pop();
      }
    } else if (kind === 'row') {
      if (last !== 'row') columns = '';
      follow('row');
      add(start, end, 'row');
    } else if (kind === 'item') {
      follow('item');
      open = { start, end, kind };
    } else if (open) open = { ...open, end };
    else {
      follow('sentence');
      open = { start, end, kind: 'sentence' };
    }
  }
  close();
  return units;
};
