import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ParsedDocument } from '@main/processes/ingest/api';
import { parseDocument } from '@main/processes/ingest/parseDocument';
import { findQuote, foldItems } from '@renderer/viewer/quoteMatch';
import { describe, expect, test } from 'vitest';
import { pdfOf } from '../../../support/makePdf';
import { temporaryFolder } from '../../../support/temporaryFolder';

interface Page {
  content: string;
  annotations?: readonly string[];
  resources?: string;
}

/** A PDF of pages of raw content; `outline` names headings of the first page. */
const makePages = (pages: readonly Page[], outline?: string): Buffer => {
  const objects = ['', '', '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>'];
  const kids: number[] = [];
  for (const { content, annotations = [], resources = '' } of pages) {
    const stream = objects.push(`<< /Length ${content.length} >>\nstream\n${content}\nendstream`);
    const notes = annotations.map((body) => objects.push(`<< /Type /Annot /DA (/F1 11 Tf 0 g) /F 4 ${body} >>`));
    kids.push(
      objects.push(
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${stream} 0 R /Resources << /Font << /F1 3 0 R >> ${resources} >> /Annots [${notes.map((note) => `${note} 0 R`).join(' ')}] >>`,
      ),
    );
  }
  const entry =
    outline === undefined ? 0 : objects.push(`<< /Title (${outline}) /Dest [${kids[0]} 0 R /Fit] /Parent ${objects.length + 2} 0 R >>`);
  const root = entry && objects.push(`<< /First ${entry} 0 R /Last ${entry} 0 R /Count 1 >>`);
  objects[0] = `<< /Type /Catalog /Pages 2 0 R ${root ? `/Outlines ${root} 0 R` : ''} >>`;
  objects[1] = `<< /Type /Pages /Count ${kids.length} /Kids [${kids.map((kid) => `${kid} 0 R`).join(' ')}] >>`;
  return pdfOf(objects);
};
const at = (x: number, y: number, text: string, size = 11, turn = '1 0 0 1'): string =>
  `BT /F1 ${size} Tf ${turn} ${x} ${y} Tm (${text.replace(/[\\()]/g, '\\$&')}) Tj ET`;
const written = (lines: readonly string[]): Page => ({ content: lines.map((text, index) => at(60, 700 - index * 14, text)).join('\n') });
const picture: Page = { content: 'q 500 0 0 700 40 60 cm BI /W 1 /H 1 /BPC 8 /CS /G ID x EI Q' };

const parse = async (content: Buffer): Promise<ParsedDocument> => {
  const folder = temporaryFolder();
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'blob');
  writeFileSync(path, content);
  return parseDocument({ path, fileName: 'a.pdf' });
};
const textOf = async (...pages: Page[]): Promise<string> => (await parse(makePages(pages))).text;

describe('lines', () => {
  test('of words placed singly on a page that is turned are whole', async () => {
    const words = (x: number, text: string): string => {
      let y = 60;
      return text
        .split(' ')
        .map((word) => {
          const drawn = at(x, y, word, 11, '0 1 -1 0');
          y += word.length * 6 + 6;
          return drawn;
        })
        .join('\n');
    };
    const content = `${words(100, 'The harbour master of Paimpol keeps the ledger of every ship')}\n${words(116, 'that enters the basin between the first of May and Michaelmas.')}`;
    expect(await textOf({ content })).toBe(
      'The harbour master of Paimpol keeps the ledger of every ship that enters the basin between the first of May and Michaelmas.',
    );
  });
  test('keep the hyphens of words, numbers and codes at their end, and no others', async () => {
    const text = await textOf(
      written([
        'The report praised the equipment of the state-of-the-',
        'art workshop and thanked the very much well-',
        'known founder, whose work was altogether quite exem-',
        'plary; the semi-detached house was called a semi-',
        'detached one, and the order with the number AB-',
        '7781 was renewed, as the rendez-',
        'vous with the chef was, see www.mill.test/long-',
        'name for more about it and its very old ways',
      ]),
    );
    expect(text).toContain('state-of-the-art workshop');
    expect(text).toContain('well-known founder');
    expect(text).toContain('quite exemplary;');
    expect(text).toContain('a semi-detached one');
    expect(text).toContain('AB-7781 was');
    expect(text).toContain('rendez-vous');
    expect(text).toContain('/long-name for');
  });
  test('keep raised numbers apart, and close letters that stand apart', async () => {
    const content = [
      at(60, 700, 'The room has 15'),
      at(139, 704, '2', 7),
      at(152, 700, 'metres in all, as the plan says.'),
      at(60, 760, 'C O N T E N T S'),
    ].join('\n');
    const text = await textOf({ content });
    expect(text).toContain('15²');
    expect(text).toContain('CONTENTS');
  });
});

describe('tables', () => {
  const columns = [60, 180, 300];
  const table = (rows: readonly (readonly string[])[]): string =>
    rows.flatMap((row, line) => row.map((cell, index) => (cell === '' ? '' : at(columns[index] ?? 0, 700 - line * 16, cell)))).join('\n');

  test('are read by rows, and an empty cell leaves a trace', async () => {
    const rows = [
      ['Item', 'Spring', 'Autumn'],
      ['Barley', '14.2', '15.8'],
      ['Oats', '', '7.1'],
      ['Rye', '3.3', ''],
    ];
    const document = await parse(makePages([{ content: table(rows) }]));
    expect(document.text).toBe('Item | Spring | Autumn\nBarley | 14.2 | 15.8\nOats |  | 7.1\nRye | 3.3');
    expect(document.spans.find(({ kind }) => kind === 'table')?.label).toBe('Item | Spring | Autumn');
    expect(document.chunks[0]?.place.headings).toEqual(['Item | Spring | Autumn']);
  });
  test('are read by rows also where they are drawn column by column', async () => {
    const drawn = [
      ['Item', 'Barley', 'Oats', 'Rye'],
      ['2022', '14.2', '', '3.3'],
      ['2023', '15.8', '7.1', ''],
    ];
    const content = drawn
      .flatMap((cells, index) => cells.map((cell, line) => (cell === '' ? '' : at(columns[index] ?? 0, 700 - line * 16, cell))))
      .join('\n');
    expect(await textOf({ content })).toBe('Item | 2022 | 2023\nBarley | 14.2 | 15.8\nOats |  | 7.1\nRye | 3.3');
  });
  test('columns of prose that are drawn row by row are read one after the other', async () => {
    const left = ['The mill stands by the river since', 'the year of the great flood, when', 'the old bridge was carried away.'];
    const right = ['Its wheel was mended by the smith', 'of the village, who took no money', 'but asked for flour every winter.'];
    const content = left.map((text, line) => `${at(60, 700 - line * 14, text)}\n${at(300, 700 - line * 14, right[line] ?? '')}`).join('\n');
    expect((await textOf({ content })).replace(/\s+/g, ' ')).toBe([...left, ...right].join(' '));
  });
  test('an item and its number are no table', async () => {
    const content = ['Open the valve.', 'Wait an hour.', 'Close it.']
      .map((text, line) => `${at(60, 700 - line * 14, `${line + 1}.`)}\n${at(90, 700 - line * 14, text)}`)
      .join('\n');
    const document = await parse(makePages([{ content }]));
    expect(document.spans.filter(({ kind }) => kind === 'table')).toEqual([]);
  });
});

describe('pages', () => {
  test('that only show a picture are told, also where their number is printed on them', async () => {
    const scan = (number: number): Page => ({ content: `${picture.content}\n${at(280, 30, `- ${number} -`)}` });
    const cover = written(['Cover letter of the survey of the Sarzeau mill.']);
    expect((await parse(makePages([cover, picture, scan(3), { content: '' }]))).unreadPages).toEqual([2, 3]);
    await expect(parse(makePages([scan(1), scan(2)]))).rejects.toMatchObject({ code: 'document.no_text_layer' });
  });
  test('share a header, which stands in the text once; their places stay', async () => {
    const page = (number: number, text: string): Page => ({
      content: [at(60, 800, 'Yearly report of the mill'), at(60, 700, text), at(280, 30, `${number}`)].join('\n'),
    });
    const texts = ['Rye was ground.', 'Oats were ground.', 'Barley was ground.', 'Nothing was ground.'];
    const document = await parse(makePages(texts.map((text, index) => page(index + 1, text))));
    expect(document.text.split('Yearly report').length).toBe(2);
    expect(
      document.spans
        .filter(({ kind }) => kind === 'page')
        .map(({ start, end }) => document.text.slice(start, end))
        .slice(1),
    ).toEqual(texts.slice(1));
  });
  test('an entry of the outline makes a heading of its line, whatever its size', async () => {
    const content = [at(60, 700, '2 Duties of the miller'), at(60, 660, 'He keeps the weir in order and opens it at night.')].join('\n');
    const document = await parse(makePages([{ content }], 'Duties of the miller'));
    expect(document.spans.filter(({ kind }) => kind === 'heading').map(({ label, level }) => [label, level])).toEqual([
      ['2 Duties of the miller', 1],
    ]);
  });
});

describe('forms and remarks', () => {
  const page: Page = {
    content: [
      at(60, 700, 'Name of the tenant:'),
      at(60, 680, 'Pets allowed:'),
      at(90, 660, 'visits agreed'),
      at(90, 640, 'photographs agreed'),
    ].join('\n'),
    annotations: [
      '/Subtype /Widget /FT /Tx /T (tenant) /V (Odile Kervran) /Rect [200 695 400 712]',
      '/Subtype /Widget /FT /Ch /Ff 131072 /T (pets) /Opt [(No) (One cat)] /V (One cat) /Rect [200 675 400 692]',
      '/Subtype /Widget /FT /Btn /T (visits) /V /Yes /AS /Yes /AP << /N << /Yes 3 0 R /Off 3 0 R >> >> /Rect [70 658 82 670]',
      '/Subtype /Widget /FT /Btn /T (photos) /V /Off /AS /Off /AP << /N << /Yes 3 0 R /Off 3 0 R >> >> /Rect [70 638 82 650]',
      '/Subtype /Widget /FT /Tx /Ff 8192 /T (pin) /V (4711) /Rect [200 595 400 612]',
      '/Subtype /Text /T (Maud Roy) /Contents (The railing is loose) /Rect [500 600 520 620]',
      '/Subtype /Text /F 2 /Contents (nobody sees this) /Rect [500 600 520 620]',
    ],
  };
  test('values stand at their labels, boxes at their words, remarks with their author', async () => {
    const text = await textOf(page);
    for (const part of [
      'Name of the tenant: Odile Kervran',
      'Pets allowed: One cat',
      '[x] visits agreed',
      '[ ] photographs agreed',
      '[Maud Roy: The railing is loose]',
    ])
      expect(text).toContain(part);
    expect(text).not.toMatch(/4711|nobody sees/);
  });
  test('a passage with a value is still found among the words of the printed page', async () => {
    const text = await textOf(page);
    const printed = ['Name of the tenant:', 'Pets allowed:', 'visits agreed', 'photographs agreed'];
    const range = findQuote(foldItems(printed), text);
    expect(range).toMatchObject({ startItem: 0 });
  });
});
