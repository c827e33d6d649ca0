import { fold } from '@shared/text/fold';

const folded = new Map<string, string>();

/** One UTF-16 unit, folded where the result is one unit too; "œ" stays. */
const plainUnit = (unit: string): string => {
  const known = folded.get(unit);
  if (known !== undefined) return known;
  const one = /['’‘ʼ′]/.test(unit) ? "'" : /\s/.test(unit) ? ' ' : fold(unit);
  const plain = one.length === 1 ? one : unit.toLowerCase().length === 1 ? unit.toLowerCase() : unit;
  if (folded.size < 5_000) folded.set(unit, plain);
  return plain;
};

/** The text in small letters without accents, each unit at its place: ranges in it are ranges in the text. */
export const plainText = (text: string): string => {
  let plain = '';
  for (let at = 0; at < text.length; at += 1) plain += plainUnit(text[at] as string);
  return plain;
};

/** The same for the words of time: no signs but those within numbers, dates and times. */
export const timeText = (text: string): string =>
  plainText(text)
    .replace(/[^\p{L}\p{N}./: -]/gu, ' ')
    .replace(/(?<=\p{L})-(?=\p{L})/gu, ' ')
    .replace(/(?<![\p{L}\p{N}])[./:-]|[./:-](?![\p{L}\p{N}])/gu, ' ');
