import { longTable } from '@renderer/ui/markdown/longTable';
import { splitBlocks, toPieces } from '@renderer/ui/markdown/splitBlocks';
import { describe, expect, test } from 'vitest';

describe('splitBlocks', () => {
  const sample = [
    'A paragraph\nof two lines.',
    '## Heading\nText below.',
    '- one\n\n- two\n\n  more of two\n\n- three',
    '```ts\nconst a = 1;\n\nconst b = 2;\n```',
    'Then | a | b\n--|--\n1 | 2',
    '1. first\n\n2. second',
    'End.',
  ];

  test('cuts at blank lines, but not inside code or a list', () => {
    expect(splitBlocks(sample.join('\n\n')).map((block) => block.trim())).toEqual(sample);
  });

  test('joins to the text again, and keeps earlier pieces while text comes', () => {
    const text = sample.join('\n\n');
    let before: string[] = [];
    for (let length = 1; length <= text.length; length += 1) {
      const blocks = splitBlocks(text.slice(0, length));
      expect(blocks.join('')).toBe(text.slice(0, length));
      expect(blocks.slice(0, Math.max(0, before.length - 1))).toEqual(before.slice(0, -1));
      before = blocks;
    }
  });

  test('a fence inside a longer fence does not end it', () => {
    const text = '````md\n```\n\ncode\n```\n````\n\nafter';
    expect(splitBlocks(text)).toEqual(['````md\n```\n\ncode\n```\n````\n\n', 'after']);
  });

  test('keeps indented code in one piece; backticks within a line open no fence', () => {
    expect(splitBlocks('Text\n\n    one\n\n    two\n\nafter')).toEqual(['Text\n\n    one\n\n    two\n\n', 'after']);
    expect(splitBlocks('```code``` in a line\n\nafter')).toEqual(['```code``` in a line\n\n', 'after']);
  });

  test('makes no pieces of no text', () => expect(splitBlocks('')).toEqual([]));
});

describe('long lists and tables', () => {
  const item = (index: number): string => `- item ${index} ${'x'.repeat(60)}\n  goes on\n  - below\n`;
  test('cuts a long list before an item of its own level, and only there', () => {
    const text = Array.from({ length: 80 }, (_, index) => item(index)).join('');
    const blocks = splitBlocks(text);
    expect(blocks.length).toBeGreaterThan(2);
    expect(blocks.join('')).toBe(text);
    for (const block of blocks) expect(block).toMatch(/^- item \d+/);
  });
  test('continues the numbers of a list that was cut, also where every item is written as 1.', () => {
    const text = Array.from({ length: 60 }, (_, index) => `1. step ${index} ${'x'.repeat(60)}\n   1. within\n`).join('');
    const { pieces } = toPieces(text);
    const counted = pieces.map((piece) => [
      piece.listStart ?? Number(/^\d+/.exec(piece.text)?.[0]),
      Number(/step (\d+)/.exec(piece.text)?.[1]),
    ]);
    expect(counted.length).toBeGreaterThan(1);
    expect(counted).toEqual(counted.map(([, step]) => [(step ?? 0) + 1, step]));
    expect(toPieces('3. three\n4. four').pieces).toMatchObject([{ text: '3. three\n4. four', listStart: null }]);
  });
  test('splits a long table by rows under its own head, with all rows in order', () => {
    const rows = Array.from({ length: 200 }, (_, index) => `| row ${index} | value |`);
    const { head, bodies } = longTable(`| a | b |\n|---|--:|\n${rows.join('\n')}\n`) ?? { head: '', bodies: [] };
    const parts = bodies.flat();
    expect(head).toBe('| a | b |\n|---|--:|\n');
    expect(bodies.length).toBeGreaterThan(1);
    expect(parts.length).toBeGreaterThan(bodies.length);
    expect(parts.flatMap(({ text }) => text.slice(head.length).split('\n'))).toEqual(rows);
    for (const { text } of parts) expect(text.startsWith(head)).toBe(true);
  });
  test('keeps every other block whole', () => {
    expect(longTable('| a |\n|---|\n| 1 |')).toBeNull();
    expect(longTable(`a | b\n${'word | word\n'.repeat(400)}`)).toBeNull();
    expect(longTable(`| a |\n|---|\n${'| 1 |\n'.repeat(400)}and a line of text`)).toBeNull();
  });
});

describe('toPieces', () => {
  test('gives an address from the end to the piece that names it, and changes no piece', () => {
    const text = 'See [the guide][g] and [G].\n\nOther.\n\n[g]: https://a.org "Guide"';
    const { pieces, names } = toPieces(text);
    expect(pieces.map((piece) => piece.text).join('')).toBe(text);
    expect(pieces.map((piece) => [piece.start, piece.notes])).toEqual([
      [0, '\n\n[g]: https://a.org "Guide"'],
      [text.indexOf('Other'), ''],
      [text.indexOf('[g]:'), ''],
    ]);
    expect(names).toBe('g');
  });
  test('numbers footnotes in the order of their first reference', () => {
    expect(toPieces('One[^b] and two[^a].\n\n[^a]: A.\n\n[^b]: B.\n\n[^c]: C.').footnotes).toBe('b 1\na 2\nc 3');
  });
  test('does not change code', () => {
    const text = '```yaml\n[a]: b\n```\n\n[a]';
    expect(toPieces(text)).toMatchObject({ pieces: [{ notes: '' }, { notes: '' }], names: '' });
  });
});
