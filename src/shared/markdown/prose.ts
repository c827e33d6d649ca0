import { definitionOf, readNames } from './definitions';
import { noFence, readFence } from './fences';
import { beginsFormula, formulaLines } from './formulas';
import { mostUnclosed, nextSign, readInline } from './inlineRegions';
import { container, type Region } from './regions';
import { mayPause } from './steps';

export interface Prose {
  /** In order, none inside another. */
  regions: readonly Region[];
  /** `[start, end)` of each part that is read on its own: paragraphs, items, rows. */
  paragraphs: readonly (readonly [number, number])[];
}

/** A paragraph and its regions that are not prose; null for the regions before the next paragraph. */
export interface ProsePart {
  paragraph: readonly [number, number] | null;
  regions: readonly Region[];
}

const breaksParagraph = /^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]|#{1,6}[ \t]|\|)/;
const listItem = /^[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]/;
/**
 * Reads a text part by part; yields undefined where the caller may pause. `names` are those whose address is defined elsewhere; by
 * default those that the text itself defines. While more text may follow (`open`), an unclosed formula on lines of its own extends
 * to the end. Every pass takes time in proportion to the text.
 */
export function* readProse(text: string, names?: ReadonlySet<string>, open = false): Generator<ProsePart | undefined, void, void> {
  const known = names ?? (yield* readNames(text));
  const pause = mayPause();
  const signAfter = nextSign(text);
  let begun: number | null = null;
  let code = noFence;
  let blank = true;
  let inList = false;
  let unclosed = 0;
  /** Ends the paragraph at `end`, if one has begun. */
  const close = function* (end: number): Generator<ProsePart | undefined, void, void> {
    if (begun === null) return;
    const paragraph = [begun, end] as const;
    begun = null;
    yield { paragraph, regions: yield* readInline(text, paragraph, known, signAfter, pause) };
  };
  const apart = (region: Region): ProsePart => ({ paragraph: null, regions: [region] });
  let at = 0;
  while (at < text.length) {
    const newline = text.indexOf('\n', at);
    const end = newline < 0 ? text.length : newline;
    const line = text.slice(at, end);
    if (pause(line.length)) yield;
    code = readFence(code, line);
    const whole = { start: at, end };
    const content = at + (container.exec(line)?.[0].length ?? 0);
    const mayBegin = code.line === 'outside' && unclosed <= mostUnclosed && beginsFormula(text, content);
    const formula = mayBegin ? formulaLines(text, content, open) : null;
    if (mayBegin && !formula) unclosed += 1;
    if (code.line !== 'outside') {
      yield* close(at);
      yield apart({ kind: 'code', ...whole });
    } else if (line.trim() === '') {
      yield* close(at);
      blank = true;
    } else if (formula && formula.end > end) {
      yield* close(at);
      yield apart(formula);
      const last = text.indexOf('\n', formula.end);
      at = last < 0 ? text.length : last + 1;
      continue;
    } else if (blank && !inList && /^(?: {4}|\t)/.test(line)) {
      yield apart({ kind: 'code', ...whole });
    } else if (definitionOf(line)) {
      yield* close(at);
      const noted = definitionOf(line);
      // The text of a footnote is prose.
      if (noted?.footnote) {
        const from = at + line.indexOf(']:') + 2;
        yield apart({ kind: 'link', start: at, end: from });
        begun = from;
      } else yield apart({ kind: 'link', ...whole });
      blank = false;
    } else {
      if (breaksParagraph.test(line)) yield* close(at);
      begun ??= at;
      if (!/^[ \t]/.test(line)) inList = listItem.test(line);
      blank = false;
    }
    at = end + 1;
  }
  yield* close(text.length);
}

/** Reads a whole text at once, as `readProse` does. */
export const proseOf = (text: string, names?: ReadonlySet<string>, open = false): Prose => {
  const regions: Region[] = [];
  const paragraphs: (readonly [number, number])[] = [];
  for (const part of readProse(text, names, open)) {
    if (!part) continue;
    if (part.paragraph) paragraphs.push(part.paragraph);
    for (const region of part.regions) regions.push(region);
  }
  return { regions, paragraphs };
};
