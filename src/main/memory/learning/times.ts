import { whenUsed } from '@shared/text/whenUsed';
import { addMonths, localText, minutesOfDay, momentOfText } from '../time/calendar';
import { createExpressionFinder, type Expression } from '../time/expressions';
import { instantOf, localTimeOf } from '../time/zone';
import { type Coming, createComingFinder, lastMinuteOf } from './deadline';
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

const namesYear = /(?<!\d)(?:19|20)\d\d(?!\d)/;

/** A past range without a year as the next one: by the year where it names a month, by the week where it names days of the week. */
const nextRange = ({ start, end, period }: Expression, spaced: string, now: number): Coming | null => {
  if (period?.from == null || period.to == null || namesYear.test(spaced.slice(start, end))) return null;
  let { from, to } = period;
  const isWeekly = to - from <= 7 * minutesOfDay && !/\d/.test(spaced.slice(start, end));
  const later = (moment: number): number => (isWeekly ? moment + 7 * minutesOfDay : addMonths(moment, 12));
  for (let tries = 0; to <= now && tries < 3; tries += 1) [from, to] = [later(from), later(to)];
  return to > now && to > from ? { start, end, period: { from, to }, due: lastMinuteOf({ to }), bound: false } : null;
};

/** The times to come, a range as one of them: "from 3 to 8 May" is neither the 3rd nor the 8th. */
const withRanges = (coming: readonly Coming[], named: readonly Expression[], spaced: string, now: number): Coming[] => {
  const ranges = named.filter(({ relation }) => relation === 'range');
  const within = (one: Coming): boolean => ranges.some((range) => one.start < range.end && one.end > range.start);
  const next = ranges.flatMap((range) => nextRange(range, spaced, now) ?? []);
  return [...coming.filter((one) => !within(one)), ...next].sort((a, b) => a.start - b.start);
};

/** The times in a part of a message, resolved against the date and the zone of the message. Pure. */
export const timesIn = (text: string, language: LanguageName, { at, zone }: Pick<Readable, 'at' | 'zone'>): Times => {
  const now = momentOfText(localTimeOf(at, zone));
  const spaced = timeText(text);
  const { coming, named } = finders[language];
  const past = named(spaced, { now, american: isAmerican(zone) });
  return { now, coming: withRanges(coming(spaced, now), past, spaced, now), named: past };
};

/** The instant of a local moment; that of the message is exact to the millisecond. */
export const instantIn = (moment: number | null, { now }: Times, { at, zone }: Pick<Readable, 'at' | 'zone'>): number | null => {
  if (moment === null) return null;
  return moment === now ? at : instantOf(localText(moment), zone);
};
