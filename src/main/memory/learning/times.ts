import { localText, momentOfText } from '../time/calendar';
import { createExpressionFinder, type Expression } from '../time/expressions';
import { whenUsed } from '../time/whenUsed';
import { instantOf, localTimeOf } from '../time/zone';
import { type Coming, createComingFinder } from './deadline';
import { timeText } from './plain';
import type { Readable } from './readable';
import type { RuleWords } from './rules/ruleWords';
import { englishWords } from './rules/words.en';
import { frenchWords } from './rules/words.fr';
import type { LanguageName } from './statements';

/** The times that a text names, seen from its message; all are local moments. */
export interface Times {
  coming: readonly Coming[];
  named: readonly Expression[];
  /** The moment of the message. */
  now: number;
}

const findersOf = (words: RuleWords) => ({
  coming: whenUsed(() => createComingFinder(words.time, words.coming)),
  named: whenUsed(() => createExpressionFinder(words.time)),
});
const finders = { en: findersOf(englishWords), fr: findersOf(frenchWords) };

/** North America writes the month first. */
const isAmerican = (zone: string): boolean => zone.startsWith('America/');

/** The times in a part of a message, resolved against the date and the zone of the message. Pure. */
export const timesIn = (text: string, language: LanguageName, { at, zone }: Pick<Readable, 'at' | 'zone'>): Times => {
  const now = momentOfText(localTimeOf(at, zone));
  const spaced = timeText(text);
  const { coming, named } = finders[language];
  return { now, coming: coming(spaced, now), named: named(spaced, { now, american: isAmerican(zone) }) };
};

/** The instant of a local moment; that of the message is exact to the millisecond. */
export const instantIn = (moment: number | null, { now }: Times, { at, zone }: Pick<Readable, 'at' | 'zone'>): number | null => {
  if (moment === null) return null;
  return moment === now ? at : instantOf(localText(moment), zone);
};
