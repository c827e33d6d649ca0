import { date, holiday, season, weekday } from '../../time/nameBuilders';
import type { Named } from '../../time/named';
import type { Filled } from '../../time/phrases';
import type { ComingWords } from '../deadline';

const later = ({ unit, num }: Filled): Named | null => {
  if (!unit || num === undefined) return null;
  return unit === 'week' ? { kind: 'unit', unit: 'day', offset: 7 * num } : { kind: 'unit', unit, offset: num };
};

/** Times to come in English. "Next Friday" is that of next week. */
export const englishComing: ComingWords = {
  before: '(?:before|ahead of) (?:the )?',
  by: '(?:by|until|till|no later than|due|due on|up to) (?:the )?',
  endOf: '(?:at |by |in )?(?:the )?end of (?:the |this )?',
  hour: '(?: at)? (?<hour>[01]?\\d|2[0-3])(?:[:.](?<minute>[0-5]\\d))?(?: ?(?:am|a\\.m\\.?|(?<half>pm|p\\.m\\.?)|o clock|h))(?![\\p{L}\\p{N}])',
  phrases: [
    { says: '(?:on )?the day after tomorrow', means: () => ({ kind: 'unit', unit: 'day', offset: 2 }) },
    { says: 'tomorrow(?: (?:morning|afternoon|evening|night))?', means: () => ({ kind: 'unit', unit: 'day', offset: 1 }) },
    {
      says: 'today|tonight|this (?:morning|afternoon|evening)|the end of the day|eod',
      means: () => ({ kind: 'unit', unit: 'day', offset: 0 }),
    },
    { says: '(?:in |over |during )?next {unit}', means: ({ unit }) => (unit ? { kind: 'unit', unit, offset: 1 } : null) },
    { says: '(?:in |over |during |later )?this {unit}', means: ({ unit }) => (unit ? { kind: 'unit', unit, offset: 0 } : null) },
    {
      says: '{unit}',
      means: ({ unit }) => (unit && unit !== 'day' && unit !== 'hour' ? { kind: 'unit', unit, offset: 0 } : null),
      weak: true,
    },
    { says: '{day}', means: date, weak: true },
    { says: '(?:in|within)(?: the next)? {num} {unit}', means: later },
    { says: '{num} {unit} from now', means: later },
    { says: '(?:on )?next {weekday}', means: (found) => weekday(found, { weeks: 1 }) },
    { says: '(?:on )?{weekday}(?: of)? next week', means: (found) => weekday(found, { weeks: 1 }) },
    { says: '(?:on |this |this coming |coming )?{weekday}', means: weekday },
    { says: '(?:on )?(?:{weekday} )?(?:the )?{day}(?: of)? {month}(?: {year})?', means: date },
    { says: '(?:on )?(?:{weekday} )?{month}(?: the)? {day}(?: {year})?', means: date },
    { says: '{year}-{month2}-{day}', means: date },
    { says: '{day}[/.]{month2}[/.]{year}', means: date },
    { says: '(?:on )?the {day}', means: date },
    { says: '(?:in|during|next) {month}(?: {year})?', means: date },
    { says: '{month}', means: date, weak: true },
    { says: '(?:at |over )?{holiday}(?: {year})?', means: holiday },
    { says: '(?:in |this |next )(?:the )?{season}', means: season },
  ],
};
