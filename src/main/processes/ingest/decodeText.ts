import chardet from 'chardet';
import iconv from 'iconv-lite';

const sampleBytes = 64 * 1024;

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
  if (byteOrderMark(bytes) || utf16Order(bytes)) return false;
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
  if (guess && !western.test(guess) && !/^(iso-8859|utf-8|ascii)/i.test(guess) && iconv.encodingExists(guess)) {
    // The detector sometimes takes short European texts for Asian ones.
    if (plausibility(iconv.decode(Buffer.from(sample), 'windows-1252')) <= 0) return guess;
  }
  if (
    guess &&
    /^(iso-8859-[3-8]|koi8|windows-125[1356])/i.test(guess) &&
    plausibility(iconv.decode(Buffer.from(sample), 'windows-1252')) <= 0
  )
    return guess;
  let best: { encoding: string; score: number } = { encoding: 'windows-1252', score: Number.NEGATIVE_INFINITY };
  for (const encoding of european) {
    const score = plausibility(iconv.decode(Buffer.from(sample), encoding));
    if (score > best.score) best = { encoding, score };
  }
  if (best.score <= 0 && guess && iconv.encodingExists(guess)) return guess;
  return best.encoding;
};

/** ISO-2022 text is pure ASCII bytes with escapes. */
const isoEscape = (bytes: Uint8Array): string | null => {
  const text = Buffer.from(bytes.subarray(0, sampleBytes)).toString('latin1');
  if (!text.includes('\x1b$') && !text.includes('\x1b(')) return null;
  const guess = chardet.detect(bytes.subarray(0, sampleBytes));
  return guess && iconv.encodingExists(guess) ? guess : null;
};

/** Decodes bytes of any encoding; bytes that cannot be decoded become U+FFFD, never an error. */
export const decodeText = (bytes: Uint8Array, declared?: string | null): { text: string; encoding: string } => {
  const encoding = detectEncoding(bytes, declared);
  const text =
    encoding === 'utf-8'
      ? new TextDecoder('utf-8').decode(bytes)
      : iconv.decode(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), encoding);
  return { text, encoding };
};
