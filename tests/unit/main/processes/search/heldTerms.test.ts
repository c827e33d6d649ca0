import { askedKeys, createHeldReader, type HeldCounts, keysOf, nextPacked, openPacked } from '@main/processes/search/heldTerms';
import { analysePassage, packTerms } from '@main/processes/search/terms';
import { expect, test } from 'vitest';

const model = { dimensions: 1, size: 10, tokenize: () => [3, 3, 5], embed: () => new Float32Array(1) };
const terms = analysePassage('Les chats dorment, le chat dort, le chien dort.', 'fr', model);
const [chat, , dort] = terms.stems.keys as unknown as [number, number, number];
// 3 + 4,096 has the low bits of 3, and is not in the passage.
const asked = askedKeys({ stems: [12, dort, chat], words: [], tokens: [5, 4_099, 3] });
const shown = (held: HeldCounts, field: keyof typeof asked) => ({
  keys: keysOf(held, asked[field]),
  counts: [...held.counts.subarray(held.from, held.to)],
  length: held.length,
});
const isAsked = (key: number): boolean => key === chat || key === dort;
const expected = {
  stems: {
    keys: [...terms.stems.keys].filter(isAsked),
    counts: [...terms.stems.counts].filter((_, at) => isAsked(terms.stems.keys[at] as number)),
    length: terms.stems.length,
  },
  words: { keys: [], counts: [], length: terms.words.length },
  tokens: { keys: [3, 5], counts: [2, 1], length: 3 },
};

test('reads only the terms that the question asks for, with their counts and the whole length', () => {
  expect(expected.stems.keys.length).toBe(2);
  const packed = packTerms(terms);
  // As SQLite may hand it out: within a larger piece of memory, at an odd place.
  const shifted = Buffer.concat([Buffer.alloc(1), packed]).subarray(1);
  for (const buffer of [packed, shifted]) {
    const held = createHeldReader(asked).terms(openPacked(buffer), 0);
    expect({ stems: shown(held.stems, 'stems'), words: shown(held.words, 'words'), tokens: shown(held.tokens, 'tokens') }).toEqual(
      expected,
    );
    const head = createHeldReader(asked).head(openPacked(buffer));
    expect({ stems: shown(head.stems, 'stems'), words: shown(head.words, 'words') }).toEqual({
      stems: expected.stems,
      words: expected.words,
    });
  }
});

test('reads many passages one after the other, and keeps what it read of each', () => {
  const others = analysePassage('Un chat.', 'fr', model);
  const padded = (packed: Buffer): Buffer => Buffer.concat([packed, Buffer.alloc(-packed.length & 3)]);
  const passages = Array.from({ length: 9_000 }, (_, index) => (index % 2 ? terms : others));
  const packed = openPacked(Buffer.concat(passages.map((passage) => padded(packTerms(passage)))));
  const reader = createHeldReader(asked);
  let at = 0;
  const held = passages.map(() => {
    const found = reader.terms(packed, at);
    at = nextPacked(packed, at);
    return found;
  });
  expect(at).toBe(packed.words.length);
  const wrong = held.filter(({ stems }, index) => shown(stems, 'stems').keys.length !== (index % 2 ? 2 : 1));
  expect(wrong).toEqual([]);
  expect(shown(held[1]?.tokens as HeldCounts, 'tokens')).toEqual(expected.tokens);
});
