import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** The bundled static model: token ids of a text, and its vector as the normalised sum of their rows. */
export interface StaticModel {
  readonly dimensions: number;
  /** Number of token ids. */
  readonly size: number;
  /** Token ids in text order. A piece of a word that matches no token is left out. */
  tokenize(text: string): number[];
  /** Unit vector; all zeros for a text without a known token. */
  embed(text: string): Float32Array;
}

const formatSchema = z.object({ format: z.literal('static-embed-1'), size: z.number().int(), dims: z.number().int() });
const wordPattern = /[\p{L}\p{Nl}\p{No}]+|\p{Nd}+/gu;
const longestWord = 40;
const wordCacheSize = 100_000;

/** The folding with which the vocabulary was built; the words of the index are folded further (`fold.ts`). */
const fold = (text: string): string =>
  text.toLowerCase().replace(/œ/g, 'oe').replace(/æ/g, 'ae').normalize('NFKD').replace(/\p{M}/gu, '').normalize('NFC');

/** The light plural and feminine stem with which the vocabulary was built. */
const lightStem = (word: string): string => {
  let stem = word;
  if (stem.length > 3 && /(?<!s)s$|x$/.test(stem)) stem = stem.slice(0, -1);
  if (stem.length > 4 && stem.endsWith('au')) stem = `${stem.slice(0, -1)}l`;
  if (stem.length > 4 && stem.endsWith('e')) stem = stem.slice(0, -1);
  if (stem.length > 4 && stem.endsWith('e')) stem = stem.slice(0, -1);
  return stem;
};

/** Two values a byte, the low nibble first, each stored as value + 8. */
const unpackNibbles = (packed: Uint8Array): Int8Array => {
  const values = new Int8Array(packed.length * 2);
  for (let index = 0; index < packed.length; index++) {
    const byte = packed[index] as number;
    values[2 * index] = (byte & 15) - 8;
    values[2 * index + 1] = (byte >> 4) - 8;
  }
  return values;
};

/** Reads the model from its folder (`resources/models/static-fr-en`). The tokenizer is described in its `model.json`. */
export const loadStaticModel = async (folder: string): Promise<StaticModel> => {
  const [header, vocabulary, packed, scaleBytes] = await Promise.all([
    readFile(join(folder, 'model.json'), 'utf8'),
    readFile(join(folder, 'vocab.txt'), 'utf8'),
    readFile(join(folder, 'table.int4.bin')),
    readFile(join(folder, 'scales.int4.f32.bin')),
  ]);
  const { size, dims } = formatSchema.parse(JSON.parse(header));
  if (packed.length * 2 !== size * dims || scaleBytes.length !== size * 4) throw new Error('The static model is incomplete.');
  const ids = new Map(
    vocabulary
      .split('\n')
      .slice(0, size)
      .map((piece, id) => [piece, id]),
  );
  const table = unpackNibbles(packed);
  const scales = Float32Array.from({ length: size }, (_, id) => scaleBytes.readFloatLE(id * 4));
  const cache = new Map<string, number[]>();

  /** Greedy: the longest match first; inner pieces begin with `##`. */
  const splitWord = (word: string): number[] => {
    const whole = ids.get(word);
    if (whole !== undefined) return [whole];
    const pieces: number[] = [];
    if (word.length > longestWord) return pieces;
    let position = 0;
    while (position < word.length) {
      let end = word.length;
      let id: number | undefined;
      for (; end > position; end--) {
        id = ids.get(position === 0 ? word.slice(0, end) : `##${word.slice(position, end)}`);
        if (id !== undefined) break;
      }
      if (id === undefined) position += 1;
      else {
        pieces.push(id);
        position = end;
      }
    }
    return pieces;
  };

  const tokenize = (text: string): number[] => {
    const tokens: number[] = [];
    for (const word of fold(text).match(wordPattern) ?? []) {
      let pieces = cache.get(word);
      if (!pieces) {
        pieces = splitWord(lightStem(word));
        if (cache.size >= wordCacheSize) cache.clear();
        // A run of thousands of letters occurs once; caching a hundred thousand of them would fill the memory.
        if (word.length <= longestWord) cache.set(word, pieces);
      }
      for (const piece of pieces) tokens.push(piece);
    }
    return tokens;
  };

  const embed = (text: string): Float32Array => {
    const vector = new Float32Array(dims);
    for (const token of tokenize(text)) {
      const scale = scales[token] as number;
      const row = token * dims;
      for (let column = 0; column < dims; column++) vector[column] = (vector[column] as number) + scale * (table[row + column] as number);
    }
    let squares = 0;
    for (const value of vector) squares += value * value;
    const norm = Math.sqrt(squares) || 1;
    for (let column = 0; column < dims; column++) vector[column] = (vector[column] as number) / norm;
    return vector;
  };

  return { dimensions: dims, size, tokenize, embed };
};
