import { noFence, readFence } from '@shared/markdown/fences';

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

// Texts and answers hold lines of thousands of blanks, dots or dashes; these run on the main thread and take linear time on any line.
const heading = /^ {0,3}(#{1,6})[ \t]+(.*)$/;
const rule = /^\s*([-*_=])(?:\s*\1){2,}\s*$/;
const item = /^\s*(?:[-*+•◦▪‣–]|\d{1,3}[.)])\s+(?:\[[ xX]\]\s+)?/;
const quoteMark = /^\s*(?:>\s?)+/;
const tableLine = /^\s*\||\s\|\s/;
const isTableRule = (line: string): boolean => line.includes('-') && /^[\s|:-]+$/.test(line);
/** Ends a sentence, with what closes it and the source markers that follow. */
const sentenceEnd = /(?<![.!?…])[.!?…]+(?:\s?[»”]|["'’)\]*_`])*(?:\s*\[\d[\d ,;–-]*\])*(?=\s|$)|[。！？]+/g;
const abbreviation =
  /(?:^|[\s(«“"'’])(?:\p{L}|cf|etc|ex|fig|art|no|nos|vs|approx|mr|mrs|ms|dr|st|jr|sr|prof|mme|mlle|me|env|chap|vol|pp|p\.\s?ex|e\.g|i\.e)\.$/iu;

/** A heading's words without the hashes that close it, which stand apart: "# C#" speaks of C#. */
const headingLabel = (text: string): string => {
  const label = text.trimEnd();
  let end = label.length;
  while (label[end - 1] === '#') end -= 1;
  return end === 0 || /[ \t]/.test(label[end - 1] as string) ? label.slice(0, end).trimEnd() : label;
};

/** A row without its outer bars, and where that begins in the line. */
const innerRow = (line: string): { text: string; start: number } => {
  const row = line.trim();
  const from = row.startsWith('|') ? 1 : 0;
  const to = row.endsWith('|') ? Math.max(from, row.length - 1) : row.length;
  const text = row.slice(from, to);
  return { text: text.trim(), start: line.length - line.trimStart().length + from + text.length - text.trimStart().length };
};

/** Ends of the sentences of a paragraph, its own end included. */
const sentenceEnds = (text: string): number[] => {
  const ends: number[] = [];
  for (const match of text.matchAll(sentenceEnd)) {
    const end = match.index + match[0].length;
    const next = /\S/.exec(text.slice(end, end + 40))?.[0];
    if (match[0].startsWith('.') && next !== undefined && /\p{Ll}/u.test(next)) continue;
    if (match[0] === '.' && abbreviation.test(text.slice(Math.max(0, end - 12), end))) continue;
    ends.push(end);
  }
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
  let code = noFence;

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
    for (const end of sentenceEnds(text.slice(open.start, open.end))) {
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

  let position = 0;
  for (const raw of text.split('\n')) {
    const line = { start: position, end: position + raw.length };
    position = line.end + 1;
    code = readFence(code, raw);
    if (code.line === 'opens' || code.line === 'closes') {
      separate();
      continue;
    }
    if (code.line === 'code') {
      follow('code');
      add(line.start, line.end, 'code');
      continue;
    }
    const quoted = quoteMark.exec(raw)?.[0].length ?? 0;
    const bare = raw.slice(quoted);
    const title = heading.exec(bare);
    if (title) {
      separate();
      const level = (title[1] as string).length;
      while ((above.at(-1)?.level ?? 0) >= level) above.pop();
      above.push({ level, label: headingLabel(title[2] as string) });
    } else if (bare.trim() === '') {
      // Items of a loose list stay together.
      close();
      if (last !== 'item') separate();
    } else if (tableLine.test(bare)) {
      if (isTableRule(bare)) {
        // The row above was the head: it says what the columns are and is no quote by itself.
        const head = units.at(-1);
        if (last === 'row' && head?.kind === 'row' && head.group === group) {
          columns = text.slice(head.start, head.end);
          units.pop();
        }
      } else {
        if (last !== 'row') columns = '';
        follow('row');
        const inner = innerRow(bare);
        const from = line.start + quoted + inner.start;
        add(from, from + inner.text.length, 'row');
      }
    } else if (rule.test(bare)) separate();
    else {
      const mark = item.exec(bare)?.[0].length ?? 0;
      if (mark > 0) {
        follow('item');
        open = { start: line.start + quoted + mark, end: line.end, kind: 'item' };
      } else if (open) open = { ...open, end: line.end };
      else {
        follow('sentence');
        open = { start: line.start + quoted, end: line.end, kind: 'sentence' };
      }
    }
  }
  close();
  return units;
};
