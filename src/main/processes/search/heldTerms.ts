import { type Field, fields, headerWords } from './terms';

/** The keys of one field that a question asks for, numbered in their order. */
export interface AskedField {
  keys: Uint32Array;
  /** The same as signed numbers. */
  signed: Int32Array;
  /** By the low bits of a key 1 more than the number of the first such key, 0 for none. Nearly all keys of a passage are not asked for. */
  first: Int32Array;
  /** By number the same for the next key with these bits. */
  next: Int32Array;
}
export type AskedKeys = Record<Field, AskedField>;

const bitMask = 0xfff;

const askedField = (given: Iterable<number>): AskedField => {
  const keys = Uint32Array.from(new Set(given));
  const first = new Int32Array(bitMask + 1);
  const next = new Int32Array(keys.length);
  for (let number = 0; number < keys.length; number += 1) {
    const bits = (keys[number] as number) & bitMask;
    next[number] = first[bits] as number;
    first[bits] = number + 1;
  }
  return { keys, signed: new Int32Array(keys.buffer), first, next };
};

export const askedKeys = (keys: Record<Field, Iterable<number>>): AskedKeys => ({
  stems: askedField(keys.stems),
  words: askedField(keys.words),
  tokens: askedField(keys.tokens),
});

/** Values by the numbers of the asked keys; 0 for a key without a value. */
export const byNumber = ({ keys }: AskedField, values: ReadonlyMap<number, number>): Float64Array =>
  Float64Array.from(keys, (key) => values.get(key) ?? 0);

/**
 * Of one field of a passage the terms that the question asks for, in the order of the passage: the entries of `numbers` and `counts` in
 * `[from, to)`. The arrays are shared by many passages: with arrays of its own for each, a question would leave megabytes to collect.
 */
export interface HeldCounts {
  /** Numbers of the terms among the asked keys. */
  numbers: Int32Array;
  counts: Uint8Array;
  from: number;
  to: number;
  /** Occurrences of all the field's terms: the length by which BM25 normalises. */
  length: number;
}
export type HeldTerms = Record<Field, HeldCounts>;
/** The keys of the terms that a passage holds. */
export const keysOf = ({ numbers, from, to }: HeldCounts, { keys }: AskedField): number[] =>
  Array.from(numbers.subarray(from, to), (number) => keys[number] as number);

/** The terms of a document's beginning: its tokens count for no score. */
export type HeldHead = Pick<HeldTerms, 'stems' | 'words'>;

/** Packed terms one after the other, each from a multiple of 4 bytes on. Keys are read as signed numbers, which is twice as fast. */
export interface PackedTerms {
  bytes: Uint8Array;
  words: Int32Array;
}

/** A typed array of 32-bit numbers needs an offset that is a multiple of 4, which a buffer from SQLite does not guarantee. */
export const openPacked = (packed: Buffer): PackedTerms => {
  const bytes = packed.byteOffset % 4 === 0 ? packed : new Uint8Array(packed);
  return { bytes, words: new Int32Array(bytes.buffer, bytes.byteOffset, Math.floor(bytes.length / 4)) };
};

const keysIn = ({ words }: PackedTerms, at: number): number =>
  (words[at] as number) + (words[at + 2] as number) + (words[at + 4] as number);

/** The place of the terms behind those at `at`, in 32-bit words. */
export const nextPacked = (packed: PackedTerms, at: number): number =>
  at + headerWords + keysIn(packed, at) + Math.ceil(keysIn(packed, at) / 4);

const entriesAtOnce = 8_192;

/** Reads from packed terms those that a question asks for. */
export const createHeldReader = (asked: AskedKeys) => {
  const most = Math.max(entriesAtOnce, ...fields.map((field) => asked[field].keys.length));
  let numbers = new Int32Array(0);
  let counts = new Uint8Array(0);
  let used = 0;

  /** `at` is the place of the header, `skipped` the number of keys before those of the field. */
  const readField = (packed: PackedTerms, at: number, field: number, skipped: number, { signed, first, next }: AskedField): HeldCounts => {
    const { bytes, words } = packed;
    if (used + signed.length > numbers.length) {
      numbers = new Int32Array(most);
      counts = new Uint8Array(most);
      used = 0;
    }
    const from = used;
    const start = at + headerWords + skipped;
    const end = start + (words[at + field * 2] as number);
    const countsFrom = (at + headerWords + keysIn(packed, at)) * 4 - at - headerWords;
    let to = from;
    for (let place = start; place < end; place += 1) {
      const key = words[place] as number;
      let number = first[key & bitMask] as number;
      if (number === 0) continue;
      while (number !== 0 && signed[number - 1] !== key) number = next[number - 1] as number;
      if (number === 0) continue;
      numbers[to] = number - 1;
      counts[to] = bytes[countsFrom + place] as number;
      to += 1;
    }
    used = to;
    return { numbers, counts, from, to, length: words[at + field * 2 + 1] as number };
  };

  return {
    asked,
    /** The terms of a passage from the place `at` on, in 32-bit words. */
    terms: (packed: PackedTerms, at: number): HeldTerms => {
      const stems = packed.words[at] as number;
      return {
        stems: readField(packed, at, 0, 0, asked.stems),
        words: readField(packed, at, 1, stems, asked.words),
        tokens: readField(packed, at, 2, stems + (packed.words[at + 2] as number), asked.tokens),
      };
    },
    /** The same of a document's beginning. */
    head: (packed: PackedTerms): HeldHead => ({
      stems: readField(packed, 0, 0, 0, asked.stems),
      words: readField(packed, 0, 1, packed.words[0] as number, asked.words),
    }),
  };
};
export type HeldReader = ReturnType<typeof createHeldReader>;
