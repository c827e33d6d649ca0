import { plainKey } from '@main/store/memoryKeys';
import { cardinalityOf } from '../attributes';
import type { Learnt } from '../learnt';
import { contentWords } from './contentWords';

const holds = (one: string, other: string): boolean => ` ${one} `.includes(` ${other} `);

/** True where a value says no more than another: "courte" and "des réponses courtes". */
const isWithin = (value: string, other: string): boolean => {
  const [words, known] = [contentWords(value), new Set(contentWords(other))];
  return words.length > 0 && words.every((word) => known.has(word));
};

/** True for a find that states nothing but its own words. */
const isPlain = ({ attribute, value }: Learnt): boolean => attribute === '' || value === '';

/**
 * True where two finds in one message have the same words for a value, or are two values of an attribute that has one, or where the first
 * states nothing and its words are those of the other.
 */
const isAboutTheSame = (one: Learnt, other: Learnt): boolean => {
  if (one.source.messageId !== other.source.messageId) return false;
  if (isPlain(one) && holds(plainKey(other.text), plainKey(one.text))) return true;
  const [value, known] = [plainKey(one.value), plainKey(other.value)];
  if (value !== '' && known !== '' && (holds(value, known) || holds(known, value))) return true;
  if (one.subject !== other.subject || one.attribute !== other.attribute) return false;
  return cardinalityOf(one.attribute, one.subject) === 'single' || isWithin(one.value, other.value) || isWithin(other.value, one.value);
};

/** All that the rules found, and of what a model found the rest: where both read the same words, the rules are right more often. Pure. */
export const joinFound = (byRules: readonly Learnt[], byModel: readonly Learnt[]): Learnt[] => {
  const joined = [...byRules];
  for (const found of byModel) if (!joined.some((known) => isAboutTheSame(found, known))) joined.push(found);
  return joined;
};
