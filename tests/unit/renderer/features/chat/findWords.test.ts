import { wordsPattern } from '@renderer/features/chat/findWords';
import { expect, test } from 'vitest';

const found = (query: string, text: string): string[] => {
  const pattern = wordsPattern(query);
  return pattern ? [...text.matchAll(pattern)].map(([words]) => words) : [];
};

test('finds whole words, the last by its beginning, ignoring case and accents', () => {
  expect(found('THE light', 'The lighthouse, the light; other lights. Bathe light.')).toEqual(['The lighthouse', 'the light']);
  expect(found('ete', 'L\u2019été, l\u2019e\u0301te\u0301, etely, concrete')).toEqual(['été', 'e\u0301te\u0301', 'etely']);
});
test('accepts any signs between words in sequence', () => {
  expect(found('lamp oil', 'lamp-oil, lamp **oil**, lamp\noil, lamp and oil')).toEqual(['lamp-oil', 'lamp **oil', 'lamp\noil']);
});
test('takes no single Latin letter as the beginning of a word', () => {
  expect(found('plan b', 'Plan B, plan better, plan b!')).toEqual(['Plan B', 'plan b']);
});
test('finds nothing without a word', () => {
  expect([wordsPattern(''), wordsPattern(' .*+ ')]).toEqual([null, null]);
});
