import { fold } from '@shared/text/fold';

/** Words between quotation marks. */
export interface QuotedWords {
  /** `[start, end)` of the words, without the marks. */
  start: number;
  end: number;
  text: string;
}

const quoted = /«\s*([^«»\n]{1,600}?)\s*»|“([^“”\n]{1,600})”|„([^„“\n]{1,600})“|(?<![\p{L}\p{N}])"([^"\n]{1,600})"(?![\p{L}\p{N}])/gu;
/** Shorter ones are terms set apart, not quotations. */
const leastWords = 3;

/** The quotations of a text, of three words or more. */
export const quotedWordsIn = (text: string): QuotedWords[] =>
  Array.from(text.matchAll(quoted)).flatMap((match) => {
    const words = match.slice(1).find((part) => part !== undefined) ?? '';
    if ((words.match(/[\p{L}\p{N}]+/gu)?.length ?? 0) < leastWords) return [];
    const start = match.index + match[0].indexOf(words);
    return [{ start, end: start + words.length, text: words }];
  });

/** The letters and digits of a text, folded, with one blank between words: for comparing quotations. */
export const bareWords = (text: string): string => ` ${(fold(text).match(/[\p{L}\p{N}]+/gu) ?? []).join(' ')} `;

/** The pieces of a quotation between its omissions. */
export const piecesOf = (quotation: string): string[] =>
  quotation
    .split(/\s*(?:\[\s*(?:…|\.{3})\s*\]|\(\s*(?:…|\.{3})\s*\)|…|\.{3})\s*/u)
    .map(bareWords)
    .filter((piece) => piece.trim() !== '');
