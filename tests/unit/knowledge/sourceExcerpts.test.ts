import { narrowTo } from '@main/knowledge/sourceExcerpts';
import type { Place, Source } from '@shared/model';
import { expect, test } from 'vitest';

/** A source of a sheet whose text begins at line `first` of the document. */
const sourceOf = (text: string, rows: [number, number], first: number): Source => ({
  versionId: 'v',
  documentId: 'd',
  title: 'book',
  start: 100,
  end: 100 + text.length,
  text,
  place: {
    kind: 'sheet',
    label: 'Ventes',
    from: rows[0],
    to: rows[1],
    headings: [],
    lines: { from: first, to: first + text.split('\n').length - 1 },
  },
  marker: 1,
  score: 1,
  scores: {},
});
const cut = (source: Source, words: string): Place => {
  const start = source.text.indexOf(words);
  return narrowTo(source, { start, end: start + words.length }).place;
};

test('an excerpt of a sheet names its own rows', () => {
  const source = sourceOf('a | 1\nb | 2\nc | 3', [41, 43], 90);
  expect(cut(source, 'b | 2')).toMatchObject({ from: 42, to: 42, lines: { from: 91, to: 91 } });
  expect(cut(source, 'b | 2\nc')).toMatchObject({ from: 42, to: 43 });
});

test('also below the name of the sheet, which is no row', () => {
  const source = sourceOf('Ventes\n\na | 1\nb | 2', [1, 2], 1);
  expect(cut(source, 'b | 2')).toMatchObject({ from: 2, to: 2 });
  expect(cut(source, 'Ventes')).toMatchObject({ from: 1, to: 1 });
});

test('and those of the whole source where empty rows were left out of it', () => {
  const source = sourceOf('a | 1\n\nb | 2', [4, 40], 8);
  expect(cut(source, 'b | 2')).toMatchObject({ from: 4, to: 40, lines: { from: 10, to: 10 } });
});
