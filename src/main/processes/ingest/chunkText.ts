import { areCounted, type Format, type PlaceKind, placeOfLines, placeOfUnit, type Span, type UnitSpan } from '@shared/model';
import type { ChunkRange } from './api';
import { chunkSettings as settings } from './chunkSettings';

interface Block {
  start: number;
  end: number;
  words: number;
  /** Its page, or the unit that the format has in place of pages; null where there is none. */
  unit: UnitSpan | null;
  heading: boolean;
  /** True where a scope begins: a function, a class, a key. */
  begins: boolean;
  path: string[];
}

const isSpace = (code: number): boolean => code <= 32 || code === 0xa0 || code === 0x3000 || (code >= 0x2000 && code <= 0x200a);
/** Scripts written without spaces: Thai, Lao, Khmer, Myanmar, kana, ideographs. */
const isUnspaced = (code: number): boolean =>
  (code >= 0x0e00 && code <= 0x109f) || (code >= 0x1780 && code <= 0x17ff) || (code >= 0x3040 && code <= 0x9fff);

/** The size of a range in words; text without spaces is estimated by its characters. */
export const measureWords = (text: string, start: number, end: number): number => {
  let words = 0;
  let unspaced = 0;
  let inWord = false;
  for (let i = start; i < end; i += 1) {
    const code = text.charCodeAt(i);
    if (isSpace(code)) inWord = false;
    else {
      if (!inWord) words += 1;
      inWord = true;
      if (isUnspaced(code)) unspaced += 1;
    }
  }
  return Math.max(words, (end - start - unspaced) / settings.charactersPerWord) + unspaced / settings.ideographsPerWord;
};

const trim = (text: string, start: number, end: number): { start: number; end: number } | null => {
  let from = start;
  let to = end;
  while (from < to && isSpace(text.charCodeAt(from))) from += 1;
  while (to > from && isSpace(text.charCodeAt(to - 1))) to -= 1;
  return to > from ? { start: from, end: to } : null;
};

/** A passage may go on from one unit to the next where places of their kind count on: rows of a sheet, sentences of a film. */
const isSameUnit = (a: UnitSpan | null, b: UnitSpan | null): boolean =>
  a === b || (a !== null && b !== null && areCounted(a.kind) && a.label === b.label);

/**
 * Divides a text into paragraphs, at blank lines and at the edges of pages, headings and tables, each with its page and heading
 * path.
 */
const blocksOf = (text: string, spans: readonly Span[], kind: PlaceKind): Block[] => {
  const cuts = new Set<number>([0, text.length]);
  for (const { index } of text.matchAll(/\n[^\S\n]*\n/g)) cuts.add(index);
  for (const span of spans) cuts.add(Math.min(span.start, text.length)).add(Math.min(span.end, text.length));
  const edges = [...cuts].sort((a, b) => a - b);
  const units = spans.filter((span): span is UnitSpan => span.kind === kind);
  const tables = spans.filter((span) => span.kind === 'table' && span.label !== '');
  const headings = spans.filter((span) => span.kind === 'heading');
  const scopes = spans.filter((span) => span.kind === 'scope');
  const within: Span[] = [];
  const open: { level: number; label: string }[] = [];
  const blocks: Block[] = [];
  let unit = 0;
  let heading = 0;
  let table = 0;
  let scope = 0;
  for (let i = 0; i + 1 < edges.length; i += 1) {
    const range = trim(text, edges[i] as number, edges[i + 1] as number);
    if (!range) continue;
    while (unit + 1 < units.length && (units[unit + 1] as Span).start <= range.start) unit += 1;
    let isHeading = false;
    while (heading < headings.length && (headings[heading] as Span).start <= range.start) {
      const { level, label, end } = headings[heading] as Span;
      while ((open.at(-1)?.level ?? 0) >= level) open.pop();
      open.push({ level, label });
      isHeading = range.start < end;
      heading += 1;
    }
    while (table < tables.length && (tables[table] as Span).end <= range.start) table += 1;
    const headers = (tables[table]?.start ?? text.length) <= range.start ? [(tables[table] as Span).label] : [];
    while ((within.at(-1)?.end ?? text.length) <= range.start) within.pop();
    const outside = scope;
    for (; scope < scopes.length && (scopes[scope] as Span).start <= range.start; scope += 1)
      if ((scopes[scope] as Span).end > range.start) within.push(scopes[scope] as Span);
    const at = units[unit] ?? null;
    blocks.push({
      ...range,
      words: measureWords(text, range.start, range.end),
      unit: at,
      heading: isHeading,
      begins: scope > outside,
      path: [...open.map((entry) => entry.label), ...within.map((entry) => entry.label), ...headers].filter(
        (label) => label !== '' && label !== at?.label,
      ),
    });
  }
  return blocks;
};

const wordBreaks = new Intl.Segmenter(undefined, { granularity: 'word' });

/** How far a cut steps back for combining marks; no writing puts more marks on one letter. */
const mostMarks = 32;

/** Cuts a run without any space: never between the halves of a surrogate pair, nor before a combining mark. */
const divideRun = (text: string, start: number, end: number): number[] => {
  const cuts: number[] = [];
  for (let from = start; end - from > settings.longestRun; ) {
    const wanted = from + settings.longestRun;
    let to = wanted;
    while (wanted - to < mostMarks && /^\p{M}/u.test(text.slice(to, to + 2))) to -= 1;
    if (/^[\uDC00-\uDFFF]/.test(text[to] ?? '')) to -= 1;
    cuts.push(to);
    from = to;
  }
  return cuts;
};

/** Cuts a range after each sentence or line, or after lines alone; pieces that are too long themselves are cut between words. */
const sentenceCuts = (text: string, start: number, end: number, wholeLines: boolean): number[] => {
  const part = text.slice(start, end);
  const cuts: number[] = [];
  for (const match of part.matchAll(wholeLines ? /\n+/g : /[.!?…]["'’»”)\]]*\s+|[。！？]+|\n+/g))
    cuts.push(start + match.index + match[0].length);
  cuts.push(end);
  const fine: number[] = [];
  let from = start;
  for (const cut of cuts) {
    if (measureWords(text, from, cut) > settings.fewestWords * 2) {
      let run = from;
      for (const match of text.slice(from, cut).matchAll(/\S+\s*/g)) {
        const runStart = from + match.index;
        const runEnd = runStart + match[0].length;
        if (match[0].length > 100 && isUnspaced(match[0].charCodeAt(0)))
          for (const segment of wordBreaks.segment(match[0])) fine.push(runStart + segment.index + segment.segment.length);
        else fine.push(...divideRun(text, runStart, runEnd));
        run = runEnd;
        fine.push(run);
      }
    }
    fine.push(cut);
    from = cut;
  }
  return [...new Set(fine)].sort((a, b) => a - b);
};

/** Divides a paragraph that is too long into parts of about equal length. */
const divide = (text: string, block: Block, wholeLines: boolean): Block[] => {
  if (block.words <= settings.longestParagraph) return [block];
  const parts: Block[] = [];
  const share = block.words / Math.ceil(block.words / settings.targetWords);
  let start = block.start;
  let words = 0;
  let previous = block.start;
  const push = (end: number): void => {
    const range = trim(text, start, end);
    if (range)
      parts.push({ ...block, ...range, begins: block.begins && parts.length === 0, words: measureWords(text, range.start, range.end) });
    start = end;
    words = 0;
  };
  for (const cut of sentenceCuts(text, block.start, block.end, wholeLines)) {
    const size = measureWords(text, previous, cut);
    // Stop where one more sentence would miss the share by more than stopping does.
    if (words > 0 && words + size / 2 > share) push(previous);
    words += size;
    previous = cut;
  }
  push(block.end);
  return parts;
};

const commonPath = (a: readonly string[], b: readonly string[]): string[] => {
  let length = 0;
  while (length < a.length && length < b.length && a[length] === b[length]) length += 1;
  return a.slice(0, length);
};

/**
 * Divides a text into passages: exact ranges in order, without overlap, that together hold every visible character. A passage never
 * crosses the end of a span of the given kind, such as a page; it starts at a heading or a scope where it can, and never cuts a word
 * (except runs above `longestRun`), nor a line where `cuts` is given.
 */
export const chunkText = (text: string, spans: readonly Span[], kind: PlaceKind, cuts?: Format['cuts']): ChunkRange[] => {
  type Open = Block & { onlyHeadings: boolean; headings: number; last: UnitSpan | null };
  const chunks: Open[] = [];
  let open: Open | null = null;
  const fewestOfScope = cuts === 'definitions' ? settings.fewestOfDefinition : settings.fewestWords;

  const close = (): void => {
    if (!open) return;
    const before = chunks.at(-1);
    const joins =
      before &&
      open.headings === 0 &&
      open.words < (open.begins ? fewestOfScope : settings.fewestWords) &&
      isSameUnit(before.unit, open.unit) &&
      before.words + open.words <= settings.mostWords &&
      open.end - before.start <= settings.mostCharacters;
    if (joins) {
      before.end = open.end;
      before.last = open.last;
      before.words += open.words;
    } else chunks.push(open);
    open = null;
  };

  for (const paragraph of blocksOf(text, spans, kind))
    for (const block of divide(text, paragraph, cuts !== undefined)) {
      if (
        open &&
        (!isSameUnit(open.unit, block.unit) ||
          block.end - open.start > settings.mostCharacters ||
          (block.heading && !open.onlyHeadings && open.words >= settings.fewestWords) ||
          (block.begins && !open.onlyHeadings && open.words >= fewestOfScope) ||
          (open.words + block.words > settings.targetWords &&
            !open.onlyHeadings &&
            open.words + block.words > settings.fewestWords + settings.targetWords) ||
          (open.words + block.words > settings.targetWords && open.words >= settings.fewestWords && !open.onlyHeadings))
      )
        close();
      if (!open) open = { ...block, onlyHeadings: block.heading, headings: block.heading ? 1 : 0, last: block.unit };
      else {
        // A few lines above a function, such as the head of its class, do not hide its name.
        const isTail = open.onlyHeadings || (block.begins && open.words < fewestOfScope && block.words > 2 * open.words);
        open.path = isTail ? block.path : commonPath(open.path, block.path);
        open.end = block.end;
        open.last = block.unit;
        open.words += block.words;
        open.onlyHeadings &&= block.heading;
        open.headings += block.heading ? 1 : 0;
      }
    }
  close();

  const lineAt = createLineCounter(text);
  const firstLines = new Map<UnitSpan, number>();
  const lineOf = createLineCounter(text);
  const firstLineOf = (unit: UnitSpan): number => {
    const known = firstLines.get(unit) ?? lineOf(unit.start);
    firstLines.set(unit, known);
    return known;
  };
  return chunks.map(({ start, end, unit, last, path }) => {
    const lines = { from: lineAt(start), to: lineAt(end) };
    const from = unit && placeOfUnit(unit, lines.from - firstLineOf(unit));
    const to = last && placeOfUnit(last, lines.to - firstLineOf(last));
    return { start, end, place: from ? { ...from, to: (to ?? from).to, headings: path, lines } : placeOfLines(lines, path) };
  });
};

/** Returns a function that gives the line of a position, from 1. It is asked for positions in their order. */
const createLineCounter = (text: string): ((target: number) => number) => {
  let line = 1;
  // Cached: a search for the end of a giant line from each passage would take the square of its length.
  let lineEnd = text.indexOf('\n');
  return (target) => {
    while (lineEnd !== -1 && lineEnd < target) {
      line += 1;
      lineEnd = text.indexOf('\n', lineEnd + 1);
    }
    return line;
  };
};
