import { loosePattern } from '@renderer/lib/loosePattern';
import type { Passage } from '@renderer/viewer/passage';
import { type Place, placeOfPage, type Span } from '@shared/model';

/** A stretch of a version's text that begins at `start` of the whole, and the spans that overlap it. */
export interface Stretch {
  text: string;
  start: number;
  spans: readonly Span[];
}

/** Nobody steps through more matches. */
export const mostMatches = 2_000;

/** Returns a function that finds the page at a position in the whole text; null where there are no pages. */
const pagesOf = (spans: readonly Span[]): ((at: number) => Place | null) => {
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
    return Number.isNaN(number) ? null : placeOfPage(number);
  };
};

/** The matches of the query in the stretch, ignoring case, accents and kinds of white space. */
export const findInText = ({ text, start, spans }: Stretch, query: string, most = mostMatches): Passage[] => {
  const pattern = loosePattern(query);
  if (!pattern) return [];
  const pageAt = pagesOf(spans);
  const found: Passage[] = [];
  for (const { index, 0: quote } of text.matchAll(pattern)) {
    found.push({ start: start + index, end: start + index + quote.length, quote, place: pageAt(start + index) });
    if (found.length >= most) break;
  }
  return found;
};

export interface OutlineEntry {
  kind: 'heading' | 'page';
  label: string;
  /** 1 is the outermost. */
  level: number;
  at: Passage;
}

/** The headings and pages that begin in the stretch, in order. */
export const outlineOf = ({ text, start: offset, spans }: Stretch): OutlineEntry[] => {
  const pageAt = pagesOf(spans);
  const found = (start: number, length: number): Passage => {
    const end = Math.min(offset + text.length, start + length);
    return { start, end, quote: text.slice(start - offset, end - offset), place: pageAt(start) };
  };
  const here = spans.filter(({ start }) => start >= offset && start < offset + text.length);
  return here
    .toSorted((one, other) => one.start - other.start)
    .flatMap(({ kind, label, level, start, end }): OutlineEntry[] => {
      if (kind === 'heading' && label.trim() !== '') {
        // A heading's span may cover its whole section: only its own words are marked.
        const at = text.indexOf(label, start - offset) + offset;
        const from = at >= start && at - start < 200 ? at : start;
        return [{ kind, label, level, at: found(from, label.length) }];
      }
      if (kind !== 'page') return [];
      const words = /\S[^\n]{0,80}/.exec(text.slice(start - offset, Math.min(end - offset, start - offset + 2_000)));
      return [{ kind, label, level: 1, at: found(start + (words?.index ?? 0), words?.[0].length ?? 0) }];
    });
};

/** The outline of all stretches: headings, or pages where there are none; each position once. */
export const joinOutline = (entries: readonly OutlineEntry[]): OutlineEntry[] => {
  const wanted = entries.some(({ kind }) => kind === 'heading') ? 'heading' : 'page';
  const byStart = new Map(entries.filter(({ kind }) => kind === wanted).map((entry) => [entry.at.start, entry]));
  return [...byStart.values()].sort((one, other) => one.at.start - other.at.start);
};
