import { fold } from '@shared/text/fold';
import { sentenceEnds } from '@shared/text/sentences';

/** A part of a sentence between its commas, folded: words with single spaces, no punctuation but that within numbers. */
export interface Clause {
  text: string;
  /** True when a question mark ends the sentence and no clause of it follows. */
  asked: boolean;
}
export interface Sentence {
  clauses: Clause[];
  asked: boolean;
}

/** The longest text that is read whole; of a longer one, probably pasted, only the beginning and the end are the person's words. */
const longest = 600;
const ofPasted = 250;

const code = /```[\s\S]*?(?:```|$)|`[^`\n]*`/g;
const quoteLines = /^\s*>.*$/gm;
const quoted = /«[^»]*»|“[^”]*”|"[^"\n]*"|(?<![\p{L}\p{N}])[‘'][^'’\n]{2,}[’'](?![\p{L}\p{N}])/gu;

/** The text without what the person quotes: code, cited lines and words between quotation marks. A text quoted whole stays. */
const ownWords = (text: string): string => {
  const plain = text.replace(code, ' ').replace(quoteLines, ' ');
  const whole = /^\s*["“«]([^"”»]*)["”»]\s*$/.exec(plain)?.[1];
  const own = whole ?? plain.replace(quoted, ' ').trim();
  return own.length > longest ? `${own.slice(0, ofPasted)}\n${own.slice(-ofPasted)}` : own;
};

/** Makes "l’année", "l'annee" and "week-end" words with spaces; keeps the signs within numbers and dates. */
const plainWords = (text: string): string =>
  fold(text)
    .replace(/['’‘′]/g, ' ')
    .replace(/(?<=\p{L})[-–—‑](?=\p{L})/gu, ' ')
    .replace(/(?<=\d)\s*[–—‑]\s*(?=\d)/g, '-')
    .replace(/(?<![\p{L}\p{N}])[./:-]+|[./:-]+(?![\p{L}\p{N}])/gu, ' ')
    .replace(/[^\p{L}\p{N}./:-]+/gu, ' ')
    .trim();

/** A comma within a date ("Monday, 3 March", "March 3, 2025") separates nothing. */
const dateComma = /(?<=\d(?:st|nd|rd|th)?),(?= ?(?:19|20)\d\d)|(?<=day),(?= (?:the )?(?:\d|\p{Lu}\p{L}+ \d))/gu;

/** "Did we, at any time, ...": words between the person and the verb do not end the clause. */
const aside = /\b((?:did|have|had|was|were|est-ce) (?:i|we|you|que)),([^,]{1,40}),/gi;

/** The sentences of a text in its own words, without those that are quoted. */
export const sentencesOf = (text: string): Sentence[] =>
  ownWords(text)
    .split(/\n+/)
    .flatMap((line) => {
      const ends = sentenceEnds(line);
      return [0, ...ends].map((start, index) => line.slice(start, ends[index] ?? line.length));
    })
    .flatMap((sentence) => {
      const asked = /\?\W*$/.test(sentence);
      const parts = sentence
        .replace(dateComma, ' ')
        .replace(aside, '$1 $2 ')
        .split(/(?<!\d),|,(?!\d)|[;:](?!\d)| [—–-] |\(|\)/);
      const clauses = parts.map(plainWords).filter((part) => part !== '');
      return clauses.length === 0
        ? []
        : [{ asked, clauses: clauses.map((part, index) => ({ text: part, asked: asked && index === clauses.length - 1 })) }];
    });
