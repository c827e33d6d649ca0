import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RecognisedPage } from '@main/processes/recognise/api';
import { wordsOf } from '@main/processes/recognise/keepWords';
import { createPageImages } from '@main/processes/recognise/pageImage';
import { createTesseract } from '@main/processes/recognise/tesseract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { putLanguageData } from '../../../support/languageData';
import { makeScannedPdf, scan } from '../../../support/scannedPages';

const lines = [
  'Procès-verbal de la réunion du 12 février 2024',
  'Le maître d’œuvre a présenté l’état des façades côté sud.',
  'Les travaux coûteront 48 300 € hors taxes.',
  'The heat pump will be delivered on 3 March 2024.',
];
let folder = '';
let engine: ReturnType<typeof createTesseract>;
const images = createPageImages();
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'emergence-'));
  engine = createTesseract(putLanguageData(folder));
});
afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true });
});

const read = async (name: string, bytes: Buffer, page = 1): Promise<RecognisedPage> => {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return engine.read(await images.draw(path, page), ['fra', 'eng'], () => {});
};
const textOf = ({ lines: found }: RecognisedPage): string =>
  found
    .map(({ words }) => words.map(({ text }) => text).join(' '))
    .join('\n')
    .replaceAll("'", '’');
/** The share of the words that were found as they are written. */
const share = (page: RecognisedPage, wanted: readonly string[]): number => {
  const found = new Set(textOf(page).split(/\s+/));
  const words = wanted.join(' ').split(/\s+/);
  return words.filter((word) => found.has(word)).length / words.length;
};

describe('recognising text', { timeout: 120_000 }, () => {
  it('reads French accents and English on one page, and is sure of it', async () => {
    const page = await read('page.png', scan(lines, 'png'));
    expect(textOf(page)).toBe(lines.join('\n'));
    expect(page.confidence).toBeGreaterThan(80);
    expect(page.engine).toMatch(/^tesseract 5.*fra\+eng$/);
  });

  it('gives each word its box, in parts of the page', async () => {
    const page = await read('boxes.png', scan(lines, 'png'));
    const [left, top, right, bottom] = page.lines[0]?.words[0]?.box ?? [0, 0, 0, 0];
    expect(left).toBeCloseTo(0.08, 1);
    expect(top).toBeCloseTo(0.08, 1);
    expect(right).toBeGreaterThan(left);
    expect(bottom - top).toBeLessThan(0.06);
  });

  it.each([
    ['a page that lay askew', scan(lines, 'jpeg', { degrees: 1.5 }), 0.9],
    ['small letters of low resolution', scan(lines, 'webp', { size: 14, width: 620, height: 400 }), 0.8],
  ])('reads %s', async (name, bytes, least) => {
    expect(share(await read(name, bytes), lines)).toBeGreaterThanOrEqual(least);
  });

  it('draws the page of a PDF that is asked for, and keeps its paragraphs', async () => {
    const pdf = makeScannedPdf([{ scanned: ['The first page is about bees.'] }, { scanned: ['La seconde parle des ruches.'] }]);
    expect(textOf(await read('two.pdf', pdf, 2))).toBe('La seconde parle des ruches.');
    expect((await read('two.pdf', pdf, 1)).lines.at(-1)?.ends).toBe(true);
  });

  it('finds nothing on an empty page, and refuses a damaged picture', async () => {
    expect(await read('empty.png', scan([], 'png'))).toMatchObject({ lines: [], confidence: 0 });
    await expect(read('cut.jpg', scan(lines).subarray(0, 400))).rejects.toMatchObject({ code: 'document.unreadable' });
    await expect(read('none.txt', Buffer.from('No picture at all, only the words of a text.'))).rejects.toMatchObject({
      code: 'document.unreadable',
    });
  });
});

describe('the words of a page', () => {
  const word = (text: string, confidence: number) => ({ text, confidence, bbox: { x0: 10, y0: 10, x1: 20, y1: 30 } });
  const pageOf = (...paragraphs: ReturnType<typeof word>[][]) => paragraphs.map((words) => [words]);
  const size = { width: 100, height: 100 };

  it('are kept with their places, without stains, doubtful words and paragraphs of noise', () => {
    const found = wordsOf(pageOf([word('Roses', 90), word('|', 80), word('xq', 12)], [word('ZZ', 40), word('TT', 40)]), size);
    expect(found).toEqual({ lines: [{ words: [{ text: 'Roses', box: [0.1, 0.1, 0.2, 0.3] }], ends: true }], confidence: 90 });
  });

  it('are none where a picture only looks like short words', () => {
    expect(wordsOf(pageOf([word('TT', 90), word('TN', 80), word('/', 90)]), size)).toEqual({ lines: [], confidence: 0 });
    expect(wordsOf([], size)).toEqual({ lines: [], confidence: 0 });
  });
});
