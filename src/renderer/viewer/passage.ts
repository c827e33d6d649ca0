import { type Place, pageOf, type Span } from '@shared/model';

/** A passage to mark in a document: `[start, end)` in the version's text, the text quoted from there, and its place if known. */
export interface Passage {
  start: number;
  end: number;
  quote: string;
  place: Place | null;
}

/** The part of a passage on one page, and where it begins there (0..1; null when unknown). */
export interface PagePart {
  page: number;
  text: string;
  near: number | null;
}

const pageNumber = (span: Span): number => Number.parseInt(span.label, 10);

/**
 * Cuts a passage at the page boundaries. Without page spans the whole quote is expected on the passage's own page (and, as it may
 * run over, on the next one).
 */
export const pageParts = (passage: Passage, spans: readonly Span[]): PagePart[] => {
  const parts: PagePart[] = [];
  for (const span of spans) {
    if (span.kind !== 'page') continue;
    const start = Math.max(passage.start, span.start);
    const end = Math.min(passage.end, span.end);
    const page = pageNumber(span);
    if (start >= end || Number.isNaN(page)) continue;
    const text = passage.quote.slice(start - passage.start, end - passage.start);
    if (text.trim() === '') continue;
    parts.push({ page, text, near: (start - span.start) / Math.max(1, span.end - span.start) });
  }
  const first = pageOf(passage.place);
  if (parts.length > 0 || first === null) return parts;
  return [
    { page: first, text: passage.quote, near: null },
    { page: first + 1, text: passage.quote, near: null },
  ];
};
