import { pageParts } from '@renderer/viewer/passage';
import { joinSpans, nextSlice, previousSlice, sliceLength, sliceStart } from '@renderer/viewer/textWindow';
import { placeOfPage, type Span } from '@shared/model';
import { describe, expect, it } from 'vitest';

const page = (number: number, start: number, end: number): Span => ({ kind: 'page', start, end, label: String(number), level: 0 });

describe('pageParts', () => {
  it('cuts a passage where the page ends', () => {
    const passage = { start: 8, end: 14, quote: 'abcdef', place: placeOfPage(1) };
    expect(pageParts(passage, [page(1, 0, 10), page(2, 10, 20)])).toEqual([
      { page: 1, text: 'ab', near: 0.8 },
      { page: 2, text: 'cdef', near: 0 },
    ]);
  });
  it('expects the whole quote on its page without spans, and nothing without a page', () => {
    expect(pageParts({ start: 0, end: 3, quote: 'abc', place: placeOfPage(4) }, []).map((part) => part.page)).toEqual([4, 5]);
    expect(pageParts({ start: 0, end: 3, quote: 'abc', place: null }, [])).toEqual([]);
  });
});

describe('text window', () => {
  it('walks the slices on a fixed grid', () => {
    expect(sliceStart(sliceLength + 5)).toBe(sliceLength);
    expect(previousSlice(sliceLength)).toBe(0);
    expect(previousSlice(0)).toBeUndefined();
    expect(nextSlice(0, sliceLength + 1)).toBe(sliceLength);
    expect(nextSlice(0, sliceLength)).toBeUndefined();
  });
  it('joins spans that come with several slices', () => {
    expect(joinSpans([[page(1, 0, 10)], [page(1, 0, 10), page(2, 10, 20)]])).toHaveLength(2);
  });
});
