import { languageOfText } from '@main/text/detectLanguage';
import { sentenceEnds } from '@shared/text/sentences';
import { plainText } from './plain';
import type { RuleWords } from './rules/ruleWords';
import { englishWords } from './rules/words.en';
import { frenchWords } from './rules/words.fr';

export interface Stretch {
  start: number;
  end: number;
}

/** The sentences of a text, without blanks around them. */
export const sentencesOf = (text: string): Stretch[] => {
  const found: Stretch[] = [];
  for (const { 0: line, index } of text.matchAll(/[^\n]+/g)) {
    const ends = sentenceEnds(line);
    for (const [at, start] of [0, ...ends].entries()) {
      const sentence = line.slice(start, ends[at] ?? line.length);
      const body = sentence.trim();
      if (body === '') continue;
      const from = index + start + sentence.indexOf(body);
      const last = found.at(-1);
      // "I love queues... (not)": the words in brackets belong to what stands before them.
      if (at > 0 && last && /^\([^()]*\)\W*$/.test(body)) last.end = from + body.length;
      else found.push({ start: from, end: from + body.length });
    }
  }
  return found;
};

const words = { en: englishWords, fr: frenchWords };

export type LanguageName = keyof typeof words;

export const wordsOfLanguage = (language: LanguageName): RuleWords => words[language];

/** The places where the clauses of a plain sentence end, each with the beginning of the next one: its commas, and words such as "but". */
export const clauseCuts = (plain: string, clauseEnd: RegExp): (readonly [end: number, next: number])[] => {
  const signs = /(?<!\d),|,(?!\d)|[;:()](?!\d)| [—–-] /g;
  return [...plain.matchAll(signs), ...plain.matchAll(new RegExp(clauseEnd, 'gu'))]
    .map(({ index, 0: cut }) => [index, index + cut.length] as const)
    .sort((a, b) => a[0] - b[0]);
};

/** The languages in which a sentence is read: its own, else that of its message, else both. */
export const languagesOf = (sentence: string, message: string): LanguageName[] => {
  const name = languageOfText(sentence) ?? languageOfText(message);
  return name ? [name] : ['en', 'fr'];
};

/** True when the rest of the message is the matter of a task: "Translate this: ...". */
export const opensMatter = (sentence: string, { task }: RuleWords): boolean => {
  const plain = plainText(sentence);
  return task.test(plain) && /[:：]/.test(plain);
};

/** True when a sentence states something: no task, no supposition, no words of somebody else. */
export const isStated = (sentence: string, { task, unstated }: RuleWords): boolean => {
  const plain = plainText(sentence);
  return !task.test(plain) && !unstated.test(plain);
};

/** The sentence of a text in which a place stands, where it states something; null where it asks, supposes or repeats. */
export const statementAt = (text: string, at: number): Stretch | null => {
  for (const sentence of sentencesOf(text)) {
    const body = text.slice(sentence.start, sentence.end);
    const known = languagesOf(body, text).map((name) => words[name]);
    if (at >= sentence.start && at < sentence.end) return known.every((one) => isStated(body, one)) ? sentence : null;
    if (known.some((one) => opensMatter(body, one))) return null;
  }
  return null;
};
