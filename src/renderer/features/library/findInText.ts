import { loosePattern } from '@renderer/lib/loosePattern';
import type { Passage } from '@renderer/viewer/passage';
import { type Span, unitPlacesOf } from '@shared/model';

/** A stretch of a version's text that begins at `start` of the whole, and the spans that overlap it. */
export interface Stretch {
  text: string;
  start: number;
  spans: readonly Span[];
}

/** Nobody steps through more matches. */
export const mostMatches = 2_000;

/** The matches of the query in the stretch, ignoring case, accents and kinds of white space. */
export const findInText = ({ text, start, spans }: Stretch, query: string, most = mostMatches): Passage[] => {
  const pattern = loosePattern(query);
  if (!pattern) return [];
  const pageAt = unitPlacesOf(spans);
  const found: Passage[] = [];
  for (const { index, 0: quote } of text.matchAll(pattern)) {
    found.push({ start: start + index, end: start + index + quote.length, quote, place: pageAt(start + index) });
    if (found.length >= most) break;
  }
  return found;
};
