import { readFences } from '@shared/markdown/fences';
import { headingOf, isRule, isUnderline } from '@shared/markdown/marks';
import type { Span } from '@shared/model';

/** A piece of a text with its place in it: `[start, end)`. The shown text is always the text of the range itself. */
export interface Piece {
  start: number;
  end: number;
}

export type Block =
  | (Piece & { kind: 'heading'; level: number })
  | (Piece & { kind: 'paragraph' })
  | (Piece & { kind: 'item'; depth: number; marker: string })
  | (Piece & { kind: 'quote' })
  | (Piece & { kind: 'code' })
  | (Piece & { kind: 'rule' })
  | (Piece & { kind: 'table'; rows: Piece[][]; header: boolean });

/** Longest block that is rendered as one piece; a text without line breaks is cut at spaces so that it can be windowed. */
const longestBlock = 4_000;

interface Line extends Piece {
  text: string;
}

const splitLines = (text: string, offset: number): Line[] => {
  const lines: Line[] = [];
  let start = 0;
  while (start <= text.length) {
    const next = text.indexOf('\n', start);
    const end = next < 0 ? text.length : next;
    const cut = end > start && text[end - 1] === '\r' ? end - 1 : end;
    lines.push({ start: offset + start, end: offset + cut, text: text.slice(start, cut) });
    if (next < 0) break;
    start = next + 1;
  }
  return lines;
};

const cells = (line: Line): Piece[] => {
  const separator = line.text.includes('|') ? '|' : '\t';
  const found: Piece[] = [];
  let at = 0;
  for (const part of line.text.split(separator)) {
    const lead = part.length - part.trimStart().length;
    found.push({ start: line.start + at + lead, end: line.start + at + lead + part.trim().length });
    at += part.length + 1;
  }
  // A row written as `| a | b |` has an empty cell at either end.
  if (separator === '|' && found.length > 1) {
    if (/^\s*\|/.test(line.text)) found.shift();
    if (/\|\s*$/.test(line.text)) found.pop();
  }
  return found;
};

const isTableRow = (line: Line): boolean => /^\s*\|.*\|\s*$/.test(line.text) || (line.text.match(/\t/g)?.length ?? 0) > 0;
const isTableRule = (line: Line): boolean => /^\s*\|?\s*:?-{2,}[-:|\s]*$/.test(line.text);

const cutLong = (piece: Piece, text: string, offset: number, longest = longestBlock): Piece[] => {
  const pieces: Piece[] = [];
  let start = piece.start;
  while (piece.end - start > longest) {
    const limit = start + longest - offset;
    const space = text.lastIndexOf(' ', limit);
    const end = space > start - offset ? offset + space + 1 : offset + limit;
    pieces.push({ start, end });
    start = end;
  }
  pieces.push({ start, end: piece.end });
  return pieces;
};

/**
 * Cuts a stretch of text, which begins at `offset` of the whole, into blocks for reading. Headings come from the parser's spans;
 * with `markdown` its block marks (lists, quotes, fences, rules) are parsed as well.
 */
export const toBlocks = (text: string, offset: number, spans: readonly Span[], markdown: boolean): Block[] => {
  const headings = new Map<number, Span>();
  for (const span of spans) if (span.kind === 'heading' && span.start >= offset) headings.set(span.start, span);
  const tables = spans.filter((span) => span.kind === 'table');
  const inTable = (line: Line): boolean => tables.some((span) => span.start <= line.start && line.end <= span.end);
  const spanOf = (line: Line): Span | undefined => {
    const direct = headings.get(line.start);
    if (direct) return direct;
    const indent = line.text.length - line.text.trimStart().length;
    return indent > 0 ? headings.get(line.start + indent) : undefined;
  };

  const blocks: Block[] = [];
  const lines = splitLines(text, offset);
  const fences = markdown ? readFences(lines.map((line) => line.text)) : [];
  let open: (Piece & { kind: 'paragraph' | 'quote' }) | null = null;
  const close = (): void => {
    if (!open) return;
    for (const piece of cutLong(open, text, offset)) blocks.push({ ...piece, kind: open.kind });
    open = null;
  };

  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] as Line;
    if (line.text.trim() === '') {
      close();
      continue;
    }
    const span = spanOf(line);
    const atx = markdown ? headingOf(line.text) : null;
    if (atx || (span && line.text.length < 400)) {
      close();
      blocks.push({
        kind: 'heading',
        level: atx?.level ?? Math.max(1, span?.level ?? 1),
        start: line.start + (atx?.start ?? 0),
        end: atx ? line.start + atx.end : line.end,
      });
      if (markdown && !atx && isUnderline(lines[index + 1]?.text ?? '')) index += 1;
      continue;
    }
    if (fences[index] === 'opens') {
      close();
      let last = index + 1;
      while (fences[last] === 'code') last += 1;
      const first = lines[index + 1];
      const end = lines[last - 1];
      if (first && end && last > index + 1) {
        for (const piece of cutLong({ start: first.start, end: end.end }, text, offset)) blocks.push({ ...piece, kind: 'code' });
      }
      index = fences[last] === 'closes' ? last : last - 1;
      continue;
    }
    if (markdown && isRule(line.text)) {
      close();
      blocks.push({ kind: 'rule', start: line.start, end: line.end });
      continue;
    }
    const labelled = inTable(line) && line.text.includes('|');
    if (labelled || (isTableRow(line) && markdown)) {
      close();
      const rows: Piece[][] = [];
      // A table of the parser names its row of headers.
      let header = tables.some(({ label, start }) => start === line.start && label !== '' && line.text.startsWith(label));
      let last = index;
      for (; last < lines.length; last += 1) {
        const row = lines[last] as Line;
        if (last > index && isTableRule(row)) {
          header ||= last === index + 1;
          continue;
        }
        if (!(labelled ? inTable(row) : isTableRow(row)) || row.text.trim() === '' || rows.length >= 200) break;
        rows.push(cells(row));
      }
      const end = lines[last - 1] as Line;
      blocks.push({ kind: 'table', rows, header, start: line.start, end: end.end });
      index = last - 1;
      continue;
    }
    const item = markdown ? /^(\s*)([-*+]|\d{1,9}[.)])\s+/.exec(line.text) : null;
    if (item) {
      close();
      const start = line.start + item[0].length;
      let end = line.end;
      // Lines that continue the item are part of it.
      while (
        fences[index + 1] !== 'opens' &&
        /^\s+\S/.test(lines[index + 1]?.text ?? '') &&
        !/^\s*([-*+]|\d{1,9}[.)])\s+/.test(lines[index + 1]?.text ?? '')
      ) {
        index += 1;
        end = (lines[index] as Line).end;
      }
      blocks.push({ kind: 'item', depth: Math.floor((item[1]?.length ?? 0) / 2), marker: item[2] ?? '', start, end });
      continue;
    }
    const quoted = markdown ? /^\s*>\s?/.exec(line.text) : null;
    const kind = quoted ? 'quote' : 'paragraph';
    const start = line.start + (quoted?.[0].length ?? 0);
    if (!open || open.kind !== kind || open.end - open.start > longestBlock) {
      close();
      open = { kind, start, end: line.end };
    } else open.end = line.end;
  }
  close();
  return blocks;
};

/** Lines of code that are drawn as one piece. */
const linesOfBlock = 40;

/** Cuts a stretch of code into blocks of whole lines: indents and blank lines stay as they are. */
export const toCodeBlocks = (text: string, offset: number): Block[] => {
  const blocks: Block[] = [];
  const lines = splitLines(text, offset);
  for (let at = 0; at < lines.length; at += linesOfBlock) {
    const [first, last] = [lines[at], lines[Math.min(at + linesOfBlock, lines.length) - 1]];
    if (!first || !last || last.end === first.start) continue;
    for (const piece of cutLong({ start: first.start, end: last.end }, text, offset, 4 * longestBlock))
      blocks.push({ ...piece, kind: 'code' });
  }
  return blocks;
};

/** The block that contains the place, or the one after it; -1 without blocks. */
export const blockAt = (blocks: readonly Block[], place: number): number => {
  let low = 0;
  let high = blocks.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((blocks[middle] as Block).end > place) high = middle;
    else low = middle + 1;
  }
  return blocks.length === 0 ? -1 : low;
};

export interface Run extends Piece {
  style: 'plain' | 'strong' | 'emphasis' | 'code' | 'link';
  marked: boolean;
}

/** Inline Markdown: the marks are left out, and the text they enclose keeps its place. */
const inline =
  /(?<code>`+)(?<codeText>[^`]+)\k<code>|(?<strong>\*\*|__)(?=\S)(?<strongText>.+?\S|\S)\k<strong>|(?<![\p{L}\p{N}])(?<em>[*_])(?=[^\s*_])(?<emText>[^*_]*[^\s*_])\k<em>(?![\p{L}\p{N}])|!?\[(?<linkText>[^\]]*)\]\((?:[^()\s]|\([^()]*\))*(?:\s+"[^"]*")?\)/gsu;

/** The content of a piece: styled runs in order, cut where the marked range begins and ends. */
export const toRuns = (text: string, offset: number, piece: Piece, marked: Piece | null, markdown: boolean): Run[] => {
  const source = text.slice(piece.start - offset, piece.end - offset);
  const styled: Omit<Run, 'marked'>[] = [];
  const add = (start: number, end: number, style: Run['style']): void => {
    if (end > start) styled.push({ start: piece.start + start, end: piece.start + end, style });
  };
  let at = 0;
  if (markdown) {
    for (const match of source.matchAll(inline)) {
      const groups = match.groups ?? {};
      add(at, match.index, 'plain');
      const found = (
        [
          ['code', groups.codeText],
          ['strong', groups.strongText],
          ['emphasis', groups.emText],
          ['link', groups.linkText],
        ] as const
      ).find(([, inner]) => inner !== undefined);
      if (found) {
        const inner = found[1] as string;
        const begin = match.index + match[0].indexOf(inner);
        add(begin, begin + inner.length, found[0]);
      }
      at = match.index + match[0].length;
    }
  }
  add(at, source.length, 'plain');
  return styled.flatMap((run) => cutAtMark(run, marked));
};

const cutAtMark = (run: Omit<Run, 'marked'>, marked: Piece | null): Run[] => {
  if (!marked || marked.end <= run.start || marked.start >= run.end) return [{ ...run, marked: false }];
  const from = Math.max(run.start, marked.start);
  const to = Math.min(run.end, marked.end);
  const runs: Run[] = [
    { ...run, end: from, marked: false },
    { ...run, start: from, end: to, marked: true },
    { ...run, start: to, marked: false },
  ];
  return runs.filter((part) => part.end > part.start);
};
