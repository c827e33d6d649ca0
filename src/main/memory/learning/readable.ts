import { isStopWord } from '@main/text/stopWords';
import { foldedWords } from '@main/text/words';
import { readFences } from '@shared/markdown/fences';
import type { Message } from '@shared/model';
import { sentenceEnds } from '@shared/text/sentences';
import { zoneOf } from './messageZone';

const made: unique symbol = Symbol('readable');

/**
 * The part of a message that learning may read. Only `readableOf` makes one, so that nothing else reaches the rules or a model:
 * no system prompt, retrieved passage, recalled memory, tool result, summary or paste.
 */
export interface Readable {
  readonly [made]: true;
  readonly messageId: string;
  readonly conversationId: string;
  readonly agentId: string | null;
  readonly at: number;
  /** An IANA zone, or an offset such as +02:00. */
  readonly zone: string;
  /** The message with blanks in place of all that the person did not write: as long as its text, so that ranges are the same. */
  readonly said: string;
  /** Sentences of the answer before it that are new there. Nothing is learnt from them alone: they explain "yes, that one". */
  readonly heard: readonly string[];
}

/** All that the model which answered was given besides the conversation. */
export interface Given {
  /** Quotes of passages, recalled memories, summaries, results of tools. */
  texts: readonly string[];
  /** The instructions and the persona. */
  prompts: readonly string[];
}

/** The longest message that is read whole; in a longer one, probably pasted, only short paragraphs at its two ends are read. */
const longestOwn = 1_500;
const longestOwnParagraph = 400;
/** So many lines of a list or table in a row were pasted. */
const pastedLines = 5;
/** A block that follows a line ending in a colon was pasted when it is longer than this. */
const longestIntroduced = 200;

const header = /^\s*(?:from|to|cc|subject|sent|date|de|à|a|objet|envoyé|expéditeur|destinataire)\s?:\s\S/i;
const listLine = /^\s*(?:[-*+•]|\d{1,3}[.)]|\|)\s?\S|^[^\n]*\t[^\n]*\t|^\s*(?:\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d|at \S+\(|\w+Error:)/;
const blockQuote = /^\s*>/;
const quotation = /«[^»]*»|“[^”]*”|"[^"\n]*"|(?<![\p{L}\p{N}])‘[^’\n]*’(?![\p{L}\p{N}])/gu;
const inlineCode = /`[^`\n]+`/g;
const address = /\bhttps?:\/\/\S+/g;
const words = /[\p{L}\p{N}]+/gu;

const blank = (text: string): string => text.replace(/[^\n]/g, ' ');

interface Line {
  text: string;
  own: boolean;
}

const withoutPastes = (lines: Line[]): void => {
  const firstHeader = lines.findIndex(({ text }, index) => header.test(text) && header.test(lines[index + 1]?.text ?? ''));
  if (firstHeader >= 0) for (const line of lines.slice(firstHeader)) line.own = false;
  for (let from = 0; from < lines.length; from += 1) {
    let to = from;
    while (to < lines.length && listLine.test(lines[to]?.text ?? '')) to += 1;
    if (to - from >= pastedLines) for (const line of lines.slice(from, to)) line.own = false;
    from = Math.max(from, to - 1);
  }
  const opening = lines.findIndex(({ text }, index) => /[:：]\s*$/.test(text) && index < lines.length - 1);
  const after = lines.slice(opening + 1);
  if (opening >= 0 && after.reduce((sum, { text }) => sum + text.length, 0) > longestIntroduced) for (const line of after) line.own = false;
};

/** Keeps the first and the last paragraph of a long message, where they are short. */
const withoutMiddle = (lines: Line[]): void => {
  const paragraphs: Line[][] = [[]];
  for (const line of lines) {
    if (line.text.trim() === '') paragraphs.push([]);
    paragraphs.at(-1)?.push(line);
  }
  const filled = paragraphs.filter((paragraph) => paragraph.some(({ text }) => text.trim() !== ''));
  for (const paragraph of filled) {
    const atEdge = paragraph === filled[0] || paragraph === filled.at(-1);
    const length = paragraph.reduce((sum, { text }) => sum + text.length, 0);
    if (!atEdge || length > longestOwnParagraph) for (const line of paragraph) line.own = false;
  }
};

/** The text with blanks in place of quotes, code, addresses and pastes. */
const ownWords = (text: string): string => {
  const parts = text.split('\n');
  const fences = readFences(parts);
  const lines = parts.map((part, index) => ({ text: part, own: fences[index] === 'outside' && !blockQuote.test(part) }));
  withoutPastes(lines);
  if (text.length > longestOwn) withoutMiddle(lines);
  return lines
    .map(({ text: line, own }) => (own ? line : blank(line)))
    .join('\n')
    .replace(quotation, (quoted) => ((quoted.match(words)?.length ?? 0) > 3 || quoted.length > 40 ? blank(quoted) : quoted))
    .replace(inlineCode, blank)
    .replace(address, blank);
};

const contentWords = (text: string): string[] =>
  foldedWords(text).filter((word) => word.length > 2 && !isStopWord(word, 'en') && !isStopWord(word, 'fr'));

/** Words that could only come from what they stand in: names and numbers. */
const tellingWords = (text: string): string[] =>
  foldedWords((text.match(/(?<=\p{L}[\p{L},;]* )\p{Lu}[\p{L}\p{N}-]+|\S*\d\S*|\p{Lu}{3,}/gu) ?? []).join(' '));

const triples = (text: string): string[] => {
  const all = contentWords(text);
  return all.slice(2).map((word, index) => `${all[index]} ${all[index + 1]} ${word}`);
};

/** The most content words of a sentence that may stand in the question, as a share. */
const mostKnown = 0.6;
const mostHeard = 12;

const citation = /\[\d+\]/;

/**
 * The sentences of an answer that say something new: none of an answer that had passages, which are not kept, and none whose words
 * stand in the question or in anything that its model was given.
 */
const newSentences = (answer: Message, question: string, given: Given): string[] => {
  if (answer.state !== 'complete' || !answer.info || answer.info.passages > 0) return [];
  const asked = new Set(contentWords(question));
  const inGiven = new Set(given.texts.flatMap(contentWords));
  const inPrompts = new Set(given.prompts.flatMap((prompt) => [...triples(prompt), ...tellingWords(prompt)]));
  const isNew = (sentence: string): boolean => {
    if (citation.test(sentence)) return false;
    const content = contentWords(sentence);
    if (content.length === 0 || content.filter((word) => asked.has(word)).length > mostKnown * content.length) return false;
    if (content.some((word) => inGiven.has(word) && !asked.has(word))) return false;
    return ![...triples(sentence), ...content].some((piece) => inPrompts.has(piece));
  };
  return ownWords(answer.text)
    .split('\n')
    .flatMap((line) => {
      const ends = sentenceEnds(line);
      return [0, ...ends].map((start, index) => line.slice(start, ends[index] ?? line.length).trim());
    })
    .filter((sentence) => sentence !== '' && isNew(sentence))
    .slice(0, mostHeard);
};

/** The answer that a message replies to, its question, and what its model was given. */
export interface Before {
  answer: Message;
  question: string;
  given: Given;
}

/** The readable part of a stored message of the person; null for any other message, and where none of its text is the person's. */
export const readableOf = (message: Message, agentId: string | null, before: Before | null): Readable | null => {
  if (message.role !== 'user' || message.state !== 'complete') return null;
  const said = ownWords(message.text);
  if (!/\p{L}/u.test(said)) return null;
  return {
    [made]: true,
    messageId: message.id,
    conversationId: message.conversationId,
    agentId,
    at: message.at,
    zone: zoneOf(message.at, message.tzOffset),
    said,
    heard: before ? newSentences(before.answer, before.question, before.given) : [],
  };
};
