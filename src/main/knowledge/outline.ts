import { setImmediate as pause } from 'node:timers/promises';
import { type OutlineEntry, type Span, unitPlacesOf } from '@shared/model';

/** Characters read at a time. */
const windowLength = 200_000;
/** A span of a heading may begin this much before the words of its label. */
const mostBefore = 200;
/** The words of a page are sought in its first part. */
const pageStart = 2_000;

/**
 * The headings and scopes among the spans in the order of the text, else the pages or other units, each position once. A heading stands at its
 * own words, also where its span covers its section; a page at its first words. `textOf` reads `[start, end)`; other work goes on between reads.
 */
export const outlineOf = async (spans: readonly Span[], textOf: (start: number, end: number) => string): Promise<OutlineEntry[]> => {
  const placeAt = unitPlacesOf(spans);
  const headings = spans.filter(({ kind, label }) => (kind === 'heading' || kind === 'scope') && label.trim() !== '');
  const wanted = headings.length > 0 ? headings : spans.filter(({ kind }) => kind !== 'heading' && kind !== 'table' && kind !== 'scope');
  let read = { start: 0, text: '' };
  const slice = async (start: number, end: number): Promise<string> => {
    if (start < read.start || end > read.start + read.text.length) {
      await pause();
      read = { start, text: textOf(start, Math.max(end, start + windowLength)) };
    }
    return read.text.slice(start - read.start, end - read.start);
  };
  const entries = new Map<number, OutlineEntry>();
  for (const span of wanted.toSorted((one, other) => one.start - other.start)) {
    const isHeading = span.kind === 'heading' || span.kind === 'scope';
    const most = isHeading ? mostBefore + span.label.length : Math.min(pageStart, span.end - span.start);
    const text = await slice(span.start, span.start + most);
    const words = isHeading ? wordsOfHeading(text, span.label) : wordsOfPage(text);
    const start = span.start + words.from;
    entries.set(start, {
      kind: isHeading ? 'heading' : 'page',
      label: span.label,
      level: isHeading ? span.level : 1,
      at: { start, end: start + words.quote.length, quote: words.quote, place: placeAt(start) },
    });
  }
  return [...entries.values()].sort((one, other) => one.at.start - other.at.start);
};

const wordsOfHeading = (text: string, label: string): { from: number; quote: string } => {
  const from = Math.max(0, text.indexOf(label));
  return { from, quote: text.slice(from, from + label.length) };
};

const wordsOfPage = (text: string): { from: number; quote: string } => {
  const found = /\S[^\n]{0,80}/.exec(text);
  return { from: found?.index ?? 0, quote: found?.[0] ?? '' };
};
