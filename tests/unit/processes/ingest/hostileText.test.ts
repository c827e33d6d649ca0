import { chunkText } from '@main/processes/ingest/chunkText';
import { cleanText } from '@main/processes/ingest/cleanText';
import { detectFormat } from '@main/processes/ingest/detectFormat';
import { htmlToText } from '@main/processes/ingest/parsers/htmlToText';
import { readMarkdown } from '@main/processes/ingest/parsers/markdown';
import { readPdf } from '@main/processes/ingest/parsers/pdf';
import { expect, test, vi } from 'vitest';
import { pdfOf } from '../../../support/makePdf';

// The bound on a page is proven by a smaller one: pdf.js takes ten seconds to draw 200,000 words.
vi.mock(import('@main/processes/ingest/limits'), async (original) => {
  const { limits } = await original();
  return { limits: { ...limits, piecesOfPage: 20_000 } as unknown as typeof limits };
});

/** Each of these took minutes when the reader's time grew with the square of the length; now the test's own limit catches that. */
const markdown = (text: string) =>
  readMarkdown({ bytes: Buffer.from(text), path: '', fileName: 'a.md', onProgress: () => {}, signal: new AbortController().signal });

test('a line of bars is no table', () => {
  expect(markdown(`${'|'.repeat(400_000)}\nplain words\n`).spans).toEqual([]);
  expect(markdown(`a | b\n|${' '.repeat(400_000)}x\n`).spans).toEqual([]);
});

test('still finds tables', () => {
  for (const rule of ['|---|---|', '--- | ---', '| :-- | --: |'])
    expect(markdown(`| a | b |\n${rule}\n| 1 | 2 |\n`).spans).toMatchObject([{ kind: 'table' }]);
  expect(markdown('a | b\nc | d\n').spans).toEqual([]);
});

test('keeps the words of a cell of very many blocks apart', () => {
  const { builder } = htmlToText(`<table><tr><td>${'<div>   x  </div>'.repeat(300_000)}</td><td>y</td></tr></table>`);
  expect(builder.build().text).toBe(`${'x '.repeat(300_000)}| y`);
});

test('flattens containers nested on one line, and reads a list as usual', () => {
  for (const mark of ['- ', '* ', '1. ', '> - '])
    expect(markdown(`${mark.repeat(20_000)}x\n\n# After\n`).spans).toMatchObject([{ label: 'After' }]);
  expect(markdown('- a\n  - b\n\n    # no heading of ours\n\n# After\n').spans).toMatchObject([{ label: 'After' }]);
});

test('reads masses of headings, lists, quotes and definitions, and finds the next heading', () => {
  const pieces = [
    'a\n=\n',
    'a\n-\n',
    '- - - - a\n',
    '1. a\n',
    '[a]: b\n',
    '***\n',
    '- a\n  - b\n    - c\n',
    '> a\nb\n',
    '| a | b |\n|---|---|\n',
  ];
  for (const piece of pieces) {
    const { spans } = markdown(`${piece.repeat(90_000 / piece.length)}\n\n# After\n`);
    expect(spans.at(-1)).toMatchObject({ kind: 'heading', label: 'After', level: 1 });
  }
});

test('keeps the places of headings and tables in lists, quotes and code', () => {
  const text =
    '# A &amp; *b* {#id}\n\n> ## Quoted\n\n- # in a list\n\n```\n# code\n```\n\nTitle\n===\n\n   ### c ###\n\n| x |\n|---|\n| 1 |\n';
  const { spans } = markdown(text);
  expect(spans.map(({ kind, label, level, start, end }) => [kind, label, level, text.slice(start, end)])).toEqual([
    ['heading', 'A & b', 1, '# A &amp; *b* {#id}'],
    ['heading', 'Quoted', 2, '## Quoted'],
    ['heading', 'Title', 1, 'Title\n==='],
    ['heading', 'c', 3, '### c ###'],
    ['table', '', 0, '| x |\n|---|\n| 1 |'],
  ]);
});

test('orders a million different marks on one letter in pieces, and composes ordinary text', () => {
  const marks = ['\u0301', '\u0323', '\u0327', '\u05b0'];
  const pile = `e${Array.from({ length: 1_000_000 }, (_, index) => marks[(index * 7 + (index >> 3)) % 4]).join('')}`;
  const cleaned = cleanText(`cafe\u0301 ${pile} e\u0301`);
  expect([cleaned.slice(0, 5), cleaned.at(-1)]).toEqual(['caf\u00e9 ', '\u00e9']);
  expect(cleaned.length).toBeGreaterThan(999_000);
});

test('takes a row of comments for no page, and one before a page for a page', () => {
  expect(detectFormat(Buffer.from(`${'<!---->'.repeat(140)}x`), 'a.txt')).toEqual({ format: 'text' });
  expect(detectFormat(Buffer.from('<?xml version="1.0"?><!-- a -- b --> <!--c--><!DOCTYPE html>'), 'a.txt')).toEqual({ format: 'html' });
});

test('divides a giant line with its line numbers', () => {
  const text = `first\n${'mot – '.repeat(500_000)}\n\nlast`;
  const chunks = chunkText(text, [], 'lines');
  expect(chunks.length).toBeGreaterThan(2_000);
  expect([chunks[0]?.place.from, chunks[1]?.place.from, chunks.at(-1)?.place.to]).toEqual([1, 2, 4]);
});

test('puts text far apart into separate passages', () => {
  const chunks = chunkText(`a${' '.repeat(2_000_000)}b${'\n'.repeat(2_000_000)}c`, [], 'lines');
  expect(chunks.map(({ start, end }) => end - start)).toEqual([1, 1, 1]);
});

test('reads a page with styles made to take time like any other', () => {
  const seen = '<p>Seen</p>';
  const pages = {
    points: `<p style="clip-path:polygon(${'0 0  '.repeat(60)}x)">Seen</p>`,
    digits: `<p style="position:absolute;left:${'1'.repeat(600_000)}!;opacity:${'1'.repeat(600_000)}!;font:${'1'.repeat(600_000)}!">Seen</p>`,
    'comments of a sheet': `<style>${'/*a'.repeat(160_000)}</style>${seen}`,
    'comments of a style': `<p style="color:red;${'/*a'.repeat(300_000)}">Seen</p>`,
    'open tags': `${seen}${'<style'.repeat(300_000)}`,
    'blanks in a selector': `<style>a${' '.repeat(450_000)}b{display:none}</style>${seen}`,
    'nested blocks': `${`<style>${'@media all{'.repeat(20_000)}${';'.repeat(250_000)}</style>`.repeat(4)}${seen}`,
    'nested rules': `<style>${'.a,.b{&&&'.repeat(40_000)}</style>${seen}`,
    alternatives: `<style>${':is(a,b)'.repeat(50_000)}{display:none}</style>${seen}`,
    'variables of variables': `<div style="${Array.from({ length: 20 }, (_, index) => `--a${index}:${`var(--a${index + 1})`.repeat(10)}`).join(';')}"><p style="color:var(--a0)">Seen</p></div>`,
    'long variables': `<div style="--a:${'x'.repeat(500_000)}"><p style="color:${'var(--a)'.repeat(20_000)}">Seen</p></div>`,
    'variables all the way down': `${Array.from({ length: 15_000 }, (_, index) => `<b style="--v${index}:1">`).join('')}Seen`,
  };
  for (const [name, html] of Object.entries(pages)) expect(htmlToText(html).builder.build().text, name).toBe('Seen');
});

test('reads rows and cells of blanks as quickly as others', () => {
  expect(htmlToText(`<table>${'<tr> '.repeat(400_000)}Seen</table>`).builder.build().text).toBe('Seen');
});

test('writes out a million invisible letters', () => {
  const { text } = htmlToText(`<p>a${'\u{E0041}'.repeat(1_000_000)}b</p>`).builder.build();
  expect(text.length).toBeGreaterThan(1_000_000);
  expect(text.endsWith('A⟧ b')).toBe(true);
});

test('refuses a PDF whose forms draw one another a hundred million times', async () => {
  const depth = 8;
  const stream = (dictionary: string, body: string): string => `<< ${dictionary} /Length ${body.length} >>\nstream\n${body}\nendstream`;
  const form = (index: number): string =>
    stream(
      `/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /Font << /F 3 0 R >> /XObject << /X ${index + 7} 0 R >> >>`,
      index + 1 < depth ? '/X Do '.repeat(10) : 'BT /F 12 Tf (word) Tj ET',
    );
  const bytes = pdfOf([
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Count 1 /Kids [5 0 R] >>',
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
    stream('', '/X Do '.repeat(10)),
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /XObject << /X 6 0 R >> >> >>',
    ...Array.from({ length: depth }, (_, index) => form(index)),
  ]);
  const input = { bytes: new Uint8Array(bytes), path: '', fileName: 'a.pdf', onProgress: () => {}, signal: new AbortController().signal };
  await expect(readPdf(input)).rejects.toMatchObject({ code: 'document.too_large', details: { page: 1 } });
}, 120_000);
