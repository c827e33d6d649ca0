import { type QuestionWord, questionWords } from '@main/text/questionWords';
import { isStopWord } from '@main/text/stopWords';
import { baseForm } from '@main/text/wordForms';
import type { WrittenForm } from '@main/text/writtenForm';
import { type Spelled, spellingsNear } from './misspelt';
import { runsOfWord, shortenings, writtenForms } from './writtenForms';

/** One way to write a part of the question: the folded terms of which it consists. */
export interface TermAlternative {
  terms: string[];
  worth: number;
  /** The words as the question has them. */
  isOwn?: true;
  /** The pieces of a date: they occur everywhere. */
  isPieces?: true;
  /** A word that was probably meant instead. */
  isMeant?: true;
}

/** A part of the question: a word, or a part that can be written in several ways. */
export interface QuestionUnit {
  /** Its own words, which count exactly; none for a number, whose parts mean little. */
  words: string[];
  alternatives: TermAlternative[];
  /** A function word that the question uses as content, so that the question is about it. */
  isNamed?: boolean;
}

/** The weight of each kind of alternative, relative to the question's own words. */
const worth = {
  whole: 1.05,
  reference: 1.15,
  parts: 1,
  insideWord: 0.95,
  otherWhole: 0.9,
  partOfDate: 0.6,
  baseForm: 0.9,
  split: 0.85,
  meant: 0.8,
  numberParts: 0.5,
} as const;
/** The most words in a row that may be joined to one. */
const longestJoin = 6;
/** Fewest letters of a part of a compound. */
const leastPart = 4;
const links = ['', 's', 'es', 'n', 'en', 'e'];

const unitOfForm = (form: WrittenForm, words: string[]): QuestionUnit => {
  const { wholes, parts, isNumber } = form;
  const alternatives: TermAlternative[] = wholes.map((whole, index) => ({
    terms: [whole],
    worth:
      index === 0
        ? /\d/.test(whole)
          ? worth.reference
          : worth.whole
        : isNumber && /^\d*-\d\d/.test(whole) && whole.length < 10
          ? worth.partOfDate
          : worth.otherWhole,
  }));
  if (wholes[0]) for (const term of shortenings(wholes[0])) alternatives.push({ terms: [term], worth: worth.otherWhole });
  const contentParts = parts.filter((part) => !isStopWord(part, 'en') && !isStopWord(part, 'fr'));
  if (contentParts.length) alternatives.push({ terms: contentParts, worth: worth.insideWord });
  if (!isNumber && words.length) alternatives.push({ terms: words, worth: worth.parts, isOwn: true });
  // "5 March 2024" may also be found by its words, but "1 000" not by "1" and "000".
  if (isNumber && words.some((word) => !/\d/.test(word))) alternatives.push({ terms: words, worth: worth.numberParts, isPieces: true });
  return { words: isNumber ? [] : words, alternatives };
};

/** The forms of a question that do not overlap, the longest first, and for each of its characters the index of its form, or -1. */
const apart = (question: string): { forms: WrittenForm[]; formAt: Int32Array } => {
  const forms: WrittenForm[] = [];
  const formAt = new Int32Array(question.length).fill(-1);
  const byPlace = Map.groupBy(writtenForms(question), ({ start, end }) => `${start}-${end}`);
  const merged = Array.from(byPlace.values(), (same) => ({
    ...(same[0] as WrittenForm),
    wholes: [...new Set(same.flatMap(({ wholes }) => wholes))],
    parts: same.flatMap(({ parts }) => parts),
    beginnings: same.flatMap(({ beginnings }) => beginnings),
    isNumber: same.some(({ isNumber }) => isNumber),
  }));
  for (const form of merged.toSorted((one, other) => other.end - other.start - (one.end - one.start))) {
    // A shorter form cannot enclose a longer one, so checking its two ends is enough.
    if (formAt[form.start] !== -1 || formAt[form.end - 1] !== -1) continue;
    formAt.fill(forms.length, form.start, form.end);
    forms.push(form);
  }
  return { forms, formAt };
};

/** Splits a word that no passage holds into parts that some passages hold: "Mietvertrag" into "Miete" and "Vertrag". */
const splitWord = (word: string, known: (term: string) => boolean): string[] => {
  const runs = runsOfWord(word);
  if (runs.length > 1 && runs.length <= longestJoin) return runs;
  if (word.length > 40 || /\d/.test(word)) return [];
  for (let at = word.length - leastPart; at >= leastPart; at -= 1) {
    const [first, second] = [word.slice(0, at), word.slice(at)];
    if (!known(second)) continue;
    const stem = links.filter((link) => first.endsWith(link)).map((link) => first.slice(0, first.length - link.length));
    const found = [...stem, `${first}e`].find((one) => one.length >= leastPart && known(one));
    if (found) return [found, second];
  }
  return [];
};

/** Beginnings of names that are written as one word or two: "Le Bourhis", "Lebourhis". */
const nameBeginnings = /^(?:les?|la|du|de|des|mac|mc|van|von|saint|st|el|al)(?=.{4})/;

/** A longer word is no name, and trying every spelling of it would take the square of its length. */
const longestName = 40;
/** Spellings of umlauts: "Mueller" for "Müller", which is folded to "muller". */
const umlautSpellings = (word: string): string[] =>
  word.length < leastPart || word.length > longestName
    ? []
    : Array.from(
        word.matchAll(/[aou](e?)/g),
        ({ index, 1: e = '' }) => word.slice(0, index + 1) + (e ? '' : 'e') + word.slice(index + 1 + e.length),
      );

/** How many words of a question are tried in other spellings. */
const mostMisspelt = 8;

const unitOfWord = (word: string, lexicon: Lexicon, maySpell: () => boolean): QuestionUnit => {
  const known = (term: string): boolean => lexicon.frequencyOf(term) > 0;
  const alternatives: TermAlternative[] = [{ terms: [word], worth: worth.parts, isOwn: true }];
  for (const language of ['en', 'fr'] as const) {
    const base = baseForm(word, language);
    if (base) alternatives.push({ terms: [base], worth: worth.baseForm });
  }
  if (known(word)) return { words: [word], alternatives };
  const split = splitWord(word, known);
  if (split.length) alternatives.push({ terms: split, worth: worth.split });
  const umlaut = umlautSpellings(word).find(known);
  if (umlaut) alternatives.push({ terms: [umlaut], worth: worth.otherWhole, isMeant: true });
  // A word that exists is not a misspelling of another one.
  if (lexicon.isWord(word)) return { words: [word], alternatives };
  const name = word.replace(nameBeginnings, '');
  if (name !== word && known(name)) alternatives.push({ terms: [name], worth: worth.split, isMeant: true });
  const hasOther = alternatives.some(({ terms }) => terms.every(known));
  const near = hasOther || !maySpell() ? [] : spellingsNear(word, lexicon);
  for (const spelling of near) alternatives.push({ terms: [spelling], worth: worth.meant, isMeant: true });
  return { words: [word], alternatives };
};

/** Joins words in a row to one, with the letters that a compound puts between two. */
const joinsOf = (words: readonly string[]): string[] => {
  const [first = '', second = ''] = words;
  const linked =
    words.length === 2 && first.length >= leastPart && second.length >= leastPart
      ? [...(first.endsWith('e') ? [first.slice(0, -1) + second] : []), ...links.map((link) => first + link + second)]
      : [];
  return [words.join(''), ...linked].filter((joined) => joined.length >= leastPart || /\p{L}\d|\d\p{L}/u.test(joined));
};

/** Knowledge about words that does not come from the question. */
export interface Lexicon extends Spelled {
  /** True when a folded term is a word of the languages that the model knows. */
  isWord(term: string): boolean;
}

/** Splits a question into its units. */
export const questionUnits = (question: string, lexicon: Lexicon): QuestionUnit[] => {
  const known = (term: string): boolean => lexicon.frequencyOf(term) > 0;
  const tokens = questionWords(question, known);
  const { forms, formAt } = apart(question);
  const inside = Map.groupBy(tokens, ({ start }) => formAt[start] as number);
  const units: { start: number; unit: QuestionUnit }[] = [];
  for (const [index, form] of forms.entries()) {
    const own = inside.get(index) ?? [];
    const informative = own.filter((token) => token.informative);
    // A form of function words only counts when it is a name that passages contain: "est-ce" is none.
    if (own.length > 0 && informative.length === 0 && !form.wholes.some(known)) continue;
    units.push({
      start: form.start,
      unit: unitOfForm(
        form,
        (informative.length ? informative : own).map(({ word }) => word),
      ),
    });
  }
  let misspelt = 0;
  const maySpell = (): boolean => {
    misspelt += 1;
    return misspelt <= mostMisspelt;
  };
  const free = inside.get(-1) ?? [];
  for (let index = 0; index < free.length; ) {
    let count = 1;
    for (let length = longestJoin; length > 1; length -= 1) {
      const span = free.slice(index, index + length);
      if (span.length < length || !span.some(({ informative }) => informative)) continue;
      const isAdjacent = span.every((token, at) => at === 0 || question.slice((span[at - 1] as QuestionWord).end, token.start) === ' ');
      const joined = isAdjacent && joinsOf(span.map(({ word }) => word)).find(known);
      if (!joined) continue;
      const words = span.filter(({ informative }) => informative).map(({ word }) => word);
      units.push({
        start: (span[0] as QuestionWord).start,
        unit: {
          words,
          alternatives: [
            { terms: words, worth: worth.parts, isOwn: true },
            { terms: [joined], worth: worth.parts },
          ],
        },
      });
      count = length;
      break;
    }
    const token = free[index] as QuestionWord;
    if (count === 1 && token.informative)
      units.push({ start: token.start, unit: { ...unitOfWord(token.word, lexicon, maySpell), isNamed: token.isNamed } });
    index += count;
  }
  return units.toSorted((a, b) => a.start - b.start).map(({ unit }) => unit);
};
