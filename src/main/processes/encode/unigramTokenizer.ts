import { readFile } from 'node:fs/promises';
import { z } from 'zod';

/** The token ids of a text, as a SentencePiece Unigram model splits it. */
export interface UnigramTokenizer {
  /** Ids with `<s>` before and `</s>` behind them, at most `longest` of them: the end of a longer text is cut off. */
  encode(text: string, longest: number): number[];
}

const fileSchema = z.object({
  added_tokens: z.array(z.object({ id: z.number().int(), content: z.string() })),
  model: z.object({
    type: z.literal('Unigram'),
    unk_id: z.number().int(),
    // Not looked into piece by piece: with a hundred thousand of them that takes longer than everything else here.
    vocab: z.custom<[string, number][]>(Array.isArray),
  }),
});

/** SentencePiece writes the blank before a word as this sign. */
const wordStart = '▁';
/** An unknown character costs this much more than the rarest piece (`kUnkPenalty` of SentencePiece). */
const unknownPenalty = 10;
/** Words that are kept with their ids; longer ones seldom come twice. */
const keptWords = 50_000;
const longestKeptWord = 40;

// biome-ignore lint/suspicious/noControlCharactersInRegex: the normalisation is about these
const controls = /[\u0001-\u0008\u000B\u000E-\u001F\u007F\u008F\u009F]/g;
const blanks = /[\t\n\f\r\u00A0\u1680\u2000-\u200C\u200E\u200F\u2028\u2029\u202F\u205F\u3000\uFEFF\uFFFD]/g;
const fullWidthTilde = '\uFF5E';

/** The normalisation `nmt_nfkc` of SentencePiece: NFKC without controls, except that the fullwidth tilde stays. */
const normalise = (text: string): string =>
  text
    .replace(controls, '')
    .replace(blanks, ' ')
    .split(fullWidthTilde)
    .map((part) => part.normalize('NFKC'))
    .join(fullWidthTilde);

/**
 * Makes the tokenizer of a `tokenizer.json` of Hugging Face. Each word is split into the pieces whose log probabilities have the
 * largest sum (Kudo 2018, "Subword Regularization"; the search is Viterbi's). Throws for a file of another kind.
 */
export const createUnigramTokenizer = (file: unknown): UnigramTokenizer => {
  const { added_tokens: added, model } = fileSchema.parse(file);
  const idOf = (content: string): number => {
    const token = added.find((one) => one.content === content);
    if (!token) throw new Error(`The tokenizer has no ${content}.`);
    return token.id;
  };
  const [start, end, unknown] = [idOf('<s>'), idOf('</s>'), model.unk_id];
  const special = new Set(added.map(({ id }) => id));
  const ids = new Map<string, number>();
  const scores = new Float64Array(model.vocab.length);
  let longestPiece = 0;
  let lowest = 0;
  for (const [id, [piece, score]] of model.vocab.entries()) {
    scores[id] = score;
    if (special.has(id)) continue;
    ids.set(piece, id);
    longestPiece = Math.max(longestPiece, piece.length);
    lowest = Math.min(lowest, score);
  }
  const unknownScore = lowest - unknownPenalty;
  const kept = new Map<string, number[]>();

  const split = (word: string): number[] => {
    /** By end of a piece: the best sum up to there, where its last piece begins, and which one it is. */
    const best = new Float64Array(word.length + 1).fill(Number.NEGATIVE_INFINITY);
    const from = new Int32Array(word.length + 1);
    const last = new Int32Array(word.length + 1);
    best[0] = 0;
    const offer = (begin: number, stop: number, id: number, score: number): void => {
      const sum = (best[begin] as number) + score;
      if (sum <= (best[stop] as number)) return;
      best[stop] = sum;
      from[stop] = begin;
      last[stop] = id;
    };
    for (let begin = 0; begin < word.length; begin += 1) {
      if (best[begin] === Number.NEGATIVE_INFINITY) continue;
      const next = begin + ((word.codePointAt(begin) as number) > 0xffff ? 2 : 1);
      let hasNext = false;
      for (let stop = begin + 1; stop <= Math.min(word.length, begin + longestPiece); stop += 1) {
        const id = ids.get(word.slice(begin, stop));
        if (id === undefined) continue;
        if (stop === next) hasNext = true;
        offer(begin, stop, id, scores[id] as number);
      }
      if (!hasNext) offer(begin, Math.min(next, word.length), unknown, unknownScore);
    }
    const found: number[] = [];
    for (let stop = word.length; stop > 0; stop = from[stop] as number) found.push(last[stop] as number);
    found.reverse();
    // Unknown characters in a row are one token.
    return found.filter((id, index) => id !== unknown || found[index - 1] !== unknown);
  };
  const idsOf = (word: string): number[] => {
    const known = kept.get(word);
    if (known) return known;
    const found = split(word);
    if (word.length <= longestKeptWord) {
      if (kept.size === keptWords) kept.clear();
      kept.set(word, found);
    }
    return found;
  };

  return {
    encode: (text, longest) => {
      const encoded = [start];
      for (const word of normalise(text).split(/\s+/u)) {
        if (encoded.length >= longest) break;
        if (word) for (const id of idsOf(wordStart + word)) encoded.push(id);
      }
      encoded.length = Math.min(encoded.length, longest - 1);
      encoded.push(end);
      return encoded;
    },
  };
};

export const readUnigramTokenizer = async (path: string): Promise<UnigramTokenizer> =>
  createUnigramTokenizer(JSON.parse(await readFile(path, 'utf8')));
