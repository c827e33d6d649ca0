import { type Place, type PlaceForm, type PlaceKind, placeAmong, placeKinds, placeOfPage, placeWords } from '@shared/model';
import { describe, expect, it } from 'vitest';

const at = (kind: PlaceKind, from: number, to = from, label = '', headings: string[] = []): Place => ({ kind, label, from, to, headings });
const above = ['Book', 'Garden', 'Roses', 'Pruning'];
const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

/** Every kind of place, alone and as a range, with and without a name: its words in English and in French. */
const spots: [Place, string, string][] = [
  [at('page', 3), 'page 3', 'page 3'],
  [at('page', 3, 4), 'pages 3–4', 'pages 3 à 4'],
  [at('page', 3, 3, 'iv'), 'page iv', 'page iv'],
  [at('lines', 4), 'line 4', 'ligne 4'],
  [at('lines', 4, 9), 'lines 4–9', 'lignes 4 à 9'],
  [at('sheet', 2, 9, 'Budget'), 'sheet “Budget”, rows 2–9', 'feuille « Budget », lignes 2 à 9'],
  [at('sheet', 2, 2, 'Budget'), 'sheet “Budget”, row 2', 'feuille « Budget », ligne 2'],
  [at('sheet', 2), 'row 2', 'ligne 2'],
  [at('slide', 4), 'slide 4', 'diapositive 4'],
  [at('slide', 4, 5), 'slides 4–5', 'diapositives 4 à 5'],
  [at('slide', 4, 4, 'Results'), 'slide 4 “Results”', 'diapositive 4 « Results »'],
  [at('chapter', 12), 'chapter 12', 'chapitre 12'],
  [at('chapter', 12, 12, 'Loomings'), 'chapter “Loomings”', 'chapitre « Loomings »'],
  [at('part', 2), 'part 2', 'partie 2'],
  [at('part', 2, 2, 'budget.xlsx'), 'part “budget.xlsx”', 'partie « budget.xlsx »'],
  [at('cell', 3), 'cell 3', 'cellule 3'],
  [at('cell', 3, 5), 'cells 3–5', 'cellules 3 à 5'],
  [at('time', 5 * second), 'at 0:05', 'à 0:05'],
  [at('time', 62 * second, 70 * second), 'from 1:02 to 1:10', 'de 1:02 à 1:10'],
  [at('time', hour + 2 * minute, hour + 3 * minute + 9 * second), 'from 1:02:00 to 1:03:09', 'de 1:02:00 à 1:03:09'],
];

it('has words for every kind of place', () => {
  expect(new Set(spots.map(([{ kind }]) => kind))).toEqual(new Set(placeKinds));
});

it.each(spots)('%j is %s and %s', (place, english, french) => {
  expect(placeWords(place, 'en')).toBe(english);
  expect(placeWords(place, 'fr')).toBe(french);
  expect(placeWords(place, 'fr', 'alone')).toBe(french.charAt(0).toUpperCase() + french.slice(1));
});

/** The words that each screen, prompt and file had before there was one place for them. */
const forms: Record<PlaceForm, [Place, string, string][]> = {
  inline: [[at('lines', 4, 9, '', above), 'lines 4–9', 'lignes 4 à 9']],
  alone: [
    [at('page', 3, 4, '', above), 'Pages 3–4', 'Pages 3 à 4'],
    [at('lines', 4, 9, '', above), 'Lines 4–9', 'Lignes 4 à 9'],
  ],
  card: [
    [at('page', 3, 3, '', above), 'Page 3, Garden / Roses / Pruning', 'Page 3, Garden / Roses / Pruning'],
    [at('lines', 4), 'Line 4', 'Ligne 4'],
  ],
  list: [
    [at('page', 3, 3, '', above), 'p. 3, Pruning', 'p. 3, Pruning'],
    [at('lines', 4, 9, '', above), 'Lines 4–9, Pruning', 'Lignes 4 à 9, Pruning'],
    [at('page', 3), 'p. 3', 'p. 3'],
  ],
  prompt: [
    [at('page', 3, 3, '', above), 'Roses > Pruning > page 3', 'Roses > Pruning > page 3'],
    [at('page', 3, 4), 'page 3-4', 'page 3-4'],
    [at('lines', 4, 9, '', above), 'Roses > Pruning > lines 4-9', 'Roses > Pruning > lignes 4-9'],
    [at('lines', 4), 'lines 4', 'lignes 4'],
  ],
  file: [
    [at('page', 3, 3, '', above), 'p. 3', 'p. 3'],
    [at('lines', 4, 9, '', above), '4-9', '4-9'],
    [at('lines', 4), '4-4', '4-4'],
    [at('sheet', 2, 9, 'Budget'), 'sheet “Budget”, rows 2-9', 'feuille « Budget », lignes 2-9'],
  ],
};

describe.each(Object.entries(forms) as [PlaceForm, (typeof forms)[PlaceForm]][])('for the form %s', (form, cases) => {
  it.each(cases)('%j is %s and %s', (place, english, french) => {
    expect(placeWords(place, 'en', form)).toBe(english);
    expect(placeWords(place, 'fr', form)).toBe(french);
  });
});

it('says how many there are', () => {
  expect(placeAmong(placeOfPage(3), 12, 'en')).toBe('page 3 of 12');
  expect(placeAmong(placeOfPage(3), 12, 'fr')).toBe('page 3 sur 12');
});
