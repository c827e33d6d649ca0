import { fold } from '@shared/text/fold';

/** The things about a turn, besides its words, for which a question may ask. */
export interface TurnSigns {
  asks: boolean;
  /** True when it names a time. */
  isDated: boolean;
  /** True when it tells in the first person something of the past. */
  tellsPast: boolean;
}

const times = [
  'yesterday|today|tonight|tomorrow|ago|last|next|recently|soon|since|weekends?|days?|weeks?|months?|years?|(?:mon|tues|wednes|thurs|fri|satur|sun)day',
  'january|february|march|april|june|july|august|september|october|november|december|spring|summer|autumn|winter',
  'hier|aujourd|demain|recemment|bientot|depuis|jours?|semaines?|mois|ans?|annees?|dernier|derniere|prochain|prochaine',
  'lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre|printemps|automne|hiver',
  '(?:19|20)\\d\\d',
];
const namesTime = new RegExp(`\\b(?:${times.join('|')})\\b`);
const englishPast =
  /\b(?:i|we|my|our)\b.*\b(?:was|were|had|did|went|got|made|took|saw|met|bought|found|came|gave|started|began|\w{3,}ed)\b/;
const frenchPast = /\b(?:j ?'? ?(?:ai|avais|etais|allais)|je (?:me )?suis|on (?:a|est|avait)|nous (?:avons|sommes|avions|etions))\b/;
/** The signs of a long turn are read in its beginning. */
const examined = 2_000;

export const signsOfTurn = (text: string): TurnSigns => {
  const folded = fold(text.slice(0, examined));
  return { asks: folded.includes('?'), isDated: namesTime.test(folded), tellsPast: englishPast.test(folded) || frenchPast.test(folded) };
};

const whenQuestion =
  /\bwhen\b|\b(?:what|which) (?:day|date|month|year|time|week)\b|\bhow long ago\b|\bquand\b|\b(?:quel|quelle|quels|quelles) (?:jour|date|mois|annee|semaine|moment|heure)s?\b|\bil y a combien de temps\b/;
export const asksWhen = (question: string): boolean => whenQuestion.test(fold(question));

/** The person, among the speakers; every other one goes by a name. */
export const thePerson = '';

const self = /\b(?:i|me|my|mine|myself|je|j|moi|mon|ma|mes|m)\b/;

/**
 * The only speaker of whom a question asks: by a name, of which a single word is enough where no other speaker has it, or by "I" for the
 * person. Null where it names none or several.
 */
export const speakerAsked = (question: string, speakers: Iterable<string>): string | null => {
  const words = new Set(wordsOf(question));
  const named = new Set(
    [...speakers].filter((name) => name !== thePerson && wordsOf(name).some((word) => isName(word) && words.has(word))),
  );
  if (named.size > 0) return named.size === 1 ? ([...named][0] as string) : null;
  return self.test(fold(question)) ? thePerson : null;
};

const wordsOf = (text: string): string[] => fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];
/** "De" and "of" in a name are no name. */
const isName = (word: string): boolean => word.length > 2;

/** The folded words of names, which say who speaks and not what is said. */
export const wordsOfNames = (names: Iterable<string>): Set<string> => new Set([...names].flatMap(wordsOf).filter(isName));
