import { findInText } from '@renderer/features/library/findInText';
import { pageOf, placeOfPage, type Span } from '@shared/model';
import { describe, expect, test } from 'vitest';

const text = '1 Notice\nA Notice is\n served. (a.b)\n2 Fee\nNo notice, no fee.';
const second = text.indexOf('2 Fee');
const spans: Span[] = [
  { kind: 'page', start: 0, end: second, label: '1', level: 0 },
  { kind: 'page', start: second, end: text.length, label: '2', level: 0 },
];
const whole = { text, start: 0, spans };
/** The second half, as it comes when a long text is loaded in stretches. */
const half = { text: text.slice(second), start: second, spans };

describe('find in a document', () => {
  test('returns matches with their page and words, ignoring case and accents', () => {
    const places = findInText(whole, 'nôtice');
    expect(places.map(({ quote, place }) => [quote, pageOf(place)])).toEqual([
      ['Notice', 1],
      ['Notice', 1],
      ['notice', 2],
    ]);
    for (const { start, end, quote } of places) expect(text.slice(start, end)).toBe(quote);
  });
  test('returns places of the whole text for a stretch', () => {
    expect(findInText(half, 'notice')).toEqual([
      { start: text.lastIndexOf('notice'), end: text.lastIndexOf('notice') + 6, quote: 'notice', place: placeOfPage(2) },
    ]);
    expect(findInText(whole, 'notice', 2)).toHaveLength(2);
  });
  test('finds words over the end of a line, signs as they are, and nothing for nothing', () => {
    expect(findInText(whole, 'is served')[0]?.quote).toBe('is\n served');
    expect(findInText(whole, '(a.b)')).toHaveLength(1);
    expect(findInText(whole, 'axb')).toEqual([]);
    expect(findInText(whole, '  ')).toEqual([]);
  });
});
