import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ParsedDocument } from '@main/processes/ingest/api';
import { parseDocument } from '@main/processes/ingest/parseDocument';
import { describe, expect, test } from 'vitest';
import { makeDocx, paragraph, run } from '../../../support/makeDocx';
import { temporaryFolder } from '../../../support/temporaryFolder';

const parse = async (...made: Parameters<typeof makeDocx>): Promise<ParsedDocument> => {
  const folder = temporaryFolder();
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'blob');
  writeFileSync(path, makeDocx(...made));
  return parseDocument({ path, fileName: 'a.docx' });
};
const lines = async (...made: Parameters<typeof makeDocx>): Promise<string[]> =>
  (await parse(...made)).text.split('\n').filter((line) => line !== '');

const level = (at: number, form: string, text: string, more = ''): string =>
  `<w:lvl w:ilvl="${at}"><w:start w:val="1"/><w:numFmt w:val="${form}"/>${more}<w:lvlText w:val="${text}"/></w:lvl>`;
const numbered = (at: number, list = 1): string => `<w:numPr><w:ilvl w:val="${at}"/><w:numId w:val="${list}"/></w:numPr>`;
const lists = (...levels: string[]) => ({
  'numbering.xml': {
    root: 'numbering',
    content: `<w:abstractNum w:abstractNumId="0">${levels.join('')}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>`,
  },
});

describe('automatic numbers', () => {
  test('of levels within levels, in letters and roman numbers', async () => {
    const found = await lines(
      [0, 1, 1, 2, 2, 0, 1, 3].map((at, index) => paragraph(`clause ${'abcdefgh'.charAt(index)}`, numbered(at))).join(''),
      lists(
        level(0, 'upperRoman', 'Title %1'),
        level(1, 'decimal', '%1.%2', '<w:isLgl/>'),
        level(2, 'lowerLetter', '(%3)'),
        level(3, 'decimal', '%2.%3.%4'),
      ),
    );
    expect(found).toEqual([
      'Title I clause a',
      '1.1 clause b',
      '1.2 clause c',
      '(a) clause d',
      '(b) clause e',
      'Title II clause f',
      '2.1 clause g',
      '1.a.1 clause h',
    ]);
  });
  test('lists of one definition count on, and begin anew where they say so', async () => {
    const body = [1, 1, 2, 3, 3].map((list, index) => paragraph(`step ${'abcde'.charAt(index)}`, numbered(0, list))).join('');
    expect(await lines(body, lists(level(0, 'decimal', '%1)')))).toEqual(['1) step a', '2) step b', '3) step c', '1) step d', '2) step e']);
  });
  test('of a style, with a heading as its label', async () => {
    const styles = {
      root: 'styles',
      content:
        '<w:style w:type="paragraph" w:styleId="T1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>',
    };
    const document = await parse(paragraph('Object', '<w:pStyle w:val="T1"/>') + paragraph('Term', '<w:pStyle w:val="T1"/>'), {
      ...lists(level(0, 'decimal', 'Article %1.', '<w:pStyle w:val="T1"/>')),
      'styles.xml': styles,
    });
    expect(document.spans.map(({ label }) => label)).toEqual(['Article 1. Object', 'Article 2. Term']);
  });
  test('a level that another one never lets begin again goes on; bullets stay a list', async () => {
    const body = [0, 1, 0, 1].map((at) => paragraph('x', numbered(at))).join('');
    const restart = '<w:lvlRestart w:val="0"/>';
    expect(await lines(body, lists(level(0, 'bullet', '•'), level(1, 'decimal', '%2.', restart)))).toEqual(['- x', '1. x', '- x', '2. x']);
  });
  test('a deleted paragraph has no number', async () => {
    const gone = `<w:p><w:pPr>${numbered(0)}<w:rPr><w:del w:id="1" w:author="A"/></w:rPr></w:pPr><w:del w:id="2"><w:r><w:delText>old</w:delText></w:r></w:del></w:p>`;
    expect(await lines(paragraph('one', numbered(0)) + gone + paragraph('two', numbered(0)), lists(level(0, 'decimal', '%1.')))).toEqual([
      '1. one',
      '2. two',
    ]);
  });
});

test('values of fields, of chosen entries and of wrapped runs', async () => {
  const list =
    '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="Red"/><w:listEntry w:val="Blue"/></w:ddList></w:ffData></w:fldChar></w:r><w:r><w:instrText> FORMDROPDOWN </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>';
  const body =
    paragraph(`${run('Total: ')}<w:fldSimple w:instr=" =SUM(ABOVE) ">${run('1 482 euros')}</w:fldSimple>`) +
    paragraph(`${run('Colour: ')}${list}`) +
    paragraph(`<w:bdo w:val="rtl">${run('turned')}</w:bdo>`);
  expect(await lines(body)).toEqual(['Total: 1 482 euros', 'Colour: Blue', 'turned']);
});

test('equations in one line', async () => {
  const r = (text: string): string => `<m:r><m:t>${text}</m:t></m:r>`;
  const fraction = `<m:f><m:num>${r('a+b')}</m:num><m:den>${r('2')}</m:den></m:f>`;
  const root = `<m:rad><m:radPr><m:degHide m:val="1"/></m:radPr><m:deg/><m:e>${r('x')}</m:e></m:rad>`;
  const sum = `<m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr><m:sub>${r('i=1')}</m:sub><m:sup>${r('n')}</m:sup><m:e>${r('i')}</m:e></m:nary>`;
  const equation = (content: string): string => `<m:oMathPara><m:oMath>${content}</m:oMath></m:oMathPara>`;
  expect(
    await lines(paragraph(run('Mean: ') + equation(fraction)) + paragraph(equation(`${r('y=')}${root}`)) + paragraph(equation(sum))),
  ).toEqual(['Mean: (a+b)/2', 'y=√(x)', '∑_(i=1)^n i']);
});

test('headers and footers stand once, at their section; comments have their author', async () => {
  const head = (text: string) => ({ root: 'hdr', content: paragraph(text) });
  const section = (id: string, foot: string): string =>
    `<w:sectPr><w:headerReference w:type="default" r:id="${id}"/><w:footerReference w:type="default" r:id="${foot}"/></w:sectPr>`;
  const body =
    paragraph(`${run('First.')}<w:r><w:commentReference w:id="0"/></w:r>`) +
    `<w:p><w:pPr>${section('rId1', 'rId3')}</w:pPr>${run('End of one.')}</w:p>` +
    paragraph('Second.') +
    section('rId2', 'rId3');
  expect(
    await lines(body, {
      'header1.xml': head('Dossier KX-2291'),
      'header2.xml': head('Annex'),
      'footer1.xml': { root: 'ftr', content: paragraph('Page 1 of 3') + paragraph('Confidential') },
      'comments.xml': { root: 'comments', content: `<w:comment w:id="0" w:author="Maud Roy">${paragraph('Check it.')}</w:comment>` },
    }),
  ).toEqual(['Dossier KX-2291', 'First. [Maud Roy: Check it.]', 'End of one.', 'Confidential', 'Annex', 'Second.']);
});

test('boxes ticked or not, and text boxes that only newer programs write', async () => {
  const box = (on: number): string =>
    `<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="${on}"/></w14:checkbox></w:sdtPr><w:sdtContent>${run('☐')}</w:sdtContent></w:sdt>`;
  const old = `<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:checked/></w:checkBox></w:ffData></w:fldChar></w:r><w:r><w:instrText> FORMCHECKBOX </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>`;
  const drawn = `<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx><w:txbxContent>${paragraph('In the box.')}</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback/></mc:AlternateContent></w:r>`;
  const body =
    paragraph(box(1) + run(' yes')) + paragraph(box(0) + run(' no')) + paragraph(old + run('old')) + paragraph(run('Around.') + drawn);
  expect(await lines(body)).toEqual(['[x] yes', '[ ] no', '[x] old', 'Around.', 'In the box.']);
});

test('merged cells keep the columns of a table, and so does a row that begins later', async () => {
  const cell = (text: string, properties = ''): string => `<w:tc><w:tcPr>${properties}</w:tcPr>${paragraph(text)}</w:tc>`;
  const row = (cells: string, properties = ''): string => `<w:tr>${properties}${cells}</w:tr>`;
  const table = `<w:tbl>${row(cell('Crop') + cell('2022') + cell('2023'))}${row(cell('Oats', '<w:vMerge w:val="restart"/>') + cell('7.1', '<w:gridSpan w:val="2"/>'))}${row(cell('', '<w:vMerge/>') + cell('8') + cell('9'))}${row(cell('late'), '<w:trPr><w:gridBefore w:val="2"/></w:trPr>')}</w:tbl>`;
  expect(await lines(table)).toEqual(['Crop | 2022 | 2023', 'Oats | 7.1', 'Oats | 8 | 9', '|  |  | late']);
});
