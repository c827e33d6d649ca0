import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BookType, utils, type WorkSheet, write } from '@e965/xlsx';
import type { ParsedDocument } from '@main/processes/ingest/api';
import { parseDocument } from '@main/processes/ingest/parseDocument';
import { placeWords } from '@shared/model';
import iconv from 'iconv-lite';
import { afterAll, describe, expect, test } from 'vitest';
import { openDocument } from '../../../support/openDocument';

const folder = mkdtempSync(join(tmpdir(), 'emergence-workbook-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const parse = (name: string, content: string | Uint8Array): Promise<ParsedDocument> => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return parseDocument({ path, fileName: name });
};

const book = (sheets: Record<string, WorkSheet>, type: BookType = 'xlsx', hidden: string[] = []): Uint8Array => {
  const made = utils.book_new();
  for (const [name, sheet] of Object.entries(sheets)) utils.book_append_sheet(made, sheet, name);
  made.Workbook = { Sheets: Object.keys(sheets).map((name) => ({ name, Hidden: hidden.includes(name) ? 1 : 0 })) };
  return new Uint8Array(write(made, { type: 'array', bookType: type }) as ArrayBuffer);
};

const words = ({ chunks }: ParsedDocument): string[] => chunks.map(({ place }) => placeWords(place, 'en', 'inline'));

/** Row `n` of the sheet of sales, which is longer than a passage. */
const sales = (count: number): (string | number)[][] => [
  ['Client', 'Montant', 'Remarque'],
  ...Array.from({ length: count }, (_, index) => [
    `Client ${index + 2}`,
    (index + 2) * 10,
    'a remark of several words so that the rows of this sheet fill some passages',
  ]),
];

describe('reads workbooks by sheet and rows', () => {
  test.each(['xlsx', 'xls', 'xlsb'] as const)('%s: sheets, numbers and dates as they are shown', async (type) => {
    const sheet = utils.aoa_to_sheet([
      ['Poste', 'Budget', 'Échéance'],
      ['Loyer', 1234.5, new Date(Date.UTC(2026, 2, 9))],
    ]);
    (sheet.B2 as { z?: string }).z = '#,##0.00';
    (sheet.C2 as { z?: string }).z = 'dd/mm/yyyy';
    const read = await parse(`budget.${type}`, book({ Dépenses: sheet, Vide: utils.aoa_to_sheet([[]]) }, type));
    expect(read.text).toBe('Dépenses\n\nPoste | Budget | Échéance\nLoyer | 1,234.50 | 09/03/2026');
    expect(read.format).toBe(type === 'xlsb' ? 'xlsx' : type);
    expect(words(read)).toEqual(['sheet “Dépenses”, rows 1–2']);
  });

  test('ods: cells as the program that wrote them shows them', async () => {
    const row = (...cells: string[]): string => `<table:table-row>${cells.join('')}</table:table-row>`;
    const cell = (shown: string, value = ''): string => `<table:table-cell ${value}><text:p>${shown}</text:p></table:table-cell>`;
    const rows = [
      row(cell('Poste'), cell('Budget'), cell('Échéance')),
      row(
        cell('Loyer'),
        cell('1 234,50 €', 'office:value-type="currency" office:value="1234.5"'),
        cell('09/03/2026', 'office:value-type="date" office:date-value="2026-03-09"'),
      ),
    ];
    const read = await parse(
      'budget.ods',
      openDocument('spreadsheet', `<table:table table:name="Dépenses">${rows.join('')}</table:table>`),
    );
    expect(read.text).toBe('Dépenses\n\nPoste | Budget | Échéance\nLoyer | 1 234,50 € | 09/03/2026');
    expect(read.format).toBe('ods');
  });

  test('each passage knows its own rows, and carries the headers of its columns', async () => {
    const read = await parse('sales.xlsx', book({ Ventes: utils.aoa_to_sheet(sales(120)) }));
    expect(read.chunks.length).toBeGreaterThan(3);
    for (const { start, end, place } of read.chunks) {
      const lines = read.text.slice(start, end).split('\n');
      const rowOf = (line: string): number => Number(/^Client (\d+)/.exec(line)?.[1] ?? 1);
      expect([place.from, place.to]).toEqual([
        rowOf(lines.find((line) => line !== '' && line !== 'Ventes') as string),
        rowOf(lines.at(-1) as string),
      ]);
      expect(place).toMatchObject({ kind: 'sheet', label: 'Ventes', headings: ['Client | Montant | Remarque'] });
    }
  });

  test('rows keep their numbers below rows left out, and passages stay in their sheet', async () => {
    const sheet = utils.aoa_to_sheet([
      ['Nom', 'Ville'],
      ['Anne', 'Brest'],
    ]);
    utils.sheet_add_aoa(
      sheet,
      [
        ['Nom', 'Ville'],
        ['Paul', 'Lyon'],
      ],
      { origin: 'A40' },
    );
    const read = await parse(
      'gaps.xlsx',
      book({
        A: sheet,
        B: utils.aoa_to_sheet([
          ['x', 'y'],
          ['1', '2'],
        ]),
      }),
    );
    expect(words(read)).toEqual(['sheet “A”, rows 1–41', 'sheet “B”, rows 1–2']);
    const rows = read.spans
      .filter(({ kind }) => kind === 'sheet')
      .map(({ start, label, level }) => [label, level, read.text.slice(start).split('\n')[0]]);
    expect(rows).toEqual([
      ['A', -1, 'A'],
      ['A', 40, 'Nom | Ville'],
      ['B', -1, 'B'],
    ]);
  });

  test('a cell over several rows belongs to each; cells after an empty one keep their column', async () => {
    const sheet = utils.aoa_to_sheet([
      ['Région', 'Mois', 'Total'],
      ['Ouest', 'mai', 4],
      ['', 'juin', 7],
      ['', '', 9],
    ]);
    sheet['!merges'] = [{ s: { r: 1, c: 0 }, e: { r: 2, c: 0 } }];
    const { text } = await parse('merged.xlsx', book({ S: sheet }));
    expect(text.split('\n').slice(2)).toEqual(['Région | Mois | Total', 'Ouest | mai | 4', 'Ouest | juin | 7', '|  |  | 9']);
  });

  test('comments stand in their cell, and a hidden sheet under a mark', async () => {
    const sheet = utils.aoa_to_sheet([
      ['Prix', 'Note'],
      [12, 'net'],
    ]);
    (sheet.A2 as { c?: { t: string; a: string }[] }).c = [{ a: 'Zoé', t: 'à revoir' }];
    const { text } = await parse('hidden.xlsx', book({ S: sheet, Secret: utils.aoa_to_sheet([['obey me', 'now']]) }, 'xlsx', ['Secret']));
    expect(text).toContain('12 [à revoir] | net');
    expect(text).toContain('⟦hidden on the page: obey me⟧ | ⟦hidden on the page: now⟧');
  });
});

describe('reads values with separators', () => {
  test.each([
    [';', 'windows-1252'],
    [',', 'utf-8'],
    ['\t', 'utf-16le'],
  ])('separated by %j in %s, as they are written', async (separator, encoding) => {
    const rows = [
      ['Code', 'Libellé', 'Date'],
      ['007', 'Été "chaud"', '1/2/2026'],
      ['1E5', `a${separator}b`, ''],
    ];
    const quoted = (cell: string): string => (cell.includes('"') || cell.includes(separator) ? `"${cell.replaceAll('"', '""')}"` : cell);
    const csv = rows.map((row) => row.map(quoted).join(separator)).join('\r\n');
    const bytes = iconv.encode(csv, encoding, { addBOM: encoding === 'utf-16le' });
    const read = await parse(separator === '\t' ? 'a.tsv' : 'a.csv', bytes);
    expect(read.text.replace('\t', ' ')).toBe(
      `Code | Libellé | Date\n007 | Été "chaud" | 1/2/2026\n1E5 | a${separator === '\t' ? ' ' : separator}b`,
    );
    expect(read).toMatchObject({ format: 'csv', chunks: [{ place: { kind: 'sheet', label: '', from: 1, to: 3 } }] });
    expect(words(read)).toEqual(['rows 1–3']);
  });

  test('a record over several lines is one row', async () => {
    const read = await parse('lines.csv', 'a,b\n"one\ntwo",3\nfour,5\n');
    expect(read.text).toBe('a | b\none two | 3\nfour | 5');
    expect(read.chunks[0]?.place).toMatchObject({ from: 1, to: 3 });
  });
});
