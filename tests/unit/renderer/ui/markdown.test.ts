import { remarkCitations } from '@renderer/ui/markdown/remarkCitations';
import { splitBlocks } from '@renderer/ui/markdown/splitBlocks';
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

  test('no text, no pieces', () => expect(splitBlocks('')).toEqual([]));
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
  test('a very long word may break from its chip', () => {
    expect(render(`${'x'.repeat(40)}[1]`, [1])).toBe(`${'x'.repeat(40)}<{1}>`);
  });
});
