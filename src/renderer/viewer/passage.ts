import type { Span } from '@shared/model';

/** A passage to mark in a document: `[start, end)` in the version's text, and the text quoted from there. */
export interface Passage {
  start: number;
  end: number;
  quote: string;
  page: number | null;
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
  if (parts.length > 0 || passage.page === null) return parts;
  return [
    { page: passage.page, text: passage.quote, near: null },
    { page: passage.page + 1, text: passage.quote, near: null },
  ];
};
