import { createMarkerFilter, extractCitations } from '@main/knowledge/citations';
import type { Source } from '@shared/model';
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
  page: null,
  pageEnd: null,
  lineStart: 1,
  lineEnd: 1,
  headingPath: [],
  score: 1,
  scores: {},
});

/** The filter over pieces, with sources 1 to `count`. */
const filtered = (pieces: string[], count: number): string => {
  const filter = createMarkerFilter({ allows: (marker) => marker <= count });
  return pieces.map((piece) => filter.push(piece)).join('') + filter.end();
};

const fragments = [
  '[',
  ']',
  '1',
  '2',
  '9',
  '12',
  '[1]',
  '[9]',
  ' [3]',
  '[2, 9]',
  '[1-3]',
  '[',
  ', ',
  '-',
  ' ',
  'word',
  'a[0]',
  '[2024]',
  '\n',
  '.',
  '[9',
  '[[',
  '`x[7]`',
  '\n```\nv[8]\n```\n',
  'é',
  '😀',
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
/** Code replaced by a character that no marker contains. */
const withoutCode = (text: string): string =>
  text.replace(/^ {0,3}```[\s\S]*?(^ {0,3}```[^\n]*$|(?![\s\S]))/gm, '§').replace(/(`+)(?!`)[^\n]*?(?<!`)\1(?!`)/g, '§');

describe('markers without a source', () => {
  it.each([
    ['Water boils [1]. Ice melts [9].', 2, 'Water boils [1]. Ice melts.'],
    ['Both [1, 9] and [1][2][3].', 2, 'Both [1] and [1][2].'],
    ['A range [1-3] and [2–9].', 3, 'A range [1, 2, 3] and [2, 3].'],
    ['In 2024 [2024], a[0] and [x] and [ ].', 0, 'In 2024 [2024], a[0] and [x] and [ ].'],
    ['Code `a[7]` and\n```js\nb[8]\n```\nout [8].', 1, 'Code `a[7]` and\n```js\nb[8]\n```\nout.'],
    ['Nested [[9]8] brackets', 1, 'Nested [?8] brackets'],
    ['Unfinished [1', 1, 'Unfinished [1'],
    ['  two  spaces  [1]  ', 1, '  two  spaces  [1]  '],
  ])('%j with %i sources is shown as %j', (text, count, shown) => {
    expect(filtered([text], count)).toBe(shown);
    expect(filtered([...text], count)).toBe(shown);
  });

  it('never appear, wherever the text is cut, and nothing else is lost', () => {
    const random = seeded(20261121);
    for (let round = 0; round < 3_000; round += 1) {
      const text = randomText(random);
      const count = Math.floor(random() * 4);
      const whole = filtered([text], count);
      expect(filtered(cut(text, random), count)).toBe(whole);
      for (const [, inside = ''] of withoutCode(whole).matchAll(/\[( *\d{1,3}(?: *[,;–-] *\d{1,3})* *)\]/g))
        for (const number of inside.match(/\d+/g) ?? [])
          if (Number(number) >= 1) expect(Number(number), `${text} => ${whole}`).toBeLessThanOrEqual(count);
      expect(filtered([text], 999).replaceAll(/\[[\d, –-]*\]/g, '')).toBe(text.replaceAll(/\[[\d, –-]*\]/g, ''));
    }
  });

  it('drop half a marker when the text is cut and may go on', () => {
    const filter = createMarkerFilter({ allows: () => true });
    expect(filter.push('So far [1') + filter.end(true)).toBe('So far ');
  });
});

describe('citations', () => {
  it('are the sources that the text names, once each, by number', () => {
    const sources = [1, 2, 3, 4].map(source);
    expect(extractCitations('See [3], [1][3] and `[4]`, not [7].', sources).map(({ marker }) => marker)).toEqual([1, 3]);
    expect(extractCitations('Nothing cited.', sources)).toEqual([]);
  });
});
