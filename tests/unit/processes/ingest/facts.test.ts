import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { utils, write } from '@e965/xlsx';
import type { ParsedDocument } from '@main/processes/ingest/api';
import { parseDocument } from '@main/processes/ingest/parseDocument';
import { authorOf, datedOf, honestTitle } from '@main/processes/ingest/parsers/facts';
import { describe, expect, it } from 'vitest';
import { makeDocx, paragraph } from '../../../support/makeDocx';
import { makeEpub } from '../../../support/makeEpub';
import { makePdf } from '../../../support/makePdf';
import { makePptx } from '../../../support/makePptx';
import { openDocument } from '../../../support/openDocument';
import { temporaryFolder } from '../../../support/temporaryFolder';

const parse = (name: string, content: string | Uint8Array): Promise<ParsedDocument> => {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, content);
  return parseDocument({ path, fileName: name });
};

const coreProperties = (title: string, author: string, modified = '2024-03-05T23:30:00Z'): string =>
  `<cp:coreProperties xmlns:cp="x" xmlns:dc="y" xmlns:dcterms="z"><dc:title>${title}</dc:title><dc:creator>${author}</dc:creator><dcterms:created>2019-01-02T00:00:00Z</dcterms:created><dcterms:modified>${modified}</dcterms:modified></cp:coreProperties>`;
const core = (...given: Parameters<typeof coreProperties>) => ({ 'docProps/core.xml': coreProperties(...given) });
const meta = {
  'meta.xml':
    '<office:document-meta xmlns:office="a" xmlns:dc="b" xmlns:meta="c"><office:meta><meta:initial-creator>Claire Morvan</meta:initial-creator><dc:creator>Windows User</dc:creator><dc:date>2023-11-30T08:00:00</dc:date><dc:title>Le bail du moulin</dc:title></office:meta></office:document-meta>',
};
const workbook = (type: 'xlsx' | 'xls'): Buffer => {
  const book = utils.book_new();
  utils.book_append_sheet(book, utils.aoa_to_sheet([['Rent'], [4210]]), 'Rents');
  book.Props = { Title: 'Rents of the mill', Author: 'Claire Morvan', CreatedDate: new Date('2024-02-03T12:00:00Z') };
  return write(book, { type: 'buffer', bookType: type });
};
const mail = [
  'From: "Claire Morvan" <claire@example.org>',
  'To: yann@example.org',
  'Date: Mon, 9 Mar 2026 23:05:00 +0100',
  'Subject: The lease',
  '',
  'The rent is due.',
  '',
].join('\r\n');

describe('the author, the date and the title that a file states', () => {
  it.each<[string, string | Uint8Array, Partial<ParsedDocument>]>([
    [
      'lease.pdf',
      makePdf(
        [[{ text: 'The tenant pays.' }]],
        "<< /Title (The lease of the mill) /Author (Claire Morvan) /CreationDate (D:20240305233000+01'00') >>",
      ),
      { title: 'The lease of the mill', author: 'Claire Morvan', dated: '2024-03-05' },
    ],
    [
      'lease.docx',
      makeDocx(paragraph('The tenant pays.'), {}, core('The lease', 'Claire Morvan')),
      { title: 'The lease', author: 'Claire Morvan', dated: '2024-03-05' },
    ],
    [
      'lease.pptx',
      makePptx([{ title: 'Rent', lines: ['The tenant pays.'] }], core('The lease', 'Claire Morvan')),
      { title: 'The lease', author: 'Claire Morvan', dated: '2024-03-05' },
    ],
    [
      'bail.odt',
      openDocument('text', '<text:p>Le locataire paie.</text:p>', meta),
      { title: 'Le bail du moulin', author: 'Claire Morvan', dated: '2023-11-30' },
    ],
    ['rents.xlsx', workbook('xlsx'), { title: 'Rents of the mill', author: 'Claire Morvan', dated: '2024-02-03' }],
    [
      'lease.rtf',
      "{\\rtf1\\ansi{\\info{\\title Le bail sign\\'e9}{\\author Yann Le Go\\u235?c}{\\creatim\\yr2022\\mo7\\dy4\\hr1}}The tenant pays.\\par}",
      { author: 'Yann Le Goëc', dated: '2022-07-04' },
    ],
    [
      'phare.epub',
      makeEpub(
        [{ title: 'One', html: '<p>The lamp is lit.</p>' }],
        '<dc:title>The lighthouse</dc:title><dc:creator>Anne Kervella</dc:creator><dc:creator>Yann Riou</dc:creator><dc:date>1987</dc:date>',
      ),
      { title: 'The lighthouse', author: 'Anne Kervella, Yann Riou', dated: '1987' },
    ],
    [
      'page.html',
      '<html><head><title>The mill</title><meta name="author" content="Claire Morvan"><meta property="article:published_time" content="2025-06-01T10:00:00+02:00"></head><body><p>The mill turns.</p></body></html>',
      { title: 'The mill', author: 'Claire Morvan', dated: '2025-06-01' },
    ],
    ['letter.eml', mail, { title: 'The lease', author: 'Claire Morvan', dated: '2026-03-09' }],
    [
      'note.md',
      '---\ntitle: "The mill: notes"\nauthors:\n  - Claire Morvan\n  - name: Yann Riou\ndate: 2024-05-17 10:00\n---\n\n# Another heading\n\nThe mill turns.\n',
      { title: 'The mill: notes', author: 'Claire Morvan, Yann Riou', dated: '2024-05-17' },
    ],
    ['year.md', '---\ndate: 2024\n---\n\n# The mill\n', { title: 'The mill', author: null, dated: '2024' }],
    ['broken.md', '---\ntitle: Mill\nauthor: x: y\n---\n\nThe mill turns.\n', { title: 'Mill', author: null, dated: null }],
    ['plain.txt', 'Author: nobody states it.', { title: null, author: null, dated: null }],
  ])('are read of %s', async (name, content, wanted) => {
    expect(await parse(name, content)).toMatchObject(wanted);
  });

  it('are none where a template, a program or an account gave them', async () => {
    const template = makeDocx(
      paragraph('The tenant pays.'),
      {},
      core('Paper Title (use style: paper title)', 'Windows User', '1980-01-01T00:00:00Z'),
    );
    expect(await parse('lease.docx', template)).toMatchObject({ title: null, author: null, dated: '2019-01-02' });
    const office = makePptx([{ title: 'Rent', lines: ['The tenant pays.'] }], core('PowerPoint Presentation', 'python-pptx'));
    expect(await parse('lease.pptx', office)).toMatchObject({ title: 'Rent', author: null });
  });

  it('do not keep a file from being read where its properties are damaged', async () => {
    const damaged = makeDocx(paragraph('The tenant pays.'), {}, { 'docProps/core.xml': '<cp:coreProperties><dc:creator>Claire' });
    expect((await parse('lease.docx', damaged)).text).toBe('The tenant pays.');
  });
});

describe('what is no fact', () => {
  it.each([
    'Paper Title (use style: paper title)',
    'Microsoft Word - lease.doc',
    'Untitled',
    'Sans titre 2',
    'Présentation PowerPoint',
    'Classeur1',
    'lease_final.docx',
    'Document 3',
    '12',
  ])('the title %s', (title) => {
    expect(honestTitle(title)).toBeNull();
  });
  it.each(['The lease', 'Untangled', 'Documents of the mill', 'Presentation of the accounts 2024', 'Ruches'])(
    'but %s is a title',
    (title) => {
      expect(honestTitle(title)).toBe(title);
    },
  );
  it.each([
    'user',
    'Windows User',
    'Utilisateur Windows',
    'admin',
    'Administrateur',
    'python-docx',
    'HP',
    'Hewlett-Packard Company',
    ' ',
    'https://example.org',
    7,
  ])('the author %s', (author) => {
    expect(authorOf(author)).toBeNull();
  });
  it('names each author once', () => {
    expect(authorOf('Claire  Morvan', 'user', 'Claire Morvan', 'Jean Userand')).toBe('Claire Morvan, Jean Userand');
  });
  it.each([
    ["D:20240305120000+01'00'", '2024-03-05'],
    ['D:2024', '2024'],
    ['20240305', '2024-03-05'],
    ['2024-13-05', '2024'],
    ['2024-02-31', '2024-02'],
    ['2024/3', '2024'],
    ['Tue, 5 Mar 2024 10:00:00 GMT', '2024-03-05'],
    ['1601-01-01T00:00:00Z', null],
    ['0001-01-01', null],
    ['9999', null],
    ['soon', null],
    ['1234567890', null],
  ])('of the date %s is taken %s', (stated, wanted) => {
    expect(datedOf(stated)).toBe(wanted);
  });
});
