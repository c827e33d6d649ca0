import { type PlacedItem, rangeBoxes, readingOf, readingOffset, readingScale } from '@renderer/viewer/pageGeometry';
import { expect, test } from 'vitest';

const line = (text: string, x: number, y: number, size = 10): PlacedItem => ({
  text,
  box: { x, y, width: text.length * size * 0.5, height: size },
});
const column = (x: number, lines: number, words: string, size = 10): PlacedItem[] =>
  Array.from({ length: lines }, (_, index) => line(words, x, 100 + index * size * 1.2, size));
const forty = 'forty signs of text in a column of them.';

test('reads a passage in its own column, not across the page', () => {
  const items = [line('A heading over both of the columns of this page', 60, 60, 18), ...column(60, 40, forty), ...column(300, 40, forty)];
  const left = readingOf(items, rangeBoxes(items, { startItem: 3, startOffset: 0, endItem: 5, endOffset: 39 }));
  expect(left).toMatchObject({ x: 60, width: 200, size: 10 });
  const right = readingOf(items, rangeBoxes(items, { startItem: 50, startOffset: 8, endItem: 51, endOffset: 20 }));
  expect(right).toMatchObject({ x: 300, width: 200, size: 10 });
  // The passage continues at the top of the next column, but is read where it begins.
  const both = readingOf(items, rangeBoxes(items, { startItem: 39, startOffset: 0, endItem: 43, endOffset: 39 }));
  expect(both).toMatchObject({ x: 60, width: 200, size: 10 });
});

test('reads a short line in the column of its neighbours, and ignores small signs for the size', () => {
  const items = [...column(60, 10, forty), line('short', 60, 230), line('1', 85, 228, 5)];
  const reading = readingOf(items, rangeBoxes(items, { startItem: 9, startOffset: 0, endItem: 11, endOffset: 0 }));
  expect(reading).toMatchObject({ x: 60, width: 200, size: 10 });
  expect(readingOf(items, [])).toBeNull();
});

test('takes the size of turned text from its letters, not from its lines', () => {
  const items = [0, 1, 2].map((index): PlacedItem => ({ text: forty, box: { x: 60 + index * 12, y: 100, width: 10, height: 200 } }));
  expect(
    readingOf(
      items,
      items.map(({ box }) => box),
    )?.size,
  ).toBe(10);
});

test.each([
  ['a column of 10 points in a narrow panel', 400, 595, { x: 60, width: 200, size: 10 }],
  ['a whole page of 11 points', 400, 487, { x: 18, width: 451, size: 11 }],
  ['tiny print', 400, 595, { x: 60, width: 220, size: 5 }],
  ['a slide', 400, 720, { x: 40, width: 600, size: 24 }],
  ['a wide window', 1_200, 487, { x: 18, width: 451, size: 11 }],
  ['small print over a whole page', 320, 595, { x: 40, width: 515, size: 6 }],
])('fits the lines of %s into the view, never smaller than the page fits', (_, view, page, reading) => {
  const scale = readingScale(view, page, reading);
  expect(scale).toBeGreaterThanOrEqual(view / page);
  const offset = readingOffset(view, scale, reading);
  const left = reading.x * scale - offset;
  expect(left).toBeGreaterThanOrEqual(0);
  expect(left + reading.width * scale).toBeLessThanOrEqual(view);
});

test('begins a column that the person has enlarged beyond the view at its left side', () => {
  const reading = { x: 60, width: 200, size: 10 };
  const offset = readingOffset(400, 3, reading);
  expect(reading.x * 3 - offset).toBeGreaterThanOrEqual(0);
  expect(reading.x * 3 - offset).toBeLessThan(20);
});

test('does not begin a passage at a page number that the file draws first', () => {
  const items = [line('17', 500, 780), ...column(60, 40, forty)];
  const marks = rangeBoxes(items, { startItem: 0, startOffset: 0, endItem: 6, endOffset: 39 });
  expect(readingOf(items, marks)).toMatchObject({ x: 60, y: 100, width: 200 });
});
