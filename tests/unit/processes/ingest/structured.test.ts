import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ParsedDocument } from '@main/processes/ingest/api';
import { parseDocument } from '@main/processes/ingest/parseDocument';
import { placeWords } from '@shared/model';
import { afterAll, describe, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'emergence-structured-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const parse = (fileName: string, content: string): Promise<ParsedDocument> => {
  const path = join(folder, fileName);
  writeFileSync(path, content);
  return parseDocument({ path, fileName });
};
const labels = ({ spans }: ParsedDocument): string[] => spans.map(({ kind, level, label }) => `${kind} ${level} ${label}`);
const words = ({ chunks }: ParsedDocument): string[] => chunks.map(({ place }) => placeWords(place, 'en', 'card'));

describe('JSON', () => {
  test('is read as keys and values, its keys as headings, whatever its line breaks', async () => {
    const data = {
      mill: { name: 'Kerguen', rent: 4210, open: true, owner: null },
      wheels: [{ name: 'great', parts: ['axle', 'blade'] }, { by: 2 }],
      tags: [],
    };
    for (const content of [JSON.stringify(data), JSON.stringify(data, null, 4)]) {
      const document = await parse('mill.json', content);
      expect(document).toMatchObject({
        format: 'json',
        text: 'mill:\n  name: Kerguen\n  rent: 4210\n  open: true\n  owner: –\nwheels:\n  - 1\n    name: great\n    parts:\n      - axle\n      - blade\n  - 2\n    by: 2\ntags: –',
      });
      expect(labels(document)).toEqual(['scope 1 mill', 'scope 1 wheels', 'scope 2 1 great', 'scope 3 parts', 'scope 2 2']);
    }
  });
  test('long records become passages by their names', async () => {
    const notes = 'a remark of several words about this very client, so that a few of them fill a passage, '.repeat(6);
    const document = await parse(
      'clients.json',
      JSON.stringify({ clients: Array.from({ length: 4 }, (_, id) => ({ name: `Client ${id}`, notes })) }),
    );
    expect(words(document)[1]).toMatch(/^Lines 5–7, clients \/ 2 Client 1$/);
  });
  test('reads one value a line, comments, and keeps what is damaged', async () => {
    const lines = await parse('log.jsonl', '{"id":7,"text":"The mill stands."}\n{"id":8,"text":"It turns."}\n');
    expect(lines.text).toBe('- 1\n  id: 7\n  text: The mill stands.\n- 2\n  id: 8\n  text: It turns.');
    expect(labels(lines)).toEqual(['scope 1 1 7', 'scope 1 2 8']);
    expect((await parse('a.json', '{ // the rent\n "url": "http://x/*y*/", "rent": 3, }')).text).toBe('url: http://x/*y*/\nrent: 3');
    expect((await parse('b.json', '{ "rent": ')).text).toBe('{ "rent":');
    expect((await parse('deep.json', `${'['.repeat(50_000)}1${']'.repeat(50_000)}`)).text.length).toBeLessThan(5_000);
    expect((await parse('picture.json', JSON.stringify({ picture: 'QUJD'.repeat(5_000), name: 'mill' }))).text).toBe(
      'picture: …\nname: mill',
    );
  });
});

test('YAML keeps its text, its keys as headings with the comments above them', async () => {
  const text =
    '# Settings of the mill\nmill:\n  name: Kerguen\n  # By the month\n  rent:\n    amount: 4210\n    unit: euro\nsteps:\n  - name: open\n    gate: 1\n  - name: turn\n    by: 3\n';
  const document = await parse('mill.yml', text);
  expect(document).toMatchObject({ format: 'yaml', text });
  expect(labels(document)).toEqual(['scope 1 mill', 'scope 2 rent', 'scope 1 steps', 'scope 2 1 open', 'scope 2 2 turn']);
  const rent = document.spans[1];
  expect(text.slice(rent?.start, rent?.end)).toBe('  # By the month\n  rent:\n    amount: 4210\n    unit: euro');
  expect(
    (await parse('bomb.yaml', `a: &a [x,x]\n${Array.from({ length: 30 }, (_, at) => `k${at}: &k${at} [*a,*a,*a]`).join('\n')}`)).format,
  ).toBe('yaml');
  expect((await parse('broken.yaml', 'a: [1, 2\nb: }')).text).toBe('a: [1, 2\nb: }');
});

describe('XML', () => {
  test('is read as values under the names of its elements, without markup', async () => {
    const document = await parse(
      'catalogue.xml',
      `<?xml version="1.0" encoding="UTF-8"?><!-- c --><catalogue xmlns="urn:x"><book id="b1"><title>The mill</title><author>Ann Le Goff</author>
       <price unit="euro">12</price></book><book id="b2"><author>Yann</author><cover>${'QUJD'.repeat(300)}</cover></book></catalogue>`,
    );
    expect(document).toMatchObject({
      format: 'xml',
      text: 'catalogue\n\nThe mill\n\nauthor: Ann Le Goff\nprice (unit: euro): 12\n\nbook (id: b2)\n\nauthor: Yann\ncover: …',
    });
    expect(labels(document)).toEqual(['scope 1 catalogue', 'scope 2 The mill', 'scope 2 book (id: b2)']);
  });
  test('a text in XML is read as paragraphs under its titles, a feed with its pages as text', async () => {
    const book = await parse(
      'book.fb2',
      '<FictionBook><body><section><title><p>The wheel</p></title><p>The <emphasis>great</emphasis> wheel turns.</p><p>Short.</p></section></body></FictionBook>',
    );
    expect(book.text).toBe('FictionBook\n\nbody\n\nThe wheel\n\nThe great wheel turns.\n\nShort.');
    const feed = await parse(
      'news.rss',
      '<rss><channel><item><title>Open</title><description><![CDATA[<p>The mill is <b>open</b>.</p>]]></description></item></channel></rss>',
    );
    expect(feed.text).toContain('Open\n\ndescription: The mill is open.');
    expect((await parse('page.xml', '<html xmlns="http://www.w3.org/1999/xhtml"><body><p>A page.</p></body></html>')).format).toBe('html');
    expect((await parse('unknown.gpx2', '<?xml version="1.0"?><gpx><name>Way</name></gpx>')).format).toBe('xml');
  });
});

describe('subtitles', () => {
  const srt =
    '1\n00:00:01,000 --> 00:00:02,500\nThe <i>mill</i> of\n\n2\n00:00:02,600 --> 00:00:04,000\nKerguen stands.\n\n3\n00:00:04,100 --> 00:00:05,000\nIt turns.\n\n4\n00:12:03,000 --> 00:12:05,000\n- Who owns it?\n- Ann does.\n';
  test('SRT: cues are joined to sentences, each known by its time', async () => {
    const document = await parse('film.srt', srt);
    expect(document).toMatchObject({
      format: 'subtitles',
      text: 'The mill of Kerguen stands.\nIt turns.\n\n- Who owns it?\n\n- Ann does.',
    });
    expect(document.spans.map(({ kind, level }) => `${kind} ${level}`)).toEqual(['time 1000', 'time 4100', 'time 723000', 'time 723000']);
    expect(words(document)).toEqual(['From 0:01 to 12:03']);
  });
  test('VTT: keeps who speaks, leaves out notes, styles and lines that roll', async () => {
    const document = await parse(
      'talk.vtt',
      'WEBVTT\n\nNOTE a remark\n\nSTYLE\n::cue { color: red }\n\nintro\n00:01.000 --> 00:02.000 align:start\n<v Ann>The mill\n\n00:02.000 --> 00:03.000\n<v Ann>The mill\n<v Ann>is &amp; stays open.\n\n00:03.000 --> 00:04.000\n<v Yann>Good.\n',
    );
    expect(document.text).toBe('Ann: The mill is & stays open.\n\nYann: Good.');
  });
  test('a passage of a long film has its own time', async () => {
    const cue = (at: number): string =>
      `${at}\n00:${String(at).padStart(2, '0')}:00,000 --> 00:${String(at).padStart(2, '0')}:58,000\n${'The wheel of the mill turns slowly in the water of the river today '.repeat(3)}.\n`;
    const document = await parse('long.srt', Array.from({ length: 50 }, (_, at) => cue(at)).join('\n'));
    expect(words(document).slice(0, 2)).toEqual(['From 0:00 to 4:00', 'From 5:00 to 9:00']);
  });
});

test('a notebook is read cell by cell, texts and code and what it printed, without pictures', async () => {
  const document = await parse(
    'mill.ipynb',
    JSON.stringify({
      metadata: { language_info: { name: 'python' } },
      nbformat: 4,
      cells: [
        { cell_type: 'markdown', source: ['# The mill\n', '\n', 'It **turns**.'] },
        {
          cell_type: 'code',
          source: 'turn()',
          outputs: [{ text: ['\u001b[31m4210\u001b[0m\n'] }, { data: { 'image/png': 'QUJD'.repeat(900), 'text/plain': '<Figure>' } }],
        },
        { cell_type: 'code', source: '', outputs: [] },
        { cell_type: 'raw', source: 'end' },
      ],
    }),
  );
  expect(document).toMatchObject({
    format: 'notebook',
    title: 'The mill',
    text: '# The mill\n\nIt **turns**.\n\n```python\nturn()\n```\n\n```\n4210\n<Figure>\n```\n\nend',
  });
  expect(document.spans.map(({ kind, level, label }) => `${kind} ${level} ${label}`.trim())).toEqual([
    'cell 1',
    'heading 1 The mill',
    'cell 2',
    'cell 4',
  ]);
  expect(words(document)).toEqual(['Cells 1–4, The mill']);
  await expect(parse('broken.ipynb', '{"cells": 3}')).rejects.toMatchObject({ code: 'document.unreadable' });
});

describe('LaTeX', () => {
  const paper = [
    '\\documentclass[a4paper]{article}',
    '\\usepackage[utf8]{inputenc} % a remark',
    '\\title{The \\textbf{mill}}\\author{Ann Le Goff}',
    '\\newcommand{\\foo}[1]{bar #1}',
    '\\begin{document}',
    '\\maketitle',
    '\\section{The great wheel}\\label{sec:wheel}',
    "It turns \\emph{slowly} --- since l'\\'et\\'e, at 50\\,\\% of $a^2+b$, see \\cite{goff} and \\ref{sec:wheel}\\footnote{By hand.}.",
    '% a comment',
    'Gar\\c{c}on, \\"Uber, na\\"{\\i}f.',
    '',
    'A new paragraph.',
    '\\[ E = mc^2 \\]',
    '\\begin{itemize}\\item The axle \\item[Blade] of oak\\end{itemize}',
    '\\begin{equation}\\label{e} \\frac{x}{2} = 1 \\end{equation}',
    '\\begin{table}\\caption{The rents}\\begin{tabular}{ll}\\hline Place & Rent \\\\ Mill & 4210 \\\\\\end{tabular}\\end{table}',
    '\\subsection{Its parts}',
    '\\begin{verbatim}',
    'turn \\now',
    '\\end{verbatim}',
    '\\end{document}',
  ].join('\n');
  test('sections are headings, commands the text they print, equations as they are written', async () => {
    const document = await parse('mill.tex', paper);
    expect(document.text).toBe(
      [
        'The mill',
        'Ann Le Goff',
        'The great wheel',
        "It turns slowly — since l'été, at 50 % of $a^2+b$, see [goff] and [sec:wheel]. Garçon, Über, naïf.",
        'By hand.',
        'A new paragraph.',
        'E = mc^2',
        '- The axle',
        '- Blade: of oak',
        '\\frac{x}{2}= 1',
        'The rents',
        'Place | Rent\nMill | 4210',
        'Its parts',
        'turn \\now',
      ].join('\n\n'),
    );
    expect(labels(document)).toEqual(['heading 1 The mill', 'heading 2 The great wheel', 'table 0 Place | Rent', 'heading 3 Its parts']);
    expect(document).toMatchObject({ format: 'latex', title: 'The mill' });
  });
  test.each([
    ['\\section{', 1],
    ['\\begin{document} a', 1],
    ['$x', 1],
    ['\\begin{itemize} \\item', 1],
    ['}', 2_000],
    ['{', 2_000],
  ])('%j, %i times, ends in text or in a typed error', async (sign, times) => {
    const document = await parse('a.tex', `The mill. ${sign.repeat(times)}`).catch((error: { code: string }) => error);
    if ('code' in document) expect(document.code).toMatch(/^document\./);
    else expect(document.text).toContain('The mill.');
  });
});

test.each([
  ['a.org', '#+TITLE: Mill\n* The wheel :oak:\ntext\n** TODO Its parts\n', ['heading 1 The wheel', 'heading 2 Its parts']],
  [
    'a.rst',
    '=====\nMill\n=====\n\nThe wheel\n---------\ntext\n\nParts\n~~~~~\n',
    ['heading 1 Mill', 'heading 2 The wheel', 'heading 3 Parts'],
  ],
  ['a.adoc', '= Mill\n\n== The wheel ==\ntext\n', ['heading 1 Mill', 'heading 2 The wheel']],
])('%s keeps its text, its headings labelled', async (name, text, expected) => {
  const document = await parse(name, text);
  expect(document).toMatchObject({ format: 'outline', text });
  expect(labels(document)).toEqual(expected);
});
