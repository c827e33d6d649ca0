import { pdfOfJpeg } from '@renderer/viewer/imagePdf';
import { rangeBoxes } from '@renderer/viewer/pageGeometry';
import { findQuote, foldItems } from '@renderer/viewer/quoteMatch';
import { placeWords } from '@renderer/viewer/recognisedWords';
import type { RecognisedLines } from '@shared/model';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { expect, it } from 'vitest';
import { scan } from '../../../support/scannedPages';

const lines: RecognisedLines = [
  {
    words: [
      { text: 'La', box: [0.1, 0.1, 0.15, 0.12] },
      { text: 'ruche', box: [0.17, 0.09, 0.3, 0.12] },
    ],
    ends: false,
  },
  { words: [{ text: 'd’avril', box: [0.1, 0.2, 0.25, 0.23] }], ends: true },
];
const page = { width: 500, height: 1000 };

it('places the words of a page, each as high as its line', () => {
  const [first, second, third] = placeWords(lines, page);
  expect(first).toMatchObject({ text: 'La', box: { x: 50, y: 90, height: 30 } });
  expect(first?.box.width).toBeCloseTo(25);
  expect([second?.box.y, second?.box.height]).toEqual([90, 30]);
  expect(third?.box.y).toBe(200);
  expect(placeWords([], page)).toEqual([]);
});

it('marks a passage by one box for each line, from its first word to its last', () => {
  const items = placeWords(lines, page);
  const range = findQuote(foldItems(items.map(({ text }) => text)), "la ruche d'avril");
  expect(range && rangeBoxes(items, range)).toEqual([
    { x: 50, y: 90, width: 100, height: 30 },
    { x: 50, y: 200, width: 75, height: 30 },
  ]);
});

it.each([
  [90, [0.2, 0.5, 0.24, 0.7], [0.19, 0.1, 0.23, 0.45], { x: 95, width: 25 }],
  [270, [0.2, 0.1, 0.24, 0.3], [0.19, 0.35, 0.23, 0.6], { x: 95, width: 25 }],
  [180, [0.5, 0.2, 0.7, 0.24], [0.1, 0.19, 0.45, 0.23], { y: 190, height: 50 }],
] as const)('marks the words of a line that is turned by %i degrees, each as high as the line', (turn, first, second, shared) => {
  const turned = [
    { text: 'La', box: [...first] },
    { text: 'ruche', box: [...second] },
  ] as RecognisedLines[number]['words'];
  const items = placeWords([{ words: turned, ends: true, turn }], page);
  const range = findQuote(foldItems(items.map(({ text }) => text)), 'la ruche');
  const marks = range ? rangeBoxes(items, range) : [];
  expect(marks).toHaveLength(2);
  for (const [index, mark] of marks.entries()) {
    for (const [side, value] of Object.entries(shared)) expect(mark[side as 'x']).toBeCloseTo(value);
    const [left, top, right, bottom] = turned[index]?.box ?? [0, 0, 0, 0];
    const along = turn === 180 ? [mark.x / page.width, mark.width / page.width] : [mark.y / page.height, mark.height / page.height];
    expect(along[0]).toBeCloseTo(turn === 180 ? left : top);
    expect(along[1]).toBeCloseTo(turn === 180 ? right - left : bottom - top);
  }
});

it('makes a PDF of one page of a picture, with its proportions', async () => {
  const jpeg = scan(['x'], 'jpeg', { width: 400, height: 200 });
  const task = getDocument({ data: pdfOfJpeg(new Uint8Array(jpeg), 400, 200) });
  const pdf = await task.promise;
  const { width, height } = (await pdf.getPage(1)).getViewport({ scale: 1 });
  expect([pdf.numPages, width, height]).toEqual([1, 842, 421]);
  await task.destroy();
});
