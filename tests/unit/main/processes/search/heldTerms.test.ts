import { askedKeys, heldTerms } from '@main/processes/search/heldTerms';
import { analysePassage, packTerms } from '@main/processes/search/terms';
import { expect, test } from 'vitest';

const model = { dimensions: 1, size: 10, tokenize: () => [3, 3, 5], embed: () => new Float32Array(1) };

test('reads only the terms that the question asks for, with their counts and the whole length', () => {
  const terms = analysePassage('Les chats dorment, le chat dort, le chien dort.', 'fr', model);
  const [chat, , dort] = terms.stems.keys;
  const asked = askedKeys({ stems: [chat as number, dort as number, 12], words: [], tokens: [5, 16_389] });
  const packed = packTerms(terms);
  const expected = {
    stems: {
      keys: [...terms.stems.keys].filter((key) => key === chat || key === dort),
      counts: [...terms.stems.keys.entries()].flatMap(([at, key]) => (key === chat || key === dort ? [terms.stems.counts[at]] : [])),
      length: terms.stems.length,
    },
    words: { keys: [], counts: [], length: terms.words.length },
    tokens: { keys: [5], counts: [1], length: 3 },
  };
  expect(expected.stems.keys.length).toBe(2);
  expect(heldTerms(packed, asked)).toEqual(expected);
  // As SQLite may hand it out: within a larger piece of memory, at an odd place.
  const shifted = Buffer.concat([Buffer.alloc(1), packed]).subarray(1);
  expect(heldTerms(shifted, asked)).toEqual(expected);
});
