import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ParsedDocument } from '@main/processes/ingest/api';
import { parseDocument } from '@main/processes/ingest/parseDocument';
import { formats, pageOf } from '@shared/model';
import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { makePdf } from '../../../support/makePdf';
import { makeZip } from '../../../support/makeZip';
import { openDocument } from '../../../support/openDocument';
import { temporaryFolder } from '../../../support/temporaryFolder';

const parse = async (name: string, content: string | Uint8Array): Promise<ParsedDocument> => {
  const folder = temporaryFolder();
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'blob');
  writeFileSync(path, content);
  const document = await parseDocument({ path, fileName: name });
  expect(document.chunks.map(({ place }) => place.kind)).toEqual(document.chunks.map(() => formats[document.format].place));
  return document;
};
const labels = (document: ParsedDocument, kind: string): string[] =>
  document.spans.filter((span) => span.kind === kind).map((span) => `${span.level} ${span.label}`);
const texts = (document: ParsedDocument, kind: string): string[] =>
  document.spans.filter((span) => span.kind === kind).map((span) => document.text.slice(span.start, span.end));

const french =
  'La propriété est le droit de jouir et disposer des choses de la manière la plus absolue, pourvu qu’on n’en fasse pas un usage prohibé par les lois ou par les règlements. Où l’été s’achève, l’âme naïve reçoit ça.';

describe('text', () => {
  test.each(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252', 'macintosh'])('French in %s', async (encoding) => {
    const document = await parse('droit.txt', iconv.encode(french, encoding));
    expect(document).toMatchObject({ format: 'text', text: french, language: 'fr', pages: null });
  });
  test.each([
    ['shift_jis', '日本国民は、正当に選挙された国会における代表者を通じて行動し、われらとわれらの子孫のために、'],
    ['gb18030', '第一条 为了保障公民的合法权益，正确调整民事关系，根据宪法和我国实际情况，制定本法。'],
    ['windows-1251', 'Человек, его права и свободы являются высшей ценностью. Признание, соблюдение и защита прав.'],
  ])('%s', async (encoding, text) => {
    expect((await parse('a.txt', iconv.encode(text.repeat(3), encoding))).text).toBe(text.repeat(3));
  });
  test('removes stray NULs, soft hyphens and byte order marks, and unifies line ends', async () => {
    expect((await parse('a.txt', '\ufeffone\r\ntwo\rthree\u0000 pro\u00adprié\u200bté e\u0301te\u0301')).text).toBe(
      'one\ntwo\nthree propriété été',
    );
  });
  test('reads source code as it is written', async () => {
    expect(await parse('main.rs', 'fn main() {\n    println!("hi");\n}\n')).toMatchObject({ format: 'code', language: null });
  });
});

test('Markdown keeps its text and labels headings and tables', async () => {
  const source =
    '---\ntitle: "The title"\n---\n# One {#one}\n\nText.\n\n```\n# no heading\n```\n\nTwo\n---\n\n| a | b |\n|---|---|\n| 1 | 2 |\n';
  const document = await parse('a.md', source);
  expect(document).toMatchObject({ format: 'markdown', text: source, title: 'The title' });
  expect(labels(document, 'heading')).toEqual(['1 One', '2 Two']);
  expect(texts(document, 'table')).toEqual(['| a | b |\n|---|---|\n| 1 | 2 |']);
});

test('HTML gives headings, lists, tables and links, without scripts and navigation', async () => {
  const document = await parse(
    'page.html',
    `<!doctype html><title>A page</title><nav>menu</nav><script>alert(1)</script><h1>Head</h1><p>One <b>two</b>
     <a href="x">three</a>.<br>Next<ul><li>a<li>b</ul><table><tr><th>x<th>y<tr><td>1<td>2</table><style>p{}</style>`,
  );
  expect(document).toMatchObject({ format: 'html', title: 'A page', text: 'Head\n\nOne two three.\nNext\n\n- a\n- b\n\nx | y\n1 | 2' });
  expect(labels(document, 'heading')).toEqual(['1 Head']);
  expect(texts(document, 'table')).toEqual(['x | y\n1 | 2']);
});
test('reads HTML declared in another encoding than its real one', async () => {
  expect((await parse('a.html', `<html><meta charset="latin1"><p>${french}</html>`)).text).toBe(french);
  expect((await parse('a', iconv.encode(`<html><meta charset="windows-1252"><p>${french}</html>`, 'windows-1252'))).text).toBe(french);
});
test('reads elements nested ten thousand deep', async () => {
  expect((await parse('deep.html', `<html>${'<div>'.repeat(10_000)}core${'</div>'.repeat(10_000)}after</html>`)).text).toContain('core');
});

describe('PDF', () => {
  test('text by page with headings by size', async () => {
    const document = await parse(
      'a.pdf',
      makePdf([
        [{ text: 'Rules of the house', size: 20 }, { text: 'The first page speaks of doors and keys in words long enough to be a line.' }],
        [{ text: 'The second page speaks of windows.' }],
      ]),
    );
    expect(document).toMatchObject({ format: 'pdf', pages: 2, language: 'en' });
    expect(texts(document, 'page')).toEqual([
      'Rules of the house\n\nThe first page speaks of doors and keys in words long enough to be a line.',
      'The second page speaks of windows.',
    ]);
    expect(labels(document, 'heading')).toEqual(['1 Rules of the house']);
    expect(document.chunks.map(({ place }) => pageOf(place))).toEqual([1, 2]);
  });
  test('joins words divided at the end of a line', async () => {
    const lines = ['This line is about the constitu-', 'tional court and its long history of'].map((text) => ({ text }));
    expect((await parse('a.pdf', makePdf([lines]))).text).toBe('This line is about the constitutional court and its long history of');
  });
  test('skips and reports a damaged page', async () => {
    const page = (text: string) => [{ text }];
    const whole = makePdf([page('The first page speaks of doors.'), page('The second is damaged.'), page('The third speaks of windows.')]);
    const damaged = whole.toString('latin1').replace(/(7 0 obj[\s\S]*?\/Resources )<< /, '$1((x');
    const document = await parse('a.pdf', Buffer.from(damaged, 'latin1'));
    expect(document.pages).toBe(3);
    expect(document.unreadPages).toEqual([2]);
    expect(texts(document, 'page')).toEqual(['The first page speaks of doors.', 'The third speaks of windows.']);
    expect((await parse('a.pdf', whole)).unreadPages).toBeUndefined();
  });
  test('pages without text, and damaged files', async () => {
    await expect(parse('a.pdf', makePdf([[]]))).rejects.toMatchObject({ code: 'document.no_text_layer', details: { pages: 1 } });
    await expect(parse('a.pdf', '%PDF-1.7\nnothing more')).rejects.toMatchObject({ code: 'document.unreadable' });
    await expect(parse('a.pdf', new Uint8Array([0, 1, 2, 3, 4, 5, 6, 7]))).rejects.toMatchObject({ code: 'document.unreadable' });
  });
});

const docx = (body: string, more: Record<string, string | Buffer> = {}): Buffer =>
  makeZip({
    '[Content_Types].xml': `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`,
    '_rels/.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`,
    'word/document.xml': `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${body}</w:body></w:document>`,
    ...more,
  });
const paragraph = (text: string, style?: string): string =>
  `<w:p>${style ? `<w:pPr><w:pStyle w:val="${style}"/></w:pPr>` : ''}<w:r><w:t>${text}</w:t></w:r></w:p>`;

describe('DOCX', () => {
  test('headings and tables as rows', async () => {
    const table = `<w:tbl><w:tr><w:tc>${paragraph('Article')}</w:tc><w:tc>${paragraph('Prix')}</w:tc></w:tr><w:tr><w:tc>${paragraph('Pomme')}</w:tc><w:tc>${paragraph('2')}</w:tc></w:tr></w:tbl>`;
    const styles = `<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:style w:type="paragraph" w:styleId="Titre1"><w:name w:val="heading 1"/></w:style></w:styles>`;
    const document = await parse(
      'a.docx',
      docx(paragraph('Tarifs', 'Titre1') + paragraph('Voici.') + table, { 'word/styles.xml': styles }),
    );
    expect(document).toMatchObject({ format: 'docx', title: 'Tarifs', text: 'Tarifs\n\nVoici.\n\nArticle | Prix\nPomme | 2' });
    expect(texts(document, 'table')).toEqual(['Article | Prix\nPomme | 2']);
  });
  test('refuses a bomb before it is unpacked', async () => {
    const bomb = Buffer.alloc(300 * 1024 * 1024, 32);
    await expect(parse('a.docx', docx('', { 'word/footnotes.xml': bomb }))).rejects.toMatchObject({
      code: 'document.unsafe',
      details: { reason: 'ratio' },
    });
  });
  test('refuses a false declared size', async () => {
    const honest = docx(paragraph('x'), { 'word/styles.xml': Buffer.alloc(1024 * 1024, 'ab') });
    const lie = Buffer.from(honest);
    // The directory claims 100 bytes for a part of one megabyte.
    const name = lie.lastIndexOf('word/styles.xml');
    lie.writeUInt32LE(100, name - 46 + 24);
    await expect(parse('a.docx', lie)).rejects.toMatchObject({ code: 'document.unreadable' });
  });
  test('resolves no entities', async () => {
    const xml = `<!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/hostname">]><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&secret;</w:t></w:r></w:p></w:body></w:document>`;
    await expect(parse('a.docx', docx('', { 'word/document.xml': xml }))).rejects.toMatchObject({ code: 'document.unreadable' });
  });
});

describe('refused with its kind', () => {
  test.each([
    ['photo.txt', Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1'), 'image'],
    ['a.xps', makeZip({ '[Content_Types].xml': '', 'FixedDocSeq.fdseq': '<x/>', '_rels/.rels': '' }), 'archive'],
    ['a.docx', makeZip({ '[Content_Types].xml': '', 'xl/drawing.xml': '<x/>' }), 'spreadsheet'],
    ['a.odg', openDocument('drawing', ''), 'opendocument'],
    ['post.pst', '!BDN mailbox', 'mail'],
    ['a.bin', new Uint8Array(4096).map((_, index) => index % 7), 'binary'],
  ])('%s', async (name, content, kind) => {
    await expect(parse(name, content)).rejects.toMatchObject({ code: 'document.unsupported', details: { kind } });
  });
  test('empty and blank files', async () => {
    await expect(parse('a.txt', '')).rejects.toMatchObject({ code: 'document.empty' });
    await expect(parse('a.md', '   \n\t\n')).rejects.toMatchObject({ code: 'document.empty' });
  });
});

describe('reads or refuses hostile text without delay', () => {
  const many = (text: string, count: number): string => text.repeat(count);
  test.each([
    ['brackets', 'a.md', many('[', 50_000)],
    ['emphasis', 'a.md', many('*a_ ', 50_000)],
    ['quotes in quotes', 'a.md', `${many('>', 20_000)}x`],
    ['lists in lists', 'a.md', Array.from({ length: 1_000 }, (_, depth) => `${many(' ', depth * 2)}- x`).join('\n')],
    ['white space', 'a.html', `<html><pre>a${many(' ', 2_000_000)}b</pre>`],
    ['combining marks', 'a.txt', `a${many('\u0301', 300_000)}`],
    ['open signs', 'a.html', `<html>${many('<', 300_000)}`],
  ])('%s', async (_, name, content) => {
    expect((await parse(name, content)).chunks.length).toBeGreaterThan(0);
  });
  test('a page nested a million deep', async () => {
    await expect(parse('a.html', `<html>${many('<b>', 1_000_000)}x`)).rejects.toMatchObject({ code: 'document.unsafe' });
  });
  test('a Word document nested fifty thousand deep', async () => {
    const deep = many('<w:sdt><w:sdtContent>', 50_000) + paragraph('x') + many('</w:sdtContent></w:sdt>', 50_000);
    await expect(parse('a.docx', docx(deep))).rejects.toMatchObject({ code: 'document.unsafe', details: { reason: 'nesting' } });
  });
});

test.each([
  ['iframe.html', '<p>Before.</p><iframe src="x"/><p>The tide rises.</p>', 'Before.\n\nThe tide rises.'],
  ['nav.html', '<nav><a>Home</a><p>Before.</p><p>The tide rises.</p>', 'Home\n\nBefore.\n\nThe tide rises.'],
  ['cut.html', '<p>Before.</p><p>The tide rises.</p><script>let words = 1;', 'Before.\n\nThe tide rises.'],
  ['closed.html', '<nav>Menu</nav><p>Before.</p><iframe>no frames</iframe><p>The tide rises.</p>', 'Before.\n\nThe tide rises.'],
])('an element that is never closed does not swallow the rest of a page: %s', async (name, html, expected) => {
  expect((await parse(name, html)).text).toBe(expected);
});
