import type { RuleWords } from './rules/ruleWords';
import type { LanguageName } from './statements';

/** The one of whom a part of a sentence speaks: the person, somebody or something else, or nobody that the words show. */
export type SpokenOf = 'self' | 'other' | null;

const own = { en: '(?:i|we)', fr: "(?:je|nous|on)(?!-)|j(?=')" };
const others = {
  en: '(?:he|she|they|it|you|who|which|that|there|this)',
  fr: "(?:il|elle|ils|elles|tu|vous|qui|ca|cela|c(?=')|ce|celui|celle)(?!-)",
};
const possessives = { en: '(?:my|our)', fr: '(?:mon|ma|mes|notre|nos)' };

const escaped = (word: string): string => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** The words of a language for persons and animals of one's own, as one pattern; plurals too. */
const relationPattern = (words: RuleWords): string => `(?:${Object.keys(words.relations).map(escaped).join('|')})s?`;

const patterns = new Map<LanguageName, RegExp>();

const patternOf = (language: LanguageName, words: RuleWords): RegExp => {
  const known = patterns.get(language);
  if (known) return known;
  const pattern = new RegExp(
    `(?<![\\p{L}\\p{N}-])(?:(?<relation>${possessives[language]} (?:\\p{L}+ ){0,2}${relationPattern(words)})|(?<thing>${possessives[language]})|(?<own>${own[language]})|(?<other>${others[language]}))(?![\\p{L}\\p{N}])`,
    'gu',
  );
  patterns.set(language, pattern);
  return pattern;
};

/**
 * Returns the one of whom a sentence speaks at a place, by the last subject before it: "My brother Tom lives in" speaks of another,
 * "My budget is" of the person. Both are plain text.
 */
export const spokenOfAt = (plain: string, at: number, language: LanguageName, words: RuleWords): SpokenOf => {
  const last = [...plain.matchAll(patternOf(language, words))].filter(({ index, 0: found }) => index + found.length <= at).at(-1)?.groups;
  if (!last) return null;
  return last.own !== undefined || last.thing !== undefined ? 'self' : 'other';
};

/** True for a plain sentence that speaks of the person, or of somebody of theirs. */
export const speaksOfOwn = (plain: string, language: LanguageName, words: RuleWords): boolean =>
  [...plain.matchAll(patternOf(language, words))].some(({ groups }) => groups?.other === undefined);

/** The English names of the persons and animals of one's own that a sentence names; plurals count. */
export const relationsIn = (plain: string, words: RuleWords): ReadonlySet<string> =>
  new Set(
    Object.entries(words.relations)
      .filter(([word]) => new RegExp(`(?<![\\p{L}\\p{N}-])${escaped(word)}s?(?![\\p{L}\\p{N}])`, 'u').test(plain))
      .map(([, name]) => name),
  );
