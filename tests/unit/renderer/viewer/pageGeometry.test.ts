import { contentBox, placeAnnotation, placeItem, rangeBoxes } from '@renderer/viewer/pageGeometry';
import { findQuote, foldItems } from '@renderer/viewer/quoteMatch';
import { describe, expect, it } from 'vitest';

const line = (text: string, x: number, y: number, width: number) => ({ text, box: { x, y, width, height: 10 } });

describe('page geometry', () => {
  it('places upright text by its base line and turned text by its extent', () => {
    expect(placeItem('abc', [10, 0, 0, -10, 50, 100], 30).box).toEqual({ x: 50, y: 92.2, width: 30, height: 10 });
    const turned = placeItem('abc', [0, 10, 10, 0, 50, 100], 30).box;
    expect(turned.width).toBeCloseTo(10);
    expect(turned.height).toBeCloseTo(30);
  });
  it('marks part of the first and last item and joins the pieces of a line', () => {
    const items = [line('0123456789', 0, 0, 100), line(' ', 100, 0, 5), line('more', 105, 0, 40), line('second', 0, 14, 60)];
    expect(rangeBoxes(items, { startItem: 0, startOffset: 5, endItem: 3, endOffset: 2 })).toEqual([
      { x: 50, y: 0, width: 95, height: 10 },
      { x: 0, y: 14, width: 30, height: 10 },
    ]);
  });
  it('keeps columns apart', () => {
    const items = [line('left', 0, 0, 100), line('right', 300, 0, 100)];
    expect(rangeBoxes(items, { startItem: 0, startOffset: 0, endItem: 1, endOffset: 4 })).toHaveLength(2);
  });
  it('cuts margins down to the text, never too much, and not on pages without text', () => {
    const page = { width: 600, height: 800 };
    expect(contentBox([line('text', 80, 100, 440)], page)).toMatchObject({ x: 62, y: 82, width: 476 });
    expect(contentBox([line('text', 290, 400, 20)], page)).toMatchObject({ x: 96, width: 408 });
    expect(contentBox([], page)).toEqual({ x: 0, y: 0, width: 600, height: 800 });
  });
});

it('marks a passage of a remark or a value at its rectangle', () => {
  const toViewport = (x: number, y: number): number[] => [x, 842 - y];
  const remark = {
    subtype: 'Text',
    rect: [500, 600, 520, 620],
    contentsObj: { str: 'The railing is loose' },
    titleObj: { str: 'Maud Roy' },
  };
  const placed = placeAnnotation(remark, toViewport);
  const items = [placeItem('Lease of the barn', [11, 0, 0, -11, 60, 100], 90), ...(placed ? [placed] : [])];
  const range = findQuote(foldItems(items.map(({ text }) => text)), '[Maud Roy: The railing is loose]');
  expect(range && rangeBoxes(items, range)).toEqual([{ x: 500, y: 222, width: 20, height: 20 }]);
  expect(placeAnnotation({ subtype: 'Widget', rect: [0, 0, 10, 10], fieldValue: ['One cat', 'Dogs'] }, toViewport)?.text).toBe(
    'One cat Dogs',
  );
  expect(placeAnnotation({ subtype: 'Link', rect: [0, 0, 10, 10], contentsObj: { str: 'x' } }, toViewport)).toBeNull();
});
