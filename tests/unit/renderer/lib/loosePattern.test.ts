import { loosePattern } from '@renderer/lib/loosePattern';
import { expect, test } from 'vitest';

const found = (query: string, text: string): string[] => [...text.matchAll(loosePattern(query) ?? /$^/g)].map(([match]) => match);

test('accents and case are aside, whichever side has them, also as signs of their own', () => {
  expect(found('resume', 'Un RÉSUMÉ, deux résumés')).toEqual(['RÉSUMÉ', 'résumé']);
  expect(found('Élève', 'eleve ELÈVE e\u0301le\u0300ve')).toEqual(['eleve', 'ELÈVE', 'e\u0301le\u0300ve']);
  expect(found('Ångström', 'angstrom')).toEqual(['angstrom']);
});

test('words may stand on two lines; apostrophes, quotes and hyphens are found however they are printed', () => {
  expect(found('peer review', 'peer\n  review')).toEqual(['peer\n  review']);
  expect(found("l'article", 'l’article')).toEqual(['l’article']);
  expect(found('"so"', '“so”')).toEqual(['“so”']);
  expect(found('porte-clefs', 'porte‑clefs')).toEqual(['porte‑clefs']);
});

test('signs of patterns are only signs, and other scripts are found as they are', () => {
  for (const sign of ['.', '*', '+', '?', '^', '$', '{', '}', '(', ')', '|', '[', ']', '\\', '/', '-'])
    expect(found(`a${sign}b`, `a${sign}b axb`), sign).toEqual([`a${sign}b`]);
  expect(found('日本', '日本語')).toEqual(['日本']);
  expect(found('😀', 'a😀b')).toEqual(['😀']);
});

test('nothing is looked for where nothing is written', () => {
  expect(loosePattern('  ')).toBeNull();
});
