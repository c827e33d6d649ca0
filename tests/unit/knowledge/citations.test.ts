import { citedPlaces, createInventionFilter, extractCitations, withoutUnknownCitations } from '@main/knowledge/citations';
import { placeOfLines, type Source } from '@shared/model';
import { describe, expect, it } from 'vitest';
import { seeded } from './seeded';

const source = (marker: number): Source => ({
  marker,
  versionId: `version-${marker}`,
  documentId: 'document',
  title: 'Title',
  start: 0,
  end: 4,
  text: 'text',
  place: placeOfLines({ from: 1, to: 1 }),
  score: 1,
  scores: {},
});

/** The filter over pieces, with sources 1 to `count`. */
const filtered = (pieces: string[], count: number): string => {
  const known = new Set(Array.from({ length: count }, (_, index) => index + 1));
  const filter = createInventionFilter({ known: () => known });
  return pieces.map((piece) => filter.push(piece)).join('') + filter.end();
};

const fragments = [
  '[',
  ']',
  '1',
  '2',
  '9',
  '[1]',
  '[9]',
  ' [3]',
  '[2, 9]',
  '[1-3]',
  ', ',
  ' ',
  'word',
  'a[0]',
  '[2024]',
  '\n',
  '\n\n',
  '.',
  '[[',
  '`x[7]`',
  '\n```\nv[8]\n```\n',
  'é',
  '😀',
  '$x$',
  '【1】',
];
const randomText = (random: () => number): string =>
  Array.from({ length: 1 + Math.floor(random() * 30) }, () => fragments[Math.floor(random() * fragments.length)]).join('');
const cut = (text: string, random: () => number): string[] => {
  const pieces: string[] = [];
  for (let at = 0; at < text.length; ) {
    const length = 1 + Math.floor(random() * 6);
    pieces.push(text.slice(at, at + length));
    at += length;
  }
  return pieces;
};

describe('the text of an answer', () => {
  it.each([
    'Water boils [1]. Ice melts [9].',
    'Keep the pressure in the interval [2, 5] bar.[1]',
    'Both [1, 9] and [9][1].',
    'A range [1-3] and [2–9], a scale [1-10].',
    'From [1] to [5], [1]-[7], [1] – [9] and [2] through [8].',
    'In 2024 [2024], a[0] and [x] and [ ].',
    'Code `a[1][7]` and\n```js\nb[1][8]\n```\nout [8].',
    'The matrix [[1,2],[3,4]], the cell m[1][7], the element a[1][9].',
    'Unfinished [1',
    'Unfinished [1][',
    'See [1](https://a.example)[9].',
    'With $a[1][7]$ and $$b[1][7]$$.',
    '  two  spaces  [1]  ',
    'Line [1]\n[7] next line.',
  ])('%j stays as written', (text) => {
    expect(filtered([text], 2)).toBe(text);
    expect(filtered([...text], 2)).toBe(text);
  });

  it.each([
    ['Two to five bar [1][7].', 'Two to five bar [1].'],
    ['Two to five bar [1] [7] [2][8].', 'Two to five bar [1] [2].'],
    ['Two to five bar.[1][7] Then rain [9].', 'Two to five bar.[1] Then rain [9].'],
    ['- Two to five bar [1][7]\n- Six [2][9]', '- Two to five bar [1]\n- Six [2]'],
    ['```\na[1][7]\n```\n\nSix bar [1][7]', '```\na[1][7]\n```\n\nSix bar [1]'],
  ])('%j loses the invented source behind a true one', (text, shown) => {
    expect(filtered([text], 2)).toBe(shown);
    expect(filtered([...text], 2)).toBe(shown);
  });

  it('is the same however it was cut, and loses only numbers behind a citation', () => {
    const random = seeded(20261121);
    for (let round = 0; round < 3_000; round += 1) {
      const text = randomText(random);
      const count = Math.floor(random() * 4);
      const whole = filtered([text], count);
      expect(filtered(cut(text, random), count)).toBe(whole);
      expect(whole.replaceAll(/ ?\[\d{1,3}\]/g, '')).toBe(text.replaceAll(/ ?\[\d{1,3}\]/g, ''));
      if (count === 0) expect(whole).toBe(text);
    }
  });

  it('takes no longer than reading it with thousands of invented numbers', () => {
    const answer = 'Words [1][7][9] and [2]. '.repeat(4_000);
    const timed = (run: () => unknown): number => {
      const started = performance.now();
      run();
      return performance.now() - started;
    };
    const reading = timed(() => citedPlaces(answer, [source(1), source(2)]));
    expect(timed(() => filtered([answer], 2))).toBeLessThan(10 * reading);
  });

  it('is continued as if it had never been interrupted', () => {
    const known = new Set([1]);
    for (const [before, after, shown] of [
      ['So far [1]', '[7].', '.'],
      ['```\nv[1]', '[7]', '[7]'],
    ] as const) {
      const filter = createInventionFilter({ known: () => known });
      filter.shown(before);
      expect(filter.push(after) + filter.end()).toBe(shown);
    }
  });
});

describe('citations', () => {
  it('are the sources that the text names, once each, by number', () => {
    const sources = [1, 2, 3, 4].map(source);
    expect(extractCitations('See [3], [1][3] and `[4]`, not [7].', sources).map(({ marker }) => marker)).toEqual([1, 3]);
    expect(extractCitations('Nothing cited.', sources)).toEqual([]);
  });

  it('are places of the text, one for each number', () => {
    const sources = [1, 2].map(source);
    expect(citedPlaces('Rain [1]. Snow [1, 2].', sources).map(({ source: { marker }, at }) => [marker, at.start, at.end])).toEqual([
      [1, 5, 8],
      [1, 15, 21],
      [2, 15, 21],
    ]);
  });

  it('of a summary are the known ones', () => {
    expect(withoutUnknownCitations('Rain [9] fell [1, 9] in the interval [2, 5] [8].', new Set([1]))).toBe(
      'Rain fell [1] in the interval [2, 5].',
    );
  });
});
