import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createUnigramTokenizer, readUnigramTokenizer } from '@main/processes/encode/unigramTokenizer';
import { describe, expect, test } from 'vitest';

interface Golden {
  text: string;
  ids: number[];
}
const read = (path: string): Golden[] =>
  readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Golden);

const bundled = resolve('resources/models/e5-small-latin/tokenizer.json');
const shared = join(process.env.EMERGENCE_SHARED ?? resolve('../shared'), 'embedder-e5');

const tiny = createUnigramTokenizer({
  added_tokens: [
    { id: 0, content: '<s>' },
    { id: 1, content: '</s>' },
    { id: 2, content: '<unk>' },
  ],
  model: {
    type: 'Unigram',
    unk_id: 2,
    vocab: [
      ['<s>', 0],
      ['</s>', 0],
      ['<unk>', 0],
      ['▁', -4],
      ['a', -5],
      ['b', -5],
      ['ab', -6],
      ['▁ab', -9],
      ['ba', -5.5],
    ],
  },
});

describe('the Unigram tokenizer', () => {
  test('gives the ids of the reference tokenizer for the bundled vocabulary', async () => {
    const { encode } = await readUnigramTokenizer(bundled);
    const golden = read(join(import.meta.dirname, 'golden.jsonl'));
    expect(golden).toHaveLength(9);
    for (const { text, ids } of golden) expect({ text, ids: encode(text, 512) }).toEqual({ text, ids });
  });

  test.skipIf(!existsSync(shared))('gives the ids of all golden texts of ../shared', async () => {
    const { encode } = await readUnigramTokenizer(join(shared, 'e5-small-fren', 'tokenizer.json'));
    for (const { text, ids } of read(join(shared, 'golden.jsonl'))) expect({ text, ids: encode(text, 512) }).toEqual({ text, ids });
  });

  test('chooses the pieces with the largest sum, not the longest ones', () => {
    // "▁ab" (-9) beats "▁" + "ab" (-10); "▁" + "ab" + "a" would cost more than "▁a"…: "▁" + "a" + "ba" does not exist before "ab".
    expect(tiny.encode('ab', 10)).toEqual([0, 7, 1]);
    expect(tiny.encode('aba', 10)).toEqual([0, 7, 4, 1]);
    expect(tiny.encode('bab', 10)).toEqual([0, 3, 8, 5, 1]);
  });

  test('makes one token of unknown characters in a row, also beyond the basic plane', () => {
    expect(tiny.encode('xyz', 10)).toEqual([0, 3, 2, 1]);
    expect(tiny.encode('a😀😀b', 10)).toEqual([0, 3, 4, 2, 5, 1]);
  });

  test('cuts a long text and keeps the closing token', () => {
    expect(tiny.encode('ab ab ab ab', 4)).toEqual([0, 7, 7, 1]);
    expect(tiny.encode('', 4)).toEqual([0, 1]);
  });

  test('takes every blank for a space and drops controls', () => {
    expect(tiny.encode('a\u0001b\u00a0\u3000a\u200bb', 10)).toEqual([0, 7, 3, 4, 3, 5, 1]);
  });

  test('refuses the file of another kind of tokenizer', () => {
    expect(() => createUnigramTokenizer({ added_tokens: [], model: { type: 'WordPiece', vocab: {} } })).toThrow();
  });
});
