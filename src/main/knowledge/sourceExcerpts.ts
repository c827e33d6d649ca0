import { type Lines, linesOf, type Place, type Source, withLines } from '@shared/model';
import type { Excerpt } from './excerpt';
import { narrowUnits } from './passageUnits';

/**
 * Cuts a source to an excerpt: exact words, range, lines, rows and headings. Its page stays, since no source crosses pages.
 */
export const narrowTo = (source: Source, range: Pick<Excerpt, 'start' | 'end'> & Partial<Pick<Excerpt, 'units'>>): Source => {
  const { parts, units, ...whole } = source;
  const start = source.start + range.start;
  const end = source.start + range.end;
  const text = source.text.slice(range.start, range.end);
  // Lines are counted within the passage of the excerpt, because the gap between two passages is not known to the character.
  const part = parts?.find((one) => start >= one.start && start < one.end);
  const before = source.text.slice((part?.start ?? source.start) - source.start, range.start);
  const above = source.place.headings;
  const headings = range.units?.[0]?.headings.filter((label) => !above.includes(label)) ?? [];
  const place = { ...source.place, headings: [...above, ...headings] };
  const lines = linesOf(place);
  if (!lines) return { ...whole, start, end, text, place };
  const from = (part?.lineStart ?? lines.from) + newlines(before);
  const excerptLines = { from, to: from + newlines(text) };
  if (units) return { ...whole, start, end, text, ...narrowUnits(source, withLines(place, excerptLines), { start, end }) };
  return { ...whole, start, end, text, place: placeOfExcerpt(place, source.text, excerptLines) };
};

/**
 * The place of some lines of a source that has no units, as sources stored by earlier versions. Each line of a sheet is a row, counted from the last one; where empty rows were left out of the
 * source (a blank line, but that below the sheet's name) their number is not known, and the rows of the whole source stay.
 */
const placeOfExcerpt = (place: Place, text: string, lines: Lines): Place => {
  const narrowed = withLines(place, lines);
  if (place.kind !== 'sheet' || !place.lines) return narrowed;
  const named = `${place.label}\n\n`;
  if ((text.startsWith(named) ? text.slice(named.length) : text).includes('\n\n')) return narrowed;
  const row = (line: number): number => Math.max(place.from, place.to - ((place.lines as Lines).to - line));
  return { ...narrowed, from: row(lines.from), to: row(lines.to) };
};

const newlines = (text: string): number => text.split('\n').length - 1;

/** Offsets in the source's text that a quote must not cross: the beginnings of its passages. */
export const seamsOf = (source: Source): number[] =>
  (source.parts ?? []).map((part) => part.start - source.start).filter((seam) => seam > 0);

/** Used when no sentence fits: the best passage of a merged source; of a single passage, all of it. */
export const bestPart = (source: Source): Source => {
  const [best] = source.parts ?? [];
  return best ? narrowTo(source, { start: best.start - source.start, end: best.end - source.start }) : source;
};
