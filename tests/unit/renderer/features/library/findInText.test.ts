import { findInText, outlineOf } from '@renderer/features/library/findInText';
import type { Span } from '@shared/model';
import { describe, expect, test } from 'vitest';

const text = '1 Notice\nA Notice is\n served. (a.b)\n2 Fee\nNo notice, no fee.';
const second = text.indexOf('2 Fee');
const spans: Span[] = [
  { kind: 'page', start: 0, end: second, label: '1', level: 0 },
  { kind: 'page', start: second, end: text.length, label: '2', level: 0 },
];
const headings: Span[] = [
  { kind: 'heading', start: second, end: text.length, label: '2 Fee', level: 2 },
  { kind: 'heading', start: 0, end: second, label: '1 Notice', level: 1 },
];

describe('find in a document', () => {
  test('matches stand with their page and words, case aside', () => {
    const places = findInText(text, spans, 'notice');
    expect(places.map(({ quote, page }) => [quote, page])).toEqual([
      ['Notice', 1],
      ['Notice', 1],
      ['notice', 2],
    ]);
    for (const { start, end, quote } of places) expect(text.slice(start, end)).toBe(quote);
  });
  test('words are found over the end of a line, signs as they are, and nothing for nothing', () => {
    expect(findInText(text, spans, 'is served')[0]?.quote).toBe('is\n served');
    expect(findInText(text, spans, '(a.b)')).toHaveLength(1);
    expect(findInText(text, spans, 'axb')).toEqual([]);
    expect(findInText(text, spans, '  ')).toEqual([]);
  });
});

describe('outline', () => {
  test('headings in order, with their depth and page; only their own words are marked', () => {
    const outline = outlineOf(text, [...spans, ...headings]);
    expect(outline.map(({ label, depth, place }) => [label, depth, place.page, place.quote])).toEqual([
      ['1 Notice', 0, 1, '1 Notice'],
      ['2 Fee', 1, 2, '2 Fee'],
    ]);
  });
  test('pages where there are no headings', () => {
    expect(outlineOf(text, spans).map(({ label, place }) => [label, place.quote])).toEqual([
      ['1', '1 Notice'],
      ['2', '2 Fee'],
    ]);
  });
});
