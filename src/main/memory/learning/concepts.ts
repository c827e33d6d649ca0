import { isStopWord } from '@main/text/stopWords';
import { foldedWords } from '@main/text/words';
import type { Learnt } from '../learnt';
import type { Readable } from './readable';

/** In how many messages and chats of the person a term stands. */
export interface PhraseUse {
  messages: number;
  chats: number;
}
export interface Corpus {
  countUse(phrase: string): PhraseUse;
  /** The number of messages of the person. */
  messages: number;
}

const fewestMessages = 3;
const fewestChats = 2;
/** A term that stands in a larger share of all messages is a word of the language, not a subject. */
const largestShare = 0.05;
/** With fewer messages the share says nothing, and only names are taken. */
const fewestForShare = 60;
const mostCandidates = 8;
const confidence = 0.6;

const named = /(?<=[\p{L}\p{N},;:'’] ?)(?<![.!?…\n] ?)\b\p{Lu}[\p{L}\p{N}-]{2,}(?: \p{Lu}[\p{L}\p{N}-]+){0,3}|\b\p{Lu}{2,}\d*\b/gu;
const pair = /\b(\p{Ll}[\p{Ll}-]{3,}) (?:(?:de|du|des|d'|of) ?)?(\p{Ll}[\p{Ll}-]{4,})\b/gu;

const isContent = (word: string): boolean => !isStopWord(word, 'en') && !isStopWord(word, 'fr');

/** The terms of a message that may be subjects, with their places: names, and two content words in a row. */
const termsOf = (said: string): { term: string; start: number; isName: boolean }[] => [
  ...Array.from(said.matchAll(named), ({ 0: term, index }) => ({ term, start: index, isName: true })),
  ...Array.from(said.matchAll(pair), ({ 0: term, index }) => ({ term, start: index, isName: false })).filter(
    ({ term }) => foldedWords(term).filter(isContent).length >= 2,
  ),
];

/**
 * The subjects that come back: terms of these messages that stand in at least three messages of two chats, and in few of all that
 * the person wrote.
 */
export const conceptsIn = (readables: readonly Readable[], corpus: Corpus): Learnt[] => {
  const found: Learnt[] = [];
  for (const { said, messageId, conversationId, agentId, at } of readables) {
    for (const { term, start, isName } of termsOf(said).slice(0, mostCandidates)) {
      const use = corpus.countUse(term);
      if (use.messages < fewestMessages || use.chats < fewestChats) continue;
      const isShareKnown = corpus.messages >= fewestForShare;
      if (isShareKnown ? use.messages > Math.max(fewestMessages, largestShare * corpus.messages) : !isName) continue;
      found.push({
        kind: 'concept',
        text: term,
        subject: term,
        attribute: '',
        value: '',
        validFrom: null,
        validTo: null,
        dueAt: null,
        confidence,
        origin: 'rule',
        model: null,
        agentId,
        source: { messageId, conversationId, at, start, end: start + term.length },
      });
    }
  }
  return found;
};
