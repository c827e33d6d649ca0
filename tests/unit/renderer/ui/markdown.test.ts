import { longTableParts } from '@renderer/ui/markdown/longTable';
import { remarkCitations } from '@renderer/ui/markdown/remarkCitations';
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

  test('the pieces make up the text again, and earlier pieces stay as they were while text comes', () => {
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

  test('code by indentation stays in one piece; backticks within a line open no fence', () => {
    expect(splitBlocks('Text\n\n    one\n\n    two\n\nafter')).toEqual(['Text\n\n    one\n\n    two\n\n', 'after']);
    expect(splitBlocks('```code``` in a line\n\nafter')).toEqual(['```code``` in a line\n\n', 'after']);
  });

  test('no text, no pieces', () => expect(splitBlocks('')).toEqual([]));
});

describe('long lists and tables', () => {
  const item = (index: number): string => `- item ${index} ${'x'.repeat(60)}\n  goes on\n  - below\n`;
  test('a long list is cut before an item of its own level, and only there', () => {
    const text = Array.from({ length: 80 }, (_, index) => item(index)).join('');
    const blocks = splitBlocks(text);
    expect(blocks.length).toBeGreaterThan(2);
    expect(blocks.join('')).toBe(text);
    for (const block of blocks) expect(block).toMatch(/^- item \d+/);
  });
  test('an ordered list that was cut goes on counting, also where every item was written as 1.', () => {
    const text = Array.from({ length: 60 }, (_, index) => `1. step ${index} ${'x'.repeat(60)}\n   1. within\n`).join('');
    const pieces = toPieces(text, new Set());
    const counted = pieces.map((piece) => [Number(/^\d+/.exec(piece)?.[0]), Number(/step (\d+)/.exec(piece)?.[1])]);
    expect(counted.length).toBeGreaterThan(1);
    expect(counted).toEqual(counted.map(([, step]) => [(step ?? 0) + 1, step]));
    expect(toPieces('3. three\n4. four', new Set())).toEqual(['3. three\n4. four']);
  });
  test('a long table is parted by rows under its own head; all rows are there, in order', () => {
    const rows = Array.from({ length: 200 }, (_, index) => `| row ${index} | value |`);
    const parts = longTableParts(`| a | b |\n|---|--:|\n${rows.join('\n')}\n`) ?? [];
    expect(parts.length).toBeGreaterThan(1);
    expect(parts.flatMap((part) => part.split('\n').slice(2))).toEqual(rows);
    expect(new Set(parts.map((part) => part.split('\n').slice(0, 2).join('\n')))).toEqual(new Set(['| a | b |\n|---|--:|']));
  });
  test('what is no long table is left alone', () => {
    expect(longTableParts('| a |\n|---|\n| 1 |')).toBeNull();
    expect(longTableParts(`a | b\n${'word | word\n'.repeat(400)}`)).toBeNull();
    expect(longTableParts(`| a |\n|---|\n${'| 1 |\n'.repeat(400)}and a line of text`)).toBeNull();
  });
});

describe('toPieces', () => {
  const none = new Set<number>();
  test('an address noted at the end reaches the piece that names it, and is not shown itself', () => {
    expect(toPieces('See [the guide][g] and [G].\n\nOther.\n\n[g]: https://a.org "Guide"', none)).toEqual([
      'See [the guide][g] and [G].\n\n\n\n[g]: https://a.org "Guide"',
      'Other.\n\n',
      '',
    ]);
  });
  test('nothing that was written vanishes: footnotes, notes that nothing names, and numbers of sources are shown as they are', () => {
    expect(toPieces('A claim[^1] [2].\n\n[^1]: So says the register.\n[3]: https://a.org\n[2]: https://b.org', new Set([2]))).toEqual([
      'A claim[^1] [2].\n\n',
      '\\[^1]: So says the register.\n\\[3]: https://a.org\n\\[2]: https://b.org',
    ]);
  });
  test('code is left alone', () => {
    const text = '```yaml\n[a]: b\n```\n\n[a]';
    expect(toPieces(text, none)).toEqual(splitBlocks(text));
  });
});

describe('remarkCitations', () => {
  const render = (value: string, known: number[]): string => {
    const tree = { type: 'root', children: [{ type: 'paragraph', children: [{ type: 'text', value }] }] };
    remarkCitations(new Set(known))()(tree);
    type Node = { type: string; value?: string; children?: Node[]; data?: { hProperties?: Record<string, unknown> } };
    const show = (node: Node): string =>
      node.type === 'text'
        ? (node.value ?? '')
        : node.type === 'citation'
          ? `{${node.data?.hProperties?.marker}}`
          : `${node.type === 'kept' ? '<' : ''}${(node.children ?? []).map(show).join('')}${node.type === 'kept' ? '>' : ''}`;
    return show(tree);
  };

  test('a chip is tied to the word before it', () => {
    expect(render('by registered post. [1] Then more[2][3].', [1, 2, 3])).toBe('by registered <post.{1}> Then <more.{2}{3}>');
  });
  test('a full stop or comma after chips stands before them; other signs stay', () => {
    expect(render('so it is [1], and it [2]: yes [1][9].', [1, 2])).toBe('so it <is,{1}> and <it{2}>: <yes{1}>[9].');
  });
  test('a number without a source stays as written', () => {
    expect(render('array[0] and [7]', [1])).toBe('array[0] and [7]');
  });
  test('long runs of blanks and of letters are read in linear time', () => {
    // Squared, these lengths would outlast the test.
    expect(render(`${' '.repeat(400_000)}x ${'y'.repeat(400_000)}[1].`, [1])).toMatch(/y<\.\{1\}>$|y\.<\{1\}>$/);
  });
  test('a very long word may break from its chip', () => {
    expect(render(`${'x'.repeat(40)}[1]`, [1])).toBe(`${'x'.repeat(40)}<{1}>`);
  });
});
