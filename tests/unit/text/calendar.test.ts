import { evidenceOf } from '@main/knowledge/evidenceItems';
import { createMatcher } from '@main/processes/search/matches';
import { monthOf } from '@main/text/calendar';
import { romanValue } from '@main/text/romanValue';
import { expect, it } from 'vitest';

it('knows the months of both languages, whole and abbreviated', () => {
  expect(['march', 'mars', 'mar', 'juil', 'aout', 'sept', 'mai', 'marcher'].map(monthOf)).toEqual([3, 3, 3, 7, 8, 9, 5, undefined]);
});

it('reads Roman numbers', () => {
  expect(['IV', 'IX', 'XIV', 'XIX', 'XXI', 'XC', 'LXXX'].map(romanValue)).toEqual([4, 9, 14, 19, 21, 90, 80]);
});

it('reads a date alike in a question and a citation, with any abbreviation', () => {
  expect(evidenceOf('3 Apr 2024').words).toEqual(evidenceOf('le 3 avril 2024').words);
  expect(evidenceOf('the may of 3 mai').words).toContain('month5');
  expect(createMatcher(['2024-04-03'])('Signé le 3 avr. 2024.', 'fr')).not.toEqual([]);
});

it('reads number words alike in both, also ordinals beyond the twelfth', () => {
  expect(evidenceOf('the thirteenth clause').numbers).toEqual(evidenceOf('la clause treizieme').numbers);
  expect(evidenceOf('quatre-vingt-deux mille trois cents').numbers).toEqual([['82300']]);
});
