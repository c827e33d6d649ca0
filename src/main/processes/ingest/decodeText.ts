import { EmergenceError } from '@shared/model';
import chardet from 'chardet';
import iconv from 'iconv-lite';
import { decodeEbcdic, isEbcdic } from './ebcdic';
import { type LatinFamily, latinScore } from './latinLanguages';
import { guessScript, isForeignScript } from './scripts';

const sampleBytes = 64 * 1024;

/** Control signs of text: tab, line feed, form feed, carriage return. */
const isControl = (code: number): boolean => code < 32 && code !== 9 && code !== 10 && code !== 12 && code !== 13;

/**
 * True for text in an alphabet below U+1000 whose first bytes in UTF-16 are nearly all one of two: zero for blanks, and that of the
 * alphabet, which is a control sign elsewhere.
 */
const isUtf16Alphabet = (bytes: Uint8Array, length: number, high: 0 | 1): boolean => {
  const counts = new Map<number, number>();
  let letters = 0;
  for (let at = 0; at < length; at += 2) {
    const first = bytes[at + high] as number;
    const second = bytes[at + 1 - high] as number;
    if (first >= 16 && first !== 0x20) return false;
    if (first === 0 && isControl(second)) return false;
    counts.set(first, (counts.get(first) ?? 0) + 1);
    if (first > 0 && first < 16) letters += 1;
  }
  const most = [...counts.values()].sort((one, other) => other - one).slice(0, 2);
  const pairs = length / 2;
  return pairs >= 8 && counts.has(0) && letters > pairs * 0.4 && most.reduce((sum, count) => sum + count, 0) > pairs * 0.95;
};

/** UTF-16 without a byte order mark: nearly every second byte of European text is zero. */
const utf16Order = (bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null => {
  const length = Math.min(bytes.length, sampleBytes) & ~1;
  if (length < 4) return null;
  let even = 0;
  let odd = 0;
  for (let i = 0; i < length; i += 2) {
    if (bytes[i] === 0) even += 1;
    if (bytes[i + 1] === 0) odd += 1;
  }
  const pairs = length / 2;
  if (odd / pairs > 0.6 && even / pairs < 0.05) return 'utf-16le';
  if (even / pairs > 0.6 && odd / pairs < 0.05) return 'utf-16be';
  if (isUtf16Alphabet(bytes, length, 1)) return 'utf-16le';
  if (isUtf16Alphabet(bytes, length, 0)) return 'utf-16be';
  return null;
};

const byteOrderMark = (bytes: Uint8Array): string | null => {
  const [a, b, c, d] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  if (a === 0xff && b === 0xfe) return c === 0 && d === 0 && bytes.length >= 4 ? 'utf-32le' : 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) return 'utf-32be';
  return null;
};

/** True for content that is no text in any encoding: it has too many control bytes. A few stray NULs are tolerated. */
export const looksBinary = (bytes: Uint8Array): boolean => {
  if (byteOrderMark(bytes) || utf16Order(bytes) || isEbcdic(bytes)) return false;
  const length = Math.min(bytes.length, sampleBytes);
  let control = 0;
  for (let i = 0; i < length; i += 1) {
    const byte = bytes[i] as number;
    // Tab, line feed, vertical tab, form feed, carriage return and escape (ISO-2022) are usual in text.
    if (byte < 9 || (byte > 13 && byte < 32 && byte !== 27)) control += 1;
  }
  return control > Math.max(3, length * 0.005);
};

const isUtf8 = (bytes: Uint8Array): boolean => {
  // Cut before a character, so that the end of the sample is no decoding error.
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
};

/** A score of how much a decoding looks like prose: letters of European words raise it, signs and boxes inside words lower it. */
const plausibility = (text: string): number => {
  let score = 0;
  for (const [run] of text.matchAll(/[\u0080-\uffff]+/g)) {
    if (/^[àâäçéèêëîïôöùûüÿœæñáíóúßøåãõÀÂÇÉÈÊÔŒ’‘“”«»–—…°€ \u00a0]+$/.test(run)) score += run.length;
    else if (/[\u0080-\u009f\u2500-\u259f‡†‰¬ŽžÐðÞþ¤¦¨¸¯]/.test(run)) score -= 2 * run.length;
  }
  // Capitals in the middle of a word show that Mac or DOS text was read as Windows text, or the other way round.
  score -= 2 * [...text.matchAll(/\p{Ll}[À-ÖØ-Þ\u0152](?=\p{Ll})/gu)].length;
  // Signs of money, maths and quotation between two letters show the same.
  score -= 2 * [...text.matchAll(/\p{L}[^\p{L}\p{M}\p{N}\p{P}\s\p{ASCII}](?=\p{L})|\p{Ll}[‚„ˆ˜›‹](?=\p{Ll})/gu)].length;
  return score;
};
const european = ['windows-1252', 'iso-8859-15', 'macintosh', 'cp850'] as const;
const western = /^(iso-8859-(1|2|9|15)|windows-125[0245])$/i;

/** The name of a file's encoding. `declared` is the charset that an HTML page declares; valid UTF-8 takes precedence over it. */
const detectEncoding = (bytes: Uint8Array, declared?: string | null): string => {
  const mark = byteOrderMark(bytes) ?? utf16Order(bytes);
  if (mark) return mark;
  if (isEbcdic(bytes)) return 'ebcdic';
  if (isUtf8(bytes))
    return /^(iso-2022|hz-gb|utf-7)/i.test(declared ?? '') && iconv.encodingExists(declared as string)
      ? (declared as string)
      : (isoEscape(bytes) ?? 'utf-8');
  if (declared && !/^utf-?8$/i.test(declared) && iconv.encodingExists(declared)) return declared;
  const sample = bytes.subarray(0, sampleBytes);
  // A long UTF-8 file with one broken byte is still UTF-8.
  const lenient = new TextDecoder('utf-8').decode(sample);
  const broken = lenient.split('\ufffd').length - 1;
  const foreign = lenient.match(/[\u0080-\ufffc]/g)?.length ?? 0;
  if (foreign > 20 * broken) return 'utf-8';
  const guess = chardet.detect(sample);
  const script = scriptEncoding(sample, guess);
  if (script) return script;
  if (guess && (severalBytes.test(guess) || isForeignScript(sample)) && !western.test(guess) && iconv.encodingExists(guess)) {
    // The detector sometimes takes short European texts for Asian ones.
    if (plausibility(iconv.decode(Buffer.from(sample), 'windows-1252')) <= 0) return guess;
  }
  let best: { encoding: string; score: number } = { encoding: 'windows-1252', score: Number.NEGATIVE_INFINITY };
  for (const encoding of european) {
    const score = plausibility(iconv.decode(Buffer.from(sample), encoding));
    if (score > best.score) best = { encoding, score };
  }
  if (best.score <= 0 && guess && severalBytes.test(guess) && iconv.encodingExists(guess)) return guess;
  return latinEncoding(sample, best.encoding);
};

/** The likelihood of a letter below which a text is of no script that is known, and by how much a guess must lead to be sure. */
const known = { script: -4.4, doubtful: -5.2, lead: 6 };
const severalBytes = /^(shift_jis|euc|big5|gb|iso-2022)/i;

/** A wrong guess would be stored and cited: a text that may be read in several ways is refused in words that say what to do. */
const ask = (): never => {
  throw new EmergenceError('document.unsupported', { kind: 'encoding' });
};

/** The encoding of a text in a script that is not Latin; null for another text. */
const scriptEncoding = (sample: Uint8Array, guess: string | null): string | null => {
  if (!isForeignScript(sample)) return null;
  const script = guessScript(sample);
  if (script.likelihood >= known.script && script.lead >= known.lead) return script.encoding;
  if (guess && severalBytes.test(guess) && iconv.encodingExists(guess)) return null;
  return script.likelihood >= known.doubtful ? ask() : null;
};

/** `rarity` is what a reading loses, in signs: those that are seldom met. */
const latinEncodings: readonly { encoding: string; family: LatinFamily; rarity: number }[] = [
  { encoding: 'windows-1252', family: 'western', rarity: 0 },
  { encoding: 'macintosh', family: 'western', rarity: 1.5 },
  { encoding: 'cp850', family: 'western', rarity: 0 },
  { encoding: 'windows-1250', family: 'central', rarity: 0.5 },
  { encoding: 'iso-8859-2', family: 'central', rarity: 0.5 },
  { encoding: 'cp852', family: 'central', rarity: 0 },
  { encoding: 'windows-1254', family: 'turkish', rarity: 0.5 },
];
/** By how many signs or words one reading must be better than another to be sure; less for the commonest encoding. */
const clearly = { common: 1, others: 2 };
/** The share of bytes beyond ASCII in a text of a language that needs them: Polish has some 7 %, French 4 %. */
const fewest = 0.01;

/** The encoding of a text in Latin letters: the one in which it reads best. Among those that give the same text it is `western`. */
const latinEncoding = (sample: Uint8Array, western: string): string => {
  const bytes = Buffer.from(sample);
  const readings = latinEncodings.map(({ encoding, family, rarity }) => {
    const text = iconv.decode(bytes, encoding);
    return { encoding, text, score: latinScore(text, family) - rarity };
  });
  const best = readings.reduce((most, reading) => (reading.score > most.score ? reading : most));
  const rivals = readings.filter(({ text }) => text !== best.text);
  const second = rivals.reduce((most, reading) => (reading.score > most.score ? reading : most), { score: Number.NEGATIVE_INFINITY });
  const isSure = best.score - second.score >= (best.encoding === 'windows-1252' ? clearly.common : clearly.others);
  // A few odd bytes in a long text are damage, about which nobody is asked.
  if (!isSure) return bytes.filter((byte) => byte >= 0x80).length > bytes.length * fewest ? ask() : western;
  // ISO 8859-15 differs from windows-1252 by the euro and a few letters.
  return best.encoding === 'windows-1252' && western === 'iso-8859-15' ? western : best.encoding;
};

/** ISO-2022 text is pure ASCII bytes with escapes. */
const isoEscape = (bytes: Uint8Array): string | null => {
  const text = Buffer.from(bytes.subarray(0, sampleBytes)).toString('latin1');
  if (!text.includes('\x1b$') && !text.includes('\x1b(')) return null;
  const guess = chardet.detect(bytes.subarray(0, sampleBytes));
  return guess && iconv.encodingExists(guess) ? guess : null;
};

/** Decodes bytes in an encoding that is known; bytes that it has not become U+FFFD. */
export const decodeAs = (bytes: Uint8Array, encoding: string): string => {
  if (encoding === 'utf-8') return new TextDecoder('utf-8').decode(bytes);
  if (encoding === 'ebcdic') return decodeEbcdic(bytes);
  return iconv.decode(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), encoding);
};

/**
 * Decodes bytes of any encoding; bytes that cannot be decoded become U+FFFD. Throws `document.unsupported` of kind `encoding` where the
 * encoding is not sure.
 */
export const decodeText = (bytes: Uint8Array, declared?: string | null): { text: string; encoding: string } => {
  const encoding = detectEncoding(bytes, declared);
  return { text: decodeAs(bytes, encoding), encoding };
};
