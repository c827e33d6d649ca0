import { monthNames } from '@main/text/calendar';
import { date, dayAgo, half, holiday, ofYearAgo, quarter, rolling, season, unitAgo, vague, weekday } from './nameBuilders';
import type { TimeWords } from './phrases';

const below20 =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen';
const ordinals =
  'first,second,third,fourth,fifth,sixth,seventh,eighth,ninth,tenth,eleventh,twelfth,thirteenth,fourteenth,fifteenth,sixteenth,seventeenth,eighteenth,nineteenth,twentieth,twenty first,twenty second,twenty third,twenty fourth,twenty fifth,twenty sixth,twenty seventh,twenty eighth,twenty ninth,thirtieth,thirty first';
const tens = 'twenty thirty forty fifty sixty seventy eighty ninety';
const last = '(?:last|past|previous)';
const ofYear = '(?:(?: of)?(?: the year)? {year})?';
const lastYear = '(?:(?: of)?(?: the)? last year)';

/** The ways to name a time in English. */
export const englishTime: TimeWords = {
  numbers: {
    ...Object.fromEntries(below20.split(' ').map((word, value) => [word, value])),
    ...Object.fromEntries(tens.split(' ').map((word, index) => [word, 20 + 10 * index])),
    a: 1,
    an: 1,
    'a couple of': 2,
    'a couple': 2,
    'couple of': 2,
    couple: 2,
    'a dozen': 12,
  },
  months: monthNames,
  weekdays: [
    ['monday', 'mon'],
    ['tuesday', 'tues', 'tue'],
    ['wednesday', 'weds', 'wed'],
    ['thursday', 'thurs', 'thur', 'thu'],
    ['friday', 'fri'],
    ['saturday', 'sat'],
    ['sunday', 'sun'],
  ],
  units: Object.fromEntries(
    (
      [
        ['hour', 'hour hours hr hrs'],
        ['day', 'day days'],
        ['weekend', 'weekend weekends'],
        ['week', 'week weeks wk wks'],
        ['month', 'month months'],
        ['quarter', 'quarter quarters'],
        ['year', 'year years yr yrs'],
      ] as const
    ).flatMap(([unit, names]) => names.split(' ').map((name) => [name, unit])),
  ),
  seasons: { spring: 'spring', summer: 'summer', autumn: 'autumn', fall: 'autumn', winter: 'winter' },
  holidays: [
    ['christmas eve|xmas eve', 'christmasEve'],
    ['christmas(?: day)?|xmas(?: day)?', 'christmas'],
    ['boxing day', 'boxingDay'],
    ['new year ?s eve', 'newYearsEve'],
    ['new year ?s(?: day)?|new year', 'newYear'],
    ['(?:st )?valentine(?: ?s)?(?: day)?', 'valentine'],
    ['halloween', 'halloween'],
    ['all saints(?: day)?', 'allSaints'],
    ['bastille day', 'bastille'],
    ['thanksgiving', 'thanksgiving'],
    ['easter monday', 'easterMonday'],
    ['good friday', 'goodFriday'],
    ['easter(?: sunday| day)?', 'easter'],
    ['ascension day', 'ascension'],
    ['pentecost|whit sunday', 'pentecost'],
  ],
  nth: { ...Object.fromEntries(ordinals.split(',').map((word, index) => [word, index + 1])), '1st': 1, '2nd': 2, '3rd': 3, '4th': 4 },
  dayEnding: 'st|nd|rd|th',
  phrases: [
    { says: '(?:the )?day before yesterday', means: () => dayAgo(2), adverb: true },
    { says: 'yesterday|yday', means: () => dayAgo(1), adverb: true },
    { says: '(?:earlier )?today', means: () => dayAgo(0), adverb: true },
    { says: '(?:earlier )?this morning', means: () => dayAgo(0), part: 'morning', adverb: true },
    { says: '(?:earlier )?this afternoon', means: () => dayAgo(0), part: 'afternoon', adverb: true },
    { says: 'this evening|tonight', means: () => dayAgo(0), part: 'evening', adverb: true },
    { says: 'last evening', means: () => dayAgo(1), part: 'evening', adverb: true },
    { says: '(?:the )?night before last', means: () => dayAgo(2), part: 'night', adverb: true },
    { says: 'last night', means: () => dayAgo(1), part: 'night', adverb: true },

    { says: `(?:the )?${last} {unit}`, means: ({ unit }) => unitAgo(unit, 1), adverb: true },
    { says: '(?:the )?{unit} before last', means: ({ unit }) => unitAgo(unit, 2), adverb: true },
    { says: '(?:earlier )?(?:this|the current) {unit}', means: ({ unit }) => unitAgo(unit, 0), adverb: true },
    { says: '(?:over |during |at |on )?the weekend', means: () => unitAgo('weekend', 0) },
    { says: '{num} {unit} (?:ago|back|earlier)', means: ({ num, unit }) => unitAgo(unit, num), adverb: true },
    { says: '{num} {unit}', means: ({ num, unit }) => rolling(unit, num), only: 'since' },
    { says: '(?:a )?fortnight (?:ago|back)', means: () => unitAgo('week', 2), adverb: true },
    { says: '{weekday} {num} weeks? (?:ago|back)', means: (found) => weekday(found, { weeks: -(found.num ?? 0) }), adverb: true },
    { says: `(?:(?:the|these|those|my|our) )?${last} {num} {unit}`, means: ({ num, unit }) => rolling(unit, num), adverb: true },
    { says: `(?:the|this) ${last} fortnight`, means: () => rolling('week', 2), adverb: true },
    { says: `(?:in|over|within|for) the ${last} {unit}`, means: ({ unit }) => rolling(unit, 1), adverb: true },
    ...[
      '(?:the other|one|some) (?:day|week|night|evening|time)',
      '{num} {unit} and a half ago',
      '(?:a few|some|several) {unit} (?:ago|back)',
      `(?:the |these )?${last} (?:few|several) {unit}`,
      'half an? {unit} ago',
      '(?:the )?(?:first|second|third|last) (?:weekend|week|day|{weekday}) (?:of|in) (?:the )?(?:{month}|month|year)',
      'a while (?:ago|back)|(?:the )?{unit} before(?: that)?',
    ].map((says) => ({ says, means: vague, adverb: true }) as const),

    { says: `{weekday},?(?: the)? {day}(?: of)? {month}${ofYear}`, means: date },
    { says: '{weekday},? {month}(?: the)? {day}(?: {year})?', means: date },
    { says: '{weekday} the {day}', means: date },
    { says: `{weekday}(?: of| in)?(?: the)? ${last} week`, means: (found) => weekday(found, { weeks: -1 }), adverb: true },
    { says: `${last} week(?: s)?(?: on)? {weekday}`, means: (found) => weekday(found, { weeks: -1 }), adverb: true },
    { says: '{weekday}(?: of)? this week', means: (found) => weekday(found, { weeks: 0 }), adverb: true },
    { says: '{num} {weekday}s (?:ago|back)', means: (found) => weekday(found, { earlier: (found.num ?? 1) - 1 }), adverb: true },
    { says: '(?:the )?{weekday} before last', means: (found) => weekday(found, { earlier: 1 }), adverb: true },
    { says: 'this {weekday}', means: (found) => weekday(found, { turn: 'this' }) },
    { says: `(?:(?:the|this) )?${last} {weekday}`, means: weekday, adverb: true },
    { says: '{weekday}', means: weekday },

    { says: '{year}-{month2}-{day}', means: date },
    { says: '{year}-{month2}', means: date },
    { says: `(?:the )?{nth} of {month}${ofYear}`, means: (found) => date({ ...found, day: found.nth }) },
    { says: `{month} (?:the )?{nth}`, means: (found) => date({ ...found, day: found.nth }) },
    { says: '{day}[/.]{month2}[/.]{year}', means: date },
    { says: '{month2}/{day}/{year}', means: date, american: true },
    { says: '{day}[/.]{month2}', means: date, weak: true },
    { says: '{month2}/{day}', means: date, american: true, weak: true },
    { says: `(?:the )?{day}(?: of)? {month}${ofYear}`, means: date },
    { says: '{month}(?: the)? {day}(?: {year})?', means: date },
    { says: `(?:the )?{day}(?: of)? {month}${lastYear}`, means: (found) => ofYearAgo(date(found), 1) },
    { says: `{month}(?: the)? {day}${lastYear}`, means: (found) => ofYearAgo(date(found), 1) },
    { says: 'the {day}(?: of (?:this|the) month)?', means: date, weak: true },

    { says: `(?:the month of )?{month}(?: of)? {year}`, means: date },
    { says: `{month}${lastYear}`, means: (found) => ofYearAgo(date(found), 1) },
    { says: '{month}(?: of)? this year', means: (found) => ofYearAgo(date(found), 0) },
    { says: `(?:(?:the|this) )?${last} {month}`, means: (found) => date(found, 'last'), adverb: true },
    { says: 'this (?:past )?{month}', means: (found) => date(found), adverb: true },
    { says: '(?:the month of )?{month}', means: date, weak: true },
    { says: '(?:the )?year {year}', means: date },
    { says: '{year}', means: date, weak: true },
    { says: '(?:this |the current )?{unit}', means: ({ unit }) => unitAgo(unit, 0), only: 'third' },
    {
      says: '(?:the )?week of (?:the )?{day}(?: of)? {month}(?: {year})?',
      means: (found) => ({ kind: 'around', unit: 'week', of: date(found) }),
    },
    { says: '(?:the )?week of {month}(?: the)? {day}(?: {year})?', means: (found) => ({ kind: 'around', unit: 'week', of: date(found) }) },

    { says: '(?:the )?{nth} quarter(?:(?: of)? {year})?', means: quarter },
    { says: '(?:the )?{nth} quarter(?: of)? last year', means: (found) => ofYearAgo(quarter(found), 1) },
    { says: '(?:the )?{nth} half(?: of)? {year}', means: half },
    { says: '(?:the )?{nth} half(?: of)? last year', means: (found) => ofYearAgo(half(found), 1) },
    { says: '(?:the )?{nth} half of (?:this|the) year', means: (found) => ofYearAgo(half(found), 0) },
    {
      says: 'q{num}(?:(?: of)? {year})?',
      means: ({ num, year }) => (num && num < 5 ? { kind: 'share', unit: 'quarter', index: num, year } : null),
    },

    { says: `(?:(?:the|this) )?${last} {season}`, means: (found) => season(found, 'last'), adverb: true },
    { says: 'this (?:past )?{season}', means: (found) => season(found), adverb: true },
    { says: '(?:the )?{season}(?: of)? {year}', means: season },
    { says: `(?:the )?{season}${lastYear}`, means: (found) => ofYearAgo(season(found), 1) },
    { says: '(?:the )?{season}', means: season, weak: true },
    { says: `(?:(?:the|this) )?${last} {holiday}`, means: (found) => holiday(found, 'last'), adverb: true },
    { says: '(?:this )?{holiday}(?:(?: of)? {year})?', means: holiday, weak: true },
    { says: `{holiday}${lastYear}`, means: (found) => ofYearAgo(holiday(found), 1) },
  ],
  thirds: [
    ['(?:in )?(?:the )?early(?: part of| in)?(?: the)? ', 'early'],
    ['(?:in |at )?(?:the )?(?:very )?(?:beginning|start) of(?: the)? ', 'early'],
    ['(?:in )?(?:the )?mid(?:dle of)?(?: the)? ', 'mid'],
    ['(?:in )?(?:the )?late(?: in)? ', 'late'],
    ['(?:in |at |towards )?(?:the )?(?:very )?end of(?: the)? ', 'late'],
  ],
  parts: [
    ['(?: in the)? morning', 'morning'],
    ['(?: in the)? afternoon', 'afternoon'],
    ['(?: in the)? evening', 'evening'],
    ['(?: at)? night', 'night'],
  ],
  partsFirst: [
    ['(?:on |in )?(?:the )?morning of (?:the )?', 'morning'],
    ['(?:on |in )?(?:the )?afternoon of (?:the )?', 'afternoon'],
    ['(?:on |in )?(?:the )?evening of (?:the )?', 'evening'],
    ['(?:on |in )?(?:the )?night of (?:the )?', 'night'],
  ],
  since: '(?:ever )?since |starting (?:from |on |in )?|as of ',
  before: 'before |prior to |earlier than ',
  after: 'after |later than |following ',
  until: 'until |till |til |by (?:the )?|(?<!\\b(?:we|i|you|been) )up (?:to|until|till) ',
  rangeOpen: '(?:between |from |starting )',
  rangeMiddle: ' (?:and|to|until|till|through|thru) | ?- ?',
  now: '(?:right )?now|this moment|the present',
  rangeDay: '(?:the )?',
  determiners: '(?:on |in |at |around |about )?(?:the )?',
  prepositions:
    '(?:in|on|during|since|before|after|until|till|by|through|throughout|over|at|around|for|spend|spent|celebrate|celebrated|back in|of|and|to)',
  corrected:
    'yesterday today monday tuesday wednesday thursday friday saturday sunday january february september october november december weekend morning evening afternoon'.split(
      ' ',
    ),
};
