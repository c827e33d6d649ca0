import { loosePattern } from '@renderer/lib/loosePattern';
import { expect, test } from 'vitest';

const found = (query: string, text: string): string[] => [...text.matchAll(loosePattern(query) ?? /$^/g)].map(([match]) => match);

test('ignores accents and case on either side, also as combining marks', () => {
  expect(found('resume', 'Un RÉSUMÉ, deux résumés')).toEqual(['RÉSUMÉ', 'résumé']);
  expect(found('Élève', 'eleve ELÈVE e\u0301le\u0300ve')).toEqual(['eleve', 'ELÈVE', 'e\u0301le\u0300ve']);
  expect(found('Ångström', 'angstrom')).toEqual(['angstrom']);
});

test('finds words over two lines, and any kind of apostrophe, quote and hyphen', () => {
  expect(found('peer review', 'peer\n  review')).toEqual(['peer\n  review']);
  expect(found("l'article", 'l’article')).toEqual(['l’article']);
  expect(found('"so"', '“so”')).toEqual(['“so”']);
  expect(found('porte-clefs', 'porte‑clefs')).toEqual(['porte‑clefs']);
});

test('treats signs of patterns as plain signs, and finds other scripts', () => {
  for (const sign of ['.', '*', '+', '?', '^', '$', '{', '}', '(', ')', '|', '[', ']', '\\', '/', '-'])
    expect(found(`a${sign}b`, `a${sign}b axb`), sign).toEqual([`a${sign}b`]);
  expect(found('日本', '日本語')).toEqual(['日本']);
  expect(found('😀', 'a😀b')).toEqual(['😀']);
});

test('finds nothing for an empty query', () => {
  expect(loosePattern('  ')).toBeNull();
});
