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
test('a source that knows where its stretches of rows begin gives an excerpt its own rows', () => {
  const source: Source = {
    ...sourceOf('Ventes\n\na | 1\n\nb | 2\nc | 3', [1, 41], 1),
    units: [
      { start: 100, from: -1 },
      { start: 115, from: 40 },
    ],
  };
  expect(cut(source, 'a | 1')).toMatchObject({ from: 1, to: 1 });
  expect(cut(source, 'b | 2')).toMatchObject({ from: 40, to: 40, lines: { from: 5, to: 5 } });
  expect(cut(source, 'a | 1\n\nb | 2')).toMatchObject({ from: 1, to: 40 });
});

test('an excerpt of a film names its own times, also when it is cut again', () => {
  const text = 'The mill stands.\nIt was sold.\nFor ninety crowns.';
  const source: Source = {
    ...sourceOf(text, [1_000, 9_000], 1),
    place: { kind: 'time', label: '', from: 1_000, to: 9_000, headings: [], lines: { from: 1, to: 3 } },
    units: [
      { start: 100, from: 1_000 },
      { start: 117, from: 5_000 },
      { start: 130, from: 9_000 },
    ],
  };
  expect(cut(source, 'It was sold.')).toMatchObject({ kind: 'time', from: 5_000, to: 5_000, lines: { from: 2, to: 2 } });
  const later = narrowTo(source, { start: 17, end: text.length });
  expect(later.place).toMatchObject({ from: 5_000, to: 9_000 });
  expect(cut(later, 'For ninety crowns.')).toMatchObject({ from: 9_000, to: 9_000 });
});
