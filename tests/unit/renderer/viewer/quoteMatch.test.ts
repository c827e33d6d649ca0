import { findQuote, foldItems } from '@renderer/viewer/quoteMatch';
import { describe, expect, it } from 'vitest';

const items = [
  'Article 14',
  ' ',
  'The Customer shall pay a fee equal to fif-',
  'teen per cent of the ﬁrst volume.',
  '',
  'Données générales à l’échéance.',
];

const found = (quote: string, near: number | null = null): string | null => {
  const range = findQuote(foldItems(items), quote, near);
  if (!range) return null;
  return items
    .slice(range.startItem, range.endItem + 1)
    .map((text, index) => {
      const item = range.startItem + index;
      return text.slice(item === range.startItem ? range.startOffset : 0, item === range.endItem ? range.endOffset + 1 : text.length);
    })
    .join('|');
};

describe('findQuote', () => {
  it('finds a quote over line breaks, hyphens and ligatures', () => {
    expect(found('a fee equal to fifteen per cent of the first volume')).toBe('a fee equal to fif-|teen per cent of the ﬁrst volume');
  });
  it('matches two letters that are printed as one, and maps them back', () => {
    const page = foldItems(['L’œuvre complète, straße']);
    expect(findQuote(page, 'oeuvre complete')).toMatchObject({ startOffset: 2, endOffset: 15 });
    expect(findQuote(page, 'strasse')).toMatchObject({ startOffset: 18, endOffset: 23 });
  });
  it('ignores spaces, case and accents', () => {
    expect(found('donnees  GÉNÉRALES\nà l’échéance')).toBe('Données générales à l’échéance');
  });
  it('takes the occurrence nearest to the expected place', () => {
    const page = foldItems(['repeat one', 'x'.repeat(100), 'repeat one']);
    expect(findQuote(page, 'repeat one', 0)?.startItem).toBe(0);
    expect(findQuote(page, 'repeat one', 0.95)?.startItem).toBe(2);
  });
  it('aligns a quote of which only a part is on the page', () => {
    const quote =
      'Somewhere else, on the page before this one, it began. The Customer shall pay a fee equal to fifteen per cent of the first volume.';
    expect(found(quote)).toContain('Customer shall pay a fee equal to fif-|teen per cent');
  });
  it('returns null for a quote that is not on the page', () => {
    expect(found('An entirely different sentence about the weather in spring.')).toBeNull();
    expect(found('  \n ')).toBeNull();
    expect(findQuote(foldItems([]), 'anything')).toBeNull();
  });
  it('stays fast on a page full of text', () => {
    const page = foldItems(Array.from({ length: 3000 }, (_, index) => `word${index} the same words again and again `));
    expect(findQuote(page, 'the same words again and again word2999 the same words', 0.9)?.startItem).toBe(2998);
  });
});
