import type { Span } from './document';
import { type Place, placeOfPage } from './place';

/** Returns a function that finds the page at a position in the whole text; null where there are no pages. */
export const pagesOf = (spans: readonly Span[]): ((at: number) => Place | null) => {
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
