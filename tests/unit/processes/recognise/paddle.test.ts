import type { RecognisedPage } from '@main/processes/recognise/api';
import { linesOfMap } from '@main/processes/recognise/paddle/linesOfMap';
import { cutLine, type LineBox, scaledPage, withContrast } from '@main/processes/recognise/paddle/pixels';
import { goesOn, inReadingOrder } from '@main/processes/recognise/paddle/readingOrder';
import { classesOf, wordsOfOutput } from '@main/processes/recognise/paddle/spelling';
import { createReadPage } from '@main/processes/recognise/readPage';
import { describe, expect, it } from 'vitest';

describe('the lines on a map of likely text', () => {
  const mapOf = (width: number, height: number, isText: (x: number, y: number) => boolean) => ({
    width,
    height,
    values: Float32Array.from({ length: width * height }, (_, at) => (isText(at % width, Math.floor(at / width)) ? 0.9 : 0.01)),
  });

  it('are found with their places, grown beyond their kernels, without specks', () => {
    const lines = linesOfMap(
      mapOf(
        200,
        100,
        (x, y) => (x >= 20 && x < 180 && y >= 30 && y < 36) || (x >= 20 && x < 80 && y >= 60 && y < 66) || (x === 5 && y === 5),
      ),
    );
    expect(lines).toHaveLength(2);
    const [first, second] = lines;
    expect(first).toMatchObject({ x: 100, y: 33, angle: 0 });
    expect(first?.width).toBeGreaterThan(164);
    expect(first?.height).toBeGreaterThan(12);
    expect(second?.x).toBeCloseTo(50);
  });

  it('have the angle of a page that lay askew', () => {
    const [line] = linesOfMap(mapOf(300, 100, (x, y) => x >= 20 && x < 280 && Math.abs(y - 30 - x * 0.1) < 4));
    expect(line?.angle).toBeCloseTo(Math.atan(0.1), 2);
    expect(line?.y).toBeCloseTo(45, 0);
  });
});

describe('the pixels of a page', () => {
  const page = (width: number, height: number, grey: (x: number, y: number) => number) => ({
    width,
    height,
    pgm: Buffer.concat([
      Buffer.from(`P5\n${width} ${height}\n255\n`, 'latin1'),
      Buffer.from(Array.from({ length: width * height }, (_, at) => grey(at % width, Math.floor(at / width)))),
    ]),
  });

  it('become three equal planes from -1 to 1, each pixel the mean of those that it covers', () => {
    const planes = scaledPage(
      page(4, 2, (x) => (x < 2 ? 0 : 255)),
      2,
      1,
    );
    expect([...planes]).toEqual([-1, 1, -1, 1, -1, 1]);
  });

  it('of a pale page are spread over all greys, and those of any other stay', () => {
    const pale = page(100, 100, (x) => (x < 20 ? 176 : 214));
    expect([...new Set(withContrast(pale).pgm.subarray(-10_000))]).toEqual([0, 255]);
    const plain = page(100, 100, (x) => (x < 20 ? 10 : 240));
    expect(withContrast(plain)).toBe(plain);
    const empty = page(10, 10, () => 200);
    expect(withContrast(empty)).toBe(empty);
  });

  it('of a line that is askew are cut upright, the rest of the width empty', () => {
    // A dark band that falls by one in ten.
    const band = page(120, 60, (x, y) => (Math.abs(y - 20 - x / 10) < 4 ? 0 : 255));
    const line: LineBox = { x: 60, y: 26, width: 80, height: 20, angle: Math.atan(0.1) };
    const cut = cutLine(band, line, { width: 40, height: 10, padded: 50 });
    const row = (y: number): number[] => [...cut.slice(y * 50, y * 50 + 40)];
    expect(Math.max(...row(5))).toBeLessThan(-0.9);
    expect(Math.min(...row(0))).toBeGreaterThan(0.9);
    expect([...cut.slice(40, 50)]).toEqual(new Array(10).fill(0));
  });
});

describe('the order in which lines are read', () => {
  const line = (x: number, y: number, width = 200, height = 10): LineBox => ({ x, y, width, height, angle: 0 });
  const orderOf = (lines: readonly LineBox[]): string[] => inReadingOrder(lines).map(({ x, y }) => `${x},${y}`);

  it('is that of a title, then of columns of prose one after the other', () => {
    const [left, right] = [[40, 54, 68].map((y) => line(110, y)), [40, 54, 68].map((y) => line(340, y))];
    const title = line(225, 10, 300);
    expect(orderOf([...right, ...left, title])).toEqual(['225,10', '110,40', '110,54', '110,68', '340,40', '340,54', '340,68']);
  });

  it('is row by row where short labels stand beside their values', () => {
    const form = [20, 40, 60].flatMap((y) => [line(200, y + 1, 60), line(40, y, 50)]);
    expect(orderOf(form)).toEqual(['40,20', '200,21', '40,40', '200,41', '40,60', '200,61']);
  });

  it('divides paragraphs where a gap or another size of letters shows', () => {
    expect(goesOn(line(100, 10), line(100, 24))).toBe(true);
    expect(goesOn(line(100, 10), line(100, 40))).toBe(false);
    expect(goesOn(line(100, 10, 200, 24), line(100, 34))).toBe(false);
    expect(goesOn(line(100, 10), line(400, 24))).toBe(false);
  });
});

describe('the words of a line', () => {
  const classes = classesOf('a\né\n文');
  /** The output in which each column is sure of one class. */
  const output = (chosen: readonly number[], sure = 0.8): Float32Array =>
    Float32Array.from(chosen.flatMap((best) => classes.map((_, index) => (index === best ? sure : 0.05))));

  it('are spelled by the best class of each column, its repeats once', () => {
    expect(classes).toEqual(['', 'a', 'é', null, ' ']);
    const words = wordsOfOutput(output([0, 1, 1, 0, 1, 4, 2, 2, 0]), classes);
    expect(words).toMatchObject([
      { text: 'aa', from: 1, to: 5 },
      { text: 'é', from: 6, to: 8 },
    ]);
    expect(words[0]?.sure).toBeCloseTo(0.8);
    expect(wordsOfOutput(output([0, 0]), classes)).toEqual([]);
  });

  it('have Latin letters only, whatever the model would rather read', () => {
    const [column] = [Float32Array.from([0.01, 0.2, 0.1, 0.6, 0.02])];
    expect(wordsOfOutput(column as Float32Array, classes)).toMatchObject([{ text: 'a' }]);
  });
});

describe('a page that is read in several ways', () => {
  const page = (confidence: number, engine: string): RecognisedPage => ({
    lines: [{ words: [{ text: engine, box: [0.1, 0.1, 0.2, 0.2] }], ends: true }],
    confidence,
    engine,
  });
  const image = { width: 2, height: 1, pgm: Buffer.from('P5\n2 1\n255\nab', 'latin1') };
  const readBy = (asItLies: number, upright: number, second: number | null, turn: 90 | null) => {
    const asked: string[] = [];
    const read = createReadPage({
      tesseract: {
        read: async ({ height }) => {
          asked.push(height === 1 ? 'lies' : 'upright');
          return height === 1 ? page(asItLies, 'first') : page(upright, 'first');
        },
      },
      direction: { turnOf: async () => turn },
      ...(second !== null && {
        paddle: {
          read: async ({ height }) => {
            asked.push(height === 1 ? 'second' : 'second upright');
            return page(second, 'second');
          },
        },
      }),
    });
    return read(image, ['eng'], () => {}).then((best) => ({ engine: best.engine, turn: best.lines[0]?.turn, asked }));
  };

  it.each([
    ['one reading is enough where it is sure', [90, 0, 99, 90], 'first', undefined, ['lies']],
    ['the second reader is asked where the first is not sure', [70, 0, 95, null], 'second', undefined, ['lies', 'second']],
    ['the first one stays where the second is less sure', [84, 0, 60, null], 'first', undefined, ['lies', 'second']],
    ['nothing more is asked where a turn made it sure', [40, 92, 99, 90], 'first', 90, ['lies', 'upright']],
    ['the second reader gets the page upright', [40, 70, 95, 90], 'second', 90, ['lies', 'upright', 'second upright']],
    ['a turn that helps nobody is forgotten', [60, 30, 80, 90], 'second', undefined, ['lies', 'upright', 'second']],
    ['it works without a second reader', [60, 30, null, null], 'first', undefined, ['lies']],
  ] as const)('%s', async (_, [lies, upright, second, turn], engine, turned, asked) => {
    expect(await readBy(lies, upright, second, turn)).toEqual({ engine, turn: turned, asked });
  });
});
