import type { Span } from '@shared/model';

/** A place in a version's text: `[start, end)`, what stands there, and its page where the text has pages. */
export interface Place {
  start: number;
  end: number;
  quote: string;
  page: number | null;
}

/** More are not walked through one by one. */
const most = 2_000;

const pageAt = (spans: readonly Span[], at: number): number | null => {
  const page = spans.find(({ kind, start, end }) => kind === 'page' && start <= at && at < end);
  const number = page ? Number.parseInt(page.label, 10) : Number.NaN;
  return Number.isNaN(number) ? null : number;
};

const placeOf = (text: string, spans: readonly Span[], start: number, end: number): Place => ({
  start,
  end,
  quote: text.slice(start, end),
  page: pageAt(spans, start),
});

/** Where the query stands in the text, case and kinds of white space aside. */
export const findInText = (text: string, spans: readonly Span[], query: string): Place[] => {
  const words = query.trim().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const pattern = new RegExp(words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('\\s+'), 'giu');
  const places: Place[] = [];
  for (const match of text.matchAll(pattern)) {
    places.push(placeOf(text, spans, match.index, match.index + match[0].length));
    if (places.length === most) break;
  }
  return places;
};

export interface OutlineEntry {
  label: string;
  /** 0 is the outermost that this document has. */
  depth: number;
  place: Place;
}

/** The headings of a document in order; its pages where it has no headings. */
export const outlineOf = (text: string, spans: readonly Span[]): OutlineEntry[] => {
  const headings = spans
    .filter(({ kind, label }) => kind === 'heading' && label.trim() !== '')
    .sort((one, other) => one.start - other.start);
  if (headings.length > 0) {
    const top = Math.min(...headings.map(({ level }) => level));
    return headings.map(({ label, level, start }) => {
      // A heading's span may reach over its whole section: only its own words are marked.
      const at = text.indexOf(label, start);
      const from = at >= 0 && at - start < 200 ? at : start;
      return { label, depth: Math.min(3, level - top), place: placeOf(text, spans, from, Math.min(text.length, from + label.length)) };
    });
  }
  return spans
    .filter(({ kind }) => kind === 'page')
    .map(({ label, start, end }) => {
      const words = /\S[^\n]{0,80}/.exec(text.slice(start, end));
      const from = start + (words?.index ?? 0);
      return { label, depth: 0, place: placeOf(text, spans, from, from + (words?.[0].length ?? 0)) };
    });
};
