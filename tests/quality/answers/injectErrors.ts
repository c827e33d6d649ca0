import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A statement about a document, as it is true or with one part altered. */
export interface Injected {
  document: string;
  text: string;
  /** The altered part; null where the statement is true. */
  altered: { kind: 'number' | 'date' | 'name'; was: string; is: string } | null;
}

const folder = import.meta.dirname;
export const textOfDocument = (name: string): string => readFileSync(join(folder, 'documents', `${name}.md`), 'utf8');

/** A generator of pseudo-random numbers below 1 (mulberry32), so that the set is the same on every run. */
export const random = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let value = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
  return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296;
};

const words = {
  en: 'two three four five six eight nine eleven fourteen sixteen twenty'.split(' '),
  fr: 'deux trois quatre cinq six huit neuf onze quatorze seize trente trente-neuf'.split(' '),
};
const names = ['Ashdown', 'Vernier', 'Okonjo', 'Delmas', 'Hartwell', 'Quillard', 'Brannigan', 'Lesage'];
const months = {
  en: 'January February March April May June July August September October November December'.split(' '),
  fr: 'janvier février mars avril mai juin juillet août septembre octobre novembre décembre'.split(' '),
};

/** Changes one digit, or the word for a number by another, so that the value differs. */
export const otherNumber = (was: string, next: () => number): string => {
  const digits = [...was.matchAll(/\d/g)];
  if (digits.length === 0) {
    const list = words.fr.includes(was) || /[éà]|et |cent|mille|un$/.test(was) ? words.fr : words.en;
    const others = list.filter((word) => word !== was);
    return others[Math.floor(next() * others.length)] as string;
  }
  const at = (digits[Math.floor(next() * digits.length)] as RegExpExecArray).index;
  const others = [...'123456789'].filter((digit) => digit !== was[at]);
  return was.slice(0, at) + (others[Math.floor(next() * others.length)] as string) + was.slice(at + 1);
};

const otherDate = (was: string, next: () => number): string => {
  for (const list of [months.en, months.fr]) {
    const month = list.find((name) => was.includes(name));
    if (month && next() < 0.5) {
      const others = list.filter((name) => name !== month);
      return was.replace(month, others[Math.floor(next() * others.length)] as string);
    }
  }
  return otherNumber(was, next);
};

/**
 * The set of sentences: each statement as it is true, and altered at one of its parts, in turn. At least 200, from the lines of
 * `statements.txt`, the same on every run.
 */
export const injectedErrors = (seed = 20_261_201): Injected[] => {
  const next = random(seed);
  const lines = readFileSync(join(folder, 'statements.txt'), 'utf8')
    .split('\n')
    .filter((line) => line.includes(' | ') && !line.startsWith('#'));
  return lines.flatMap((line, index) => {
    const [document = '', marked = ''] = line.split(' | ');
    const parts = [...marked.matchAll(/\{([ndp]):([^}]+)\}/g)];
    const plain = (text: string): string => text.replace(/\{[ndp]:([^}]+)\}/g, '$1');
    const part = parts[index % parts.length] as RegExpExecArray;
    const [written, kind, was = ''] = part;
    const is = kind === 'p' ? (names[index % names.length] as string) : kind === 'd' ? otherDate(was, next) : otherNumber(was, next);
    const altered = plain(marked.slice(0, part.index) + is + marked.slice(part.index + written.length));
    return [
      { document, text: plain(marked), altered: null },
      { document, text: altered, altered: { kind: kind === 'p' ? 'name' : kind === 'd' ? 'date' : 'number', was, is } },
    ] as Injected[];
  });
};
