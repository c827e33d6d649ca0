import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RecognisedPage } from '@main/processes/recognise/api';
import { createDirection } from '@main/processes/recognise/direction';
import { createPageImages } from '@main/processes/recognise/pageImage';
import { createReadPage } from '@main/processes/recognise/readPage';
import { createTesseract } from '@main/processes/recognise/tesseract';
import { linesBefore, turned } from '@main/processes/recognise/turns';
import type { RecognisedLines } from '@shared/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { putLanguageData } from '../../../support/languageData';
import { scan } from '../../../support/scannedPages';

describe('a turned picture', () => {
  const pgm = (width: number, height: number, pixels: number[]) => ({
    width,
    height,
    pgm: Buffer.concat([Buffer.from(`P5\n${width} ${height}\n255\n`, 'latin1'), Buffer.from(pixels)]),
  });
  const picture = pgm(3, 2, [1, 2, 3, 4, 5, 6]);

  it.each([
    [90, pgm(2, 3, [4, 1, 5, 2, 6, 3])],
    [180, pgm(3, 2, [6, 5, 4, 3, 2, 1])],
    [270, pgm(2, 3, [3, 6, 2, 5, 1, 4])],
  ] as const)('has its pixels where a turn by %i degrees brings them', (turn, wanted) => {
    expect(turned(picture, turn)).toEqual(wanted);
  });

  it.each([
    [90, [0.1, 0.6, 0.2, 0.9]],
    [180, [0.6, 0.8, 0.9, 0.9]],
    [270, [0.8, 0.1, 0.9, 0.4]],
  ] as const)('gives boxes at their places before the turn by %i degrees', (turn, wanted) => {
    // Found on the turned picture at 10 to 40 % of its width and 10 to 20 % of its height.
    const [line] = linesBefore([{ words: [{ text: 'a', box: [0.1, 0.1, 0.4, 0.2] }], ends: true }], turn);
    expect(line?.turn).toBe(turn);
    for (const [side, value] of (line?.words[0]?.box ?? []).entries()) expect(value).toBeCloseTo(wanted[side] as number);
  });
});

const text = ['Procès-verbal de la réunion du 12 février 2024', 'The heat pump will be delivered on 3 March 2024.'];
const small = { width: 1000, height: 260 };

describe('a page that does not lie upright', { timeout: 240_000 }, () => {
  let folder = '';
  let engines: { tesseract: ReturnType<typeof createTesseract>; direction: ReturnType<typeof createDirection> };
  const images = createPageImages();
  let reads = 0;
  let upright: RecognisedPage | undefined;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'emergence-'));
    const data = putLanguageData(folder);
    engines = { tesseract: createTesseract(data), direction: createDirection(data) };
  });
  afterAll(async () => {
    await engines.tesseract.close();
    await engines.direction.close();
    rmSync(folder, { recursive: true });
  });
  const read = async (bytes: Buffer) => {
    const path = join(folder, 'page.png');
    writeFileSync(path, bytes);
    reads = 0;
    const counted: typeof engines.tesseract.read = (...given) => {
      reads += 1;
      return engines.tesseract.read(...given);
    };
    const readPage = createReadPage({ tesseract: { read: counted }, direction: engines.direction });
    return readPage(await images.draw(path, 1), ['fra', 'eng'], () => {});
  };
  const textOf = (lines: RecognisedLines): string[] =>
    lines.map(({ words }) =>
      words
        .map((word) => word.text)
        .join(' ')
        .replaceAll("'", '’'),
    );

  it.each([
    // Where the middle of the first line lies on the page as it is shown.
    [90, 270, (x: number, y: number) => [1 - y, x]],
    [180, 180, (x: number, y: number) => [1 - x, 1 - y]],
    [270, 90, (x: number, y: number) => [y, 1 - x]],
  ] as const)('is read upright after a turn by %i degrees, its words marked where they are', async (lies, turn, shown) => {
    const { lines, confidence } = await read(scan(text, 'png', { ...small, lies }));
    expect(textOf(lines)).toEqual(text);
    expect(confidence).toBeGreaterThan(85);
    expect(lines.map((line) => line.turn)).toEqual([turn, turn]);
    upright ??= await read(scan(text, 'png', small));
    const middle = (all: RecognisedLines): [number, number] => {
      const [left, top, right, bottom] = all[0]?.words[2]?.box ?? [0, 0, 0, 0];
      return [(left + right) / 2, (top + bottom) / 2];
    };
    const wanted = shown(...middle(upright.lines));
    for (const [axis, value] of middle(lines).entries()) expect(value).toBeCloseTo(wanted[axis] as number, 2);
  });

  it('costs nothing where it lies upright, and stays as it was read where no direction is found', async () => {
    const { lines } = await read(scan(text, 'png', small));
    expect(lines[0]?.turn).toBeUndefined();
    expect(reads).toBe(1);
    expect(await read(scan([], 'png', small))).toMatchObject({ lines: [] });
    expect(reads).toBe(1);
  });
});
