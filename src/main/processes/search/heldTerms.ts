import { type Field, fields, headerWords } from './terms';

/** Of one field of a passage the terms that the question asks for. */
export interface HeldCounts {
  keys: readonly number[];
  counts: readonly number[];
  /** Occurrences of all the field's terms: the length by which BM25 normalises. */
  length: number;
}
export type HeldTerms = Record<Field, HeldCounts>;

/** Keys with a map of bits before them: nearly all keys of a passage are not among them, and one byte shows that. */
interface KeySet {
  all: ReadonlySet<number>;
  bits: Uint8Array;
}
export type AskedKeys = Record<Field, KeySet>;

const bitMask = 0x3fff;
const keySet = (keys: Iterable<number>): KeySet => {
  const all = new Set(keys);
  const bits = new Uint8Array(bitMask + 1);
  for (const key of all) bits[key & bitMask] = 1;
  return { all, bits };
};

export const askedKeys = (keys: Record<Field, Iterable<number>>): AskedKeys => ({
  stems: keySet(keys.stems),
  words: keySet(keys.words),
  tokens: keySet(keys.tokens),
});

/** Reads from a passage's packed terms those that are asked for, in their order. */
export const heldTerms = (packed: Buffer, asked: AskedKeys): HeldTerms => {
  const bytes = packed.byteOffset % 4 === 0 ? packed : Buffer.from(new Uint8Array(packed).buffer);
  const numbers = new Uint32Array(bytes.buffer, bytes.byteOffset, Math.floor(bytes.length / 4));
  let total = 0;
  for (let field = 0; field < fields.length; field += 1) total += numbers[field * 2] as number;
  let at = headerWords;
  const countsFrom = (headerWords + total) * 4 - headerWords;
  const read = (field: number, { all, bits }: KeySet): HeldCounts => {
    const keys: number[] = [];
    const counts: number[] = [];
    const end = at + (numbers[field * 2] as number);
    for (; at < end; at += 1) {
      const key = numbers[at] as number;
      if (bits[key & bitMask] === 0 || !all.has(key)) continue;
      keys.push(key);
      counts.push(bytes[countsFrom + at] as number);
    }
    return { keys, counts, length: numbers[field * 2 + 1] as number };
  };
  return { stems: read(0, asked.stems), words: read(1, asked.words), tokens: read(2, asked.tokens) };
};
