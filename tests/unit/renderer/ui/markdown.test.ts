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
