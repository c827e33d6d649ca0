import { readingsOf } from '@main/processes/ingest/readings';
import iconv from 'iconv-lite';
import { expect, it } from 'vitest';

it.each([
  ['windows-1250', 'Źródło leży za łąką.'],
  ['windows-1251', 'Человек, его права.'],
  ['koi8-r', 'Договор аренды мельницы.'],
  ['windows-1252', 'Le café est fermé à l’été.'],
  ['cp852', 'Młyn ma trzy koła, źródło też.'],
  ['macintosh', 'Le propriétaire répare la roue à ses frais.'],
  ['utf-8', 'Où est le moulin d’été ?'],
  ['shift_jis', '日本国民は、正当に選挙された'],
])('offers a text in %s among few readings', (encoding, text) => {
  const readings = readingsOf(iconv.encode(`Report of the year\n${text}\nIts end`, encoding));
  expect(readings.map((reading) => reading.text)).toContain(text);
  expect(readings.length).toBeLessThanOrEqual(8);
  expect(new Set(readings.map((reading) => reading.text)).size).toBe(readings.length);
});

it('shows the lines in which the letters differ, not the first ones', () => {
  const bytes = iconv.encode(`${'Plain words.\n'.repeat(50)}Źródło leży za łąką.\n`, 'windows-1250');
  expect(readingsOf(bytes)[0]?.text).toMatch(/le/);
  expect(readingsOf(bytes).every(({ text }) => !text.includes('Plain words'))).toBe(true);
});

it('offers plain text once', () => {
  expect(readingsOf(Buffer.from('Plain words, and no more.'))).toEqual([{ encoding: 'utf-8', text: 'Plain words, and no more.' }]);
});

it('offers readings also of bytes that are text in no encoding', () => {
  expect(readingsOf(Uint8Array.from({ length: 400 }, (_, at) => at % 256)).length).toBeGreaterThan(0);
});
