import { htmlToText } from '@main/processes/ingest/parsers/htmlToText';
import { readMarkdown } from '@main/processes/ingest/parsers/markdown';
import { expect, test } from 'vitest';

/** Each of these took minutes when its reader's work grew with the square of the length: the test's own limit says so. */
const markdown = (text: string) =>
  readMarkdown({ bytes: Buffer.from(text), path: '', fileName: 'a.md', onProgress: () => {}, signal: new AbortController().signal });

test('a line of bars is no table', () => {
  expect(markdown(`${'|'.repeat(400_000)}\nplain words\n`).spans).toEqual([]);
  expect(markdown(`a | b\n|${' '.repeat(400_000)}x\n`).spans).toEqual([]);
});

test('tables are still seen', () => {
  for (const rule of ['|---|---|', '--- | ---', '| :-- | --: |'])
    expect(markdown(`| a | b |\n${rule}\n| 1 | 2 |\n`).spans).toMatchObject([{ kind: 'table' }]);
  expect(markdown('a | b\nc | d\n').spans).toEqual([]);
});

test('a cell of very many blocks keeps its words apart', () => {
  const { builder } = htmlToText(`<table><tr><td>${'<div>   x  </div>'.repeat(300_000)}</td><td>y</td></tr></table>`);
  expect(builder.build().text).toBe(`${'x '.repeat(300_000)}| y`);
});
