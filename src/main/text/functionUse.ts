import { fold } from '@shared/text/fold';
import { isSentenceStart } from '@shared/text/sentences';
import type { Language } from './languages';
import { isStopWord } from './stopWords';

/** The words before a function word that is used as a noun: "the will", "in May", "l'or", "en été". Folded, by word. */
const usedAsNoun = (list: string): ReadonlyMap<string, ReadonlySet<string>> =>
  new Map(
    list
      .trim()
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .map(([noun, ...before]) => [noun as string, new Set(before)]),
  );
const nouns = {
  en: usedAsNoun(`
    being human
    can the a an his her my your their our
    may in of since until by early late mid last next during from the
    might the his her their our
    mine the a an our
    must a the
    while a
    will the a an his her my your their our last living
  `),
  fr: usedAsNoun(`
    as un l
    avoir un l
    ca le un du
    car le un du ce au en notre votre leur mon de chaque quel
    est l d
    comment le du
    ete l d en un cet chaque
    etre l un
    fait le un du ce au les des
    la le un du
    moi le du
    non le un du
    nous le du
    or l d en
    pas le un du ce au les des chaque mon notre votre leur quel
    peu le du
    pour le du
    pourquoi le du
    pouvoir le un du ce au les des quel mon notre votre leur
    quoi le du
    si le un du
    son le un du ce au les des quel
    sous des les
    ton le un du ce au quel
    une la
    vers le un du ce les des ces en
  `),
} as const;
/** Read as nouns in a question that has no other function word: "prix or", "car scolaire". */
const nounsAlone = new Set('can may might mine must us will it car est ete etre avoir or pas son ton'.split(' '));

/** The accented function words: another accent makes another word ("maïs", "dû", "sûr"). */
const accented = new Set('à çà ça dès là où été étée êtes être étaient était étant même mêmes'.split(' '));

const word = /[\p{L}\p{N}\p{M}]+/gu;
const isUpper = (text: string): boolean => text === text.toUpperCase() && text !== text.toLowerCase();
const startsUpper = (text: string): boolean => isUpper(text[0] as string);
/** How much text on each side is checked for capitals. */
const around = 40;
const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;
const inCapitals = (text: string): boolean => count(text, /\p{Lu}/gu) >= count(text, /\p{Ll}/gu);

const quoted = /"([^"\n]{1,60})"|“([^”\n]{1,60})”|«\s?([^»\n]{1,60})»|`([^`\n]{1,60})`|(?<!\p{L})['‘]([^'’\n]{1,60})['’](?!\p{L})/gu;
/** A longer quotation is an ordinary sentence, except in a question. */
const wordsOfQuotation = 3;

/**
 * The function words of a text, folded, that are used as content: capitalised where no capital is due (May, WHO), after an article
 * (the will, l'or), in short quotation marks, or with an accent of their own (maïs).
 */
export const functionWordsAsContent = (text: string, language: Language, isQuestion = false): string[] => {
  if (language === 'other') return [];
  const found: string[] = [];
  const all = [...text.matchAll(word)];
  for (const [index, { 0: own, index: at }] of all.entries()) {
    // The longest function word has ten letters.
    const folded = own.length > 12 ? '' : fold(own);
    if (!isStopWord(folded, language)) continue;
    const previous = all[index - 1];
    const gap = previous ? text.slice(previous.index + previous[0].length, at) : '';
    const lower = own.toLowerCase().normalize('NFC');
    const hasOwnAccent = language === 'fr' && lower !== folded && !accented.has(lower);
    const isNoun =
      previous !== undefined && /^(?:\s+|\s?['’])$/.test(gap) && (nouns[language].get(folded)?.has(fold(previous[0])) ?? false);
    if (hasOwnAccent || isNoun || isNamed(text, all, index)) found.push(folded);
  }
  for (const match of text.matchAll(quoted)) {
    const words = (match.slice(1).find((part) => part !== undefined) ?? '').match(word) ?? [];
    if (words.length > wordsOfQuotation && !isQuestion) continue;
    for (const one of words.map(fold)) if (isStopWord(one, language) && !found.includes(one)) found.push(one);
  }
  return found;
};

/** True when a word has capitals that its position does not require. */
const isNamed = (text: string, all: readonly RegExpExecArray[], index: number): boolean => {
  const { 0: own, index: at } = all[index] as RegExpExecArray;
  const end = at + own.length;
  if (!startsUpper(own) || own === 'I' || (own.length <= 2 && /['’]/.test(text[end] ?? ''))) return false;
  const left = text.slice(Math.max(0, at - around), at);
  if (own.length > 1 && isUpper(own)) return !inCapitals(left + text.slice(end, end + around));
  if (isSentenceStart(left)) return false;
  const previous = all[index - 1];
  const next = all[index + 1];
  if (!previous || !startsUpper(previous[0])) return true;
  const isSecond = isSentenceStart(text.slice(Math.max(0, previous.index - around), previous.index));
  return isSecond && (!next || !startsUpper(next[0]));
};

/** The function words of a question if all of them are nouns too, else none. */
export const loneNouns = (functionWords: readonly string[]): readonly string[] =>
  functionWords.every((one) => nounsAlone.has(one)) ? functionWords : [];
