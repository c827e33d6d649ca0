import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { RecognisedPage } from '@main/processes/recognise/api';
import { createDirection } from '@main/processes/recognise/direction';
import { createPaddle } from '@main/processes/recognise/paddle/paddle';
import { createPageImages } from '@main/processes/recognise/pageImage';
import { createReadPage } from '@main/processes/recognise/readPage';
import { createTesseract } from '@main/processes/recognise/tesseract';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { putLanguageData } from '../support/languageData';
import { makePage, type PageMaking, signsWrong } from '../support/madePages';

const french =
  'Procès-verbal de la réunion du 12 février 2024. Le maître d’œuvre a présenté l’état des façades côté sud : les travaux coûteront 48 300 € hors taxes, soit 57 960 € toutes taxes comprises. Où les pierres ont gelé, elles seront remplacées ; ailleurs, un enduit à la chaux suffira. Mme Lefèvre, gérante de l’hôtel, s’inquiète du bruit dès 7 h 30. Le naïf ambigu a reçu ça et là des garçons âgés.';
const english =
  'The heat pump will be delivered on 3 March 2024 and installed by the end of the week. Tenants must clear the cellar before Friday at 5:30 pm; anything left behind is removed at their expense (at least £45 a cubic metre). Invoice no. 2024-0317 was paid twice, so that $1,250.75 will be credited to account 60214. Please keep this letter with your lease.';

const clean: [string, string, PageMaking][] = [
  ['French, sans serif', french, { font: 'DejaVu Sans', size: 25 }],
  ['English, sans serif', english, { font: 'Liberation Sans', size: 21 }],
  ['French, serif', french, { font: 'Liberation Serif', size: 30 }],
  ['English, serif', english, { font: 'DejaVu Serif', size: 25 }],
  ['English, of one width', english, { font: 'Liberation Mono', size: 25 }],
];
const poor: [string, string, PageMaking][] = [
  ['French, blurred', french, { font: 'Liberation Serif', size: 25, blur: 2.2 }],
  ['English, blurred and askew', english, { font: 'Liberation Sans', size: 23, blur: 2, degrees: 1.5 }],
  ['French, pale and noisy', french, { font: 'DejaVu Sans', size: 23, ink: '#b0aca4', paper: '#d6d2c8', noise: 4, blur: 2 }],
  ['English, small and noisy', english, { font: 'Liberation Serif', size: 17, noise: 8, blur: 1.5 }],
];

const folder = mkdtempSync(join(tmpdir(), 'emergence-'));
const images = createPageImages();
let tesseract: ReturnType<typeof createTesseract>;
let direction: ReturnType<typeof createDirection>;
const paddle = createPaddle(resolve('resources/models/pp-ocrv6-small'));
beforeAll(() => {
  const data = putLanguageData(folder);
  tesseract = createTesseract(data);
  direction = createDirection(data);
});
afterAll(async () => {
  await Promise.all([tesseract.close(), direction.close(), paddle.close()]);
  rmSync(folder, { recursive: true });
});

const textOf = ({ lines }: RecognisedPage): string =>
  lines
    .flatMap(({ words }) => words)
    .map(({ text }) => text)
    .join(' ');

/** Reads pages and says what share of all their signs is wrong, and of each page. */
const read = async (pages: typeof clean, secondReader: boolean): Promise<{ share: number; said: string[] }> => {
  const readPage = createReadPage({ tesseract, direction, paddle: secondReader ? paddle : undefined });
  let [wrong, of] = [0, 0];
  const said: string[] = [];
  for (const [name, text, making] of pages) {
    const path = join(folder, 'page.png');
    writeFileSync(path, makePage(text, making).png);
    const page = await readPage(await images.draw(path, 1), ['fra', 'eng'], () => {});
    const errors = signsWrong(textOf(page), text);
    wrong += errors.wrong;
    of += errors.of;
    said.push(`${name}: ${((100 * errors.wrong) / errors.of).toFixed(1)} % (${page.confidence.toFixed(0)} % sure, ${page.engine})`);
  }
  return { share: wrong / of, said };
};
const print = (title: string, { share, said }: { share: number; said: string[] }): void =>
  console.info([`${title}: ${(100 * share).toFixed(2)} % of the signs wrong`, ...said].join('\n  '));

it('reads clean pages of several fonts and sizes with at most 2 % of the signs wrong', { timeout: 400_000 }, async () => {
  const found = await read(clean, true);
  print('Clean pages', found);
  expect(found.share).toBeLessThanOrEqual(0.02);
});

it('reads blurred, pale and noisy pages better with the second reader, at most 5 % wrong', { timeout: 600_000 }, async () => {
  const alone = await read(poor, false);
  print('Poor pages, Tesseract alone', alone);
  const both = await read(poor, true);
  print('Poor pages, with PP-OCRv6', both);
  expect(both.share).toBeLessThanOrEqual(0.05);
  expect(both.share).toBeLessThan(alone.share);
});
