import { loosePattern } from '@renderer/lib/loosePattern';
import type { Span } from '@shared/model';

/** A place in a version's text: `[start, end)`, its words, and its page where the text has pages. */
export interface Place {
  start: number;
  end: number;
  quote: string;
  page: number | null;
}

/** A stretch of a version's text that begins at `start` of the whole, and the spans that overlap it. */
export interface Stretch {
  text: string;
  start: number;
  spans: readonly Span[];
}

/** Nobody steps through more matches. */
export const mostMatches = 2_000;

/** Returns a function that finds the page of a place of the whole text; null where there are no pages. */
const pagesOf = (spans: readonly Span[]): ((at: number) => number | null) => {
  const pages = spans.filter(({ kind }) => kind === 'page').toSorted((one, other) => one.start - other.start);
  return (at) => {
    let low = 0;
    let high = pages.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pages[middle] as Span).end > at) high = middle;
      else low = middle + 1;
    }
    const page = pages[low];
    const number = page && page.start <= at ? Number.parseInt(page.label, 10) : Number.NaN;
    return Number.isNaN(number) ? null : number;
  };
};

/** The matches of the query in the stretch, ignoring case, accents and kinds of white space. */
export const findInText = ({ text, start, spans }: Stretch, query: string, most = mostMatches): Place[] => {
  const pattern = loosePattern(query);
  if (!pattern) return [];
  const pageAt = pagesOf(spans);
  const places: Place[] = [];
  for (const { index, 0: quote } of text.matchAll(pattern)) {
    places.push({ start: start + index, end: start + index + quote.length, quote, page: pageAt(start + index) });
    if (places.length >= most) break;
  }
  return places;
};

export interface OutlineEntry {
  kind: 'heading' | 'page';
  label: string;
  /** 1 is the outermost. */
  level: number;
  place: Place;
}

/** The headings and pages that begin in the stretch, in order. */
export const outlineOf = ({ text, start: offset, spans }: Stretch): OutlineEntry[] => {
  const pageAt = pagesOf(spans);
  const placeOf = (start: number, length: number): Place => {
    const end = Math.min(offset + text.length, start + length);
    return { start, end, quote: text.slice(start - offset, end - offset), page: pageAt(start) };
  };
  const here = spans.filter(({ start }) => start >= offset && start < offset + text.length);
  return here
    .toSorted((one, other) => one.start - other.start)
    .flatMap(({ kind, label, level, start, end }): OutlineEntry[] => {
      if (kind === 'heading' && label.trim() !== '') {
        // A heading's span may cover its whole section: only its own words are marked.
        const at = text.indexOf(label, start - offset) + offset;
        const from = at >= start && at - start < 200 ? at : start;
        return [{ kind, label, level, place: placeOf(from, label.length) }];
      }
      if (kind !== 'page') return [];
      const words = /\S[^\n]{0,80}/.exec(text.slice(start - offset, Math.min(end - offset, start - offset + 2_000)));
      return [{ kind, label, level: 1, place: placeOf(start + (words?.index ?? 0), words?.[0].length ?? 0) }];
    });
};

/** The outline of all stretches: headings, or pages where there are none; each place once. */
export const joinOutline = (entries: readonly OutlineEntry[]): OutlineEntry[] => {
  const wanted = entries.some(({ kind }) => kind === 'heading') ? 'heading' : 'page';
  const byPlace = new Map(entries.filter(({ kind }) => kind === wanted).map((entry) => [entry.place.start, entry]));
  return [...byPlace.values()].sort((one, other) => one.place.start - other.place.start);
};
