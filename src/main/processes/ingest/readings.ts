import { type TextEncoding, textEncodingNames, textEncodings } from '@shared/model';
import { decodeAs } from './decodeText';
import { latinScore } from './latinLanguages';
import { guessScript, isForeignScript } from './scripts';

export interface Reading {
  encoding: TextEncoding;
  /** The first lines that say in which encoding the text is, as they read in this one. */
  text: string;
}

const sampleBytes = 16 * 1024;
const most = { readings: 8, lines: 3, lineCharacters: 160 };
/** The regions whose letters are Latin ones, with the languages by which a reading is judged. */
const families = { western: 'western', central: 'central', turkish: 'turkish' } as const;
// biome-ignore lint/suspicious/noControlCharactersInRegex: a reading with control signs is no reading
const nonsense = /[\u0000-\u0008\u000e-\u001f\u007f-\u009f\ufffd\ue000-\uf8ff]/g;

/** The lines in which the readings differ: those with letters beyond ASCII, else the first ones. */
const tellingLines = (text: string): string => {
  const lines = text.split(/\r\n?|\n|\u0085/).filter((line) => line.trim() !== '');
  const telling = lines.filter((line) => /[^\p{ASCII}]/u.test(line));
  return (telling.length > 0 ? telling : lines)
    .slice(0, most.lines)
    .map((line) => line.replace(/\s+/g, ' ').trim().slice(0, most.lineCharacters))
    .join('\n');
};

/**
 * The plausible readings of a text in the encodings that are offered, the likeliest first; readings that give the same text are one.
 * Those with signs that no text has are left out where there are others.
 */
export const readingsOf = (bytes: Uint8Array): Reading[] => {
  const sample = bytes.subarray(0, sampleBytes);
  const foreign = isForeignScript(sample) ? guessScript(sample).encoding : null;
  const rank = (encoding: TextEncoding, text: string): number => {
    const broken = text.match(nonsense)?.length ?? 0;
    if (broken > 0) return -1_000 - broken;
    if (encoding === 'utf-8') return 1_000;
    if (encoding === foreign) return 900;
    const region = textEncodings[encoding];
    const family = region in families ? families[region as keyof typeof families] : null;
    if (family === null) return foreign === null ? -500 : 0;
    return latinScore(text, family);
  };
  const seen = new Set<string>();
  // Text of two bytes a letter has zeros at its ends of lines; without one, each reading would be made of rare Chinese signs.
  const isWide = sample.includes(0);
  const readings = textEncodingNames
    .filter((encoding) => isWide || !encoding.startsWith('utf-16'))
    .map((encoding, index) => {
      // A character that the sample cuts is no fault of the encoding.
      const text = decodeAs(sample, encoding).replace(/\ufffd$/, '');
      return { encoding, text, rank: rank(encoding, text), index };
    })
    .toSorted((one, other) => other.rank - one.rank || one.index - other.index)
    .filter(({ text }) => !seen.has(text) && seen.add(text));
  const sound = readings.filter(({ rank: value }) => value > -1_000);
  return (sound.length > 0 ? sound : readings)
    .slice(0, most.readings)
    .map(({ encoding, text }) => ({ encoding, text: tellingLines(text) }));
};
