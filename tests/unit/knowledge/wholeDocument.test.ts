import { groupNotes, splitParts } from '@main/knowledge/wholeDocument/documentParts';
import { citeByDocument, citedNumbers, renumber } from '@main/knowledge/wholeDocument/noteMarks';
import { tellingSentences } from '@main/knowledge/wholeDocument/tellingSentences';
import { type Place, placeOfPage, type Source } from '@shared/model';
import { describe, expect, it } from 'vitest';

let at = 0;
const sourceOf = (text: string, place: Place, marker = 1): Source => {
  const start = at;
  at += text.length + 1;
  return { versionId: 'v', documentId: 'd', title: 'Doc', start, end: start + text.length, text, place, score: 0, scores: {}, marker };
};
const passages = (places: Place[], tokens = 100) => places.map((place, index) => ({ source: sourceOf(`p${index}`, place), tokens }));
const textsOf = (parts: ReturnType<typeof splitParts>) => parts.map(({ sources }) => sources.map(({ text }) => text).join(' '));
const under = (...headings: string[]): Place => ({ ...placeOfPage(1), headings });

describe('the parts of a document', () => {
  it('hold all passages in their order, each part within its room', () => {
    const all = passages(Array.from({ length: 57 }, (_, page) => placeOfPage(page + 1)));
    const parts = splitParts(all, 650);
    expect(parts.flatMap(({ sources }) => sources)).toEqual(all.map(({ source }) => source));
    expect(parts.every(({ tokens }) => tokens <= 650)).toBe(true);
    expect(parts).toHaveLength(10);
  });

  it('end at the highest heading of their second half, else at a page, else where the room ends', () => {
    const chapters = passages([under('A', 'a'), under('A', 'a'), under('A', 'b'), under('B', 'c'), under('B', 'd'), under('B', 'd')]);
    expect(textsOf(splitParts(chapters, 500))).toEqual(['p0 p1 p2', 'p3 p4 p5']);
    const pages = passages([placeOfPage(1), placeOfPage(1), placeOfPage(1), placeOfPage(2), placeOfPage(2)]);
    expect(textsOf(splitParts(pages, 400))).toEqual(['p0 p1 p2', 'p3 p4']);
    const one = passages(Array.from({ length: 5 }, () => placeOfPage(1)));
    expect(textsOf(splitParts(one, 400))).toEqual(['p0 p1 p2 p3', 'p4']);
  });

  it('give a passage larger than the room a part of its own, and an empty document none', () => {
    const all = passages([placeOfPage(1), placeOfPage(2)], 900);
    expect(textsOf(splitParts(all, 500))).toEqual(['p0', 'p1']);
    expect(splitParts([], 500)).toEqual([]);
  });
});

describe('the levels of notes', () => {
  it('join neighbours until they fit, and say when nothing would be gained', () => {
    expect(groupNotes([100, 100, 100, 100, 100], 250)).toEqual([[0, 1], [2, 3], [4]]);
    expect(groupNotes([100], 250)).toEqual([[0]]);
    expect(groupNotes([200, 200], 250)).toBeNull();
    expect(groupNotes([300, 10], 250)).toBeNull();
  });
});

describe('the numbers of notes', () => {
  const sources = [sourceOf('The rent is 900 euros.', placeOfPage(3), 1), sourceOf('Cats are allowed [12].', placeOfPage(4), 2)];

  it('become those of the document, and a number of the text itself gets round brackets', () => {
    const note = '- The rent is 900 euros [1].\n- Cats are allowed, see [45].\n- Dogs are not [2].';
    expect(citeByDocument(note, sources, [], (marker) => 40 + marker)).toBe(
      '- The rent is 900 euros [41].\n- Cats are allowed, see (45).\n- Dogs are not [42].',
    );
  });

  it('are added where the program found the passage of a statement', () => {
    const note = '- The rent is 900 euros.\n- More.';
    const end = note.indexOf('.');
    const matched = [{ source: sources[0] as Source, at: { start: end, end } }];
    expect(citeByDocument(note, sources, matched, (marker) => marker + 6)).toBe('- The rent is 900 euros [7].\n- More.');
  });

  it('are gathered in their order and changed together', () => {
    expect(citedNumbers(['a [41] b [7]', 'c [41][300]'])).toEqual([7, 41, 300]);
    expect(renumber('a [41] b [7] c [9]', new Map([[41, 2], [7, 1]]))).toBe('a [2] b [1] c ');
  }); // biome-ignore format: a map
});

describe('the telling sentences of a document', () => {
  it('are quoted exactly, in the order of the document, from several chapters', async () => {
    const chapter = (name: string, ...sentences: string[]) => sourceOf(sentences.join(' '), under(name));
    const sources = [
      chapter('Rent', 'The tenant pays the rent of the flat each month.', 'The rent of the flat follows the index of rents.', 'The rent of the tenant is due on the first day.'),
      chapter('Pets', 'It rained.', 'The tenant may keep one cat in the flat without paying more rent.'),
      chapter('Colophon', 'Typeset by Somebody Else in an unrelated font during winter evenings.'),
    ]; // biome-ignore format: a table
    const told = await tellingSentences(sources, 3, new AbortController().signal);
    expect(told.map(({ marker }) => marker)).toEqual([1, 2, 3]);
    expect(told.map(({ start }) => start)).toEqual(told.map(({ start }) => start).toSorted((a, b) => a - b));
    for (const { text, start, end } of told) {
      const source = sources.find((one) => one.start <= start && one.end >= end) as Source;
      expect(source.text.slice(start - source.start, end - source.start)).toBe(text);
    }
    expect(told[0]?.place.headings[0]).toBe('Rent');
    expect(new Set(told.map(({ place }) => place.headings[0])).size).toBeGreaterThan(1);
    expect(told.map(({ text }) => text).join(' ')).not.toContain('It rained');
    expect(await tellingSentences([sourceOf('a | b | c', placeOfPage(1))], 3, new AbortController().signal)).toEqual([]);
  });
});
