import { outlineOf } from '@main/knowledge/outline';
import { placeOfPage, type Span } from '@shared/model';
import { expect, test } from 'vitest';

const text = '1 Notice\nA Notice is\n served. (a.b)\n2 Fee\nNo notice, no fee.';
const second = text.indexOf('2 Fee');
const pages: Span[] = [
  { kind: 'page', start: 0, end: second, label: '1', level: 0 },
  { kind: 'page', start: second, end: text.length, label: '2', level: 0 },
];
const headings: Span[] = [
  { kind: 'heading', start: second, end: text.length, label: '2 Fee', level: 2 },
  { kind: 'heading', start: 0, end: second, label: '1 Notice', level: 1 },
];
const made = async (whole: string, spans: Span[]) => {
  const reads: [number, number][] = [];
  const entries = await outlineOf(spans, (start, end) => {
    reads.push([start, end]);
    return whole.slice(start, end);
  });
  return { reads, entries };
};

test('lists headings in the order of the text, each with its level, page and words', async () => {
  const { entries } = await made(text, [...pages, ...headings]);
  expect(entries.map(({ kind, label, level, at }) => [kind, label, level, at.place, at.quote])).toEqual([
    ['heading', '1 Notice', 1, placeOfPage(1), '1 Notice'],
    ['heading', '2 Fee', 2, placeOfPage(2), '2 Fee'],
  ]);
  for (const { at } of entries) expect(text.slice(at.start, at.end)).toBe(at.quote);
});

test('lists pages where there are no headings, each at its first words', async () => {
  const { entries } = await made(text, pages);
  expect(entries.map(({ kind, label, at }) => [kind, label, at.quote])).toEqual([
    ['page', '1', '1 Notice'],
    ['page', '2', '2 Fee'],
  ]);
  const blank = `\n \n${text}`;
  const moved = await made(blank, [{ kind: 'page', start: 0, end: blank.length, label: '1', level: 0 }]);
  expect(moved.entries[0]?.at).toMatchObject({ start: 3, quote: '1 Notice' });
});

test('lists nothing for a text with neither, and no place where there are no pages', async () => {
  expect((await made(text, [{ kind: 'table', start: 0, end: 9, label: '', level: 0 }])).entries).toEqual([]);
  expect((await made(text, headings)).entries.map(({ at }) => at.place)).toEqual([null, null]);
});

test('marks the words of a heading whose span covers its section, else the beginning', async () => {
  const whole = '   \n# Lamp\nIt was lit in 1849.';
  const spanOf = (label: string): Span => ({ kind: 'heading', start: 0, end: whole.length, label, level: 1 });
  expect((await made(whole, [spanOf('Lamp')])).entries[0]?.at).toMatchObject({ start: 6, end: 10, quote: 'Lamp' });
  expect((await made(whole, [spanOf('LAMP')])).entries[0]?.at).toMatchObject({ start: 0, quote: '   \n' });
});

test('reads a long text in windows around its headings only, each heading once', async () => {
  const places = [0, 499_800, 1_000_010, 1_000_400];
  const words = (index: number): string => `Heading ${index}`;
  const whole = places.reduce(
    (before, at, index) => before.slice(0, at) + words(index) + before.slice(at + words(index).length),
    'filling . '.repeat(125_000),
  );
  const spans = places.map((start, index): Span => ({ kind: 'heading', label: words(index), level: 1, start, end: start + 300 }));
  const { entries, reads } = await made(whole, [...spans, ...spans]);
  expect(entries.map(({ label, at }) => [label, at.start])).toEqual(places.map((start, index) => [words(index), start]));
  expect(reads).toHaveLength(3);
});

test('places a heading in its unit, and lists the units where there are no headings', async () => {
  const whole = 'Budget\n\nLoyer | 800';
  const sheet: Span = { kind: 'sheet', start: 0, end: whole.length, label: 'Budget', level: -1 };
  const place = { kind: 'sheet', label: 'Budget', from: 1, to: 1, headings: [] };
  const titled = await made(whole, [sheet, { kind: 'heading', start: 0, end: 6, label: 'Budget', level: 1 }]);
  expect(titled.entries).toMatchObject([{ kind: 'heading', label: 'Budget', at: { place } }]);
  expect((await made(whole, [sheet])).entries).toMatchObject([{ kind: 'page', label: 'Budget', at: { start: 0, place } }]);
});
