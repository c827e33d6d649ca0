import { readTimeQuestion, type TimeQuestion } from '@main/memory/time/readTimeQuestion';
import { instantOf } from '@main/memory/time/zone';
import { describe, expect, test } from 'vitest';

const read = (text: string, now = '2025-11-19T10:20', zone = 'Europe/Paris'): TimeQuestion =>
  readTimeQuestion(text, { now: instantOf(now, zone), zone });
const windowOf = (text: string, now?: string, zone?: string): string => {
  const { temporal, from, to } = read(text, now, zone);
  const short = (moment: string | null): string => moment?.replace('T00:00', '') ?? 'open';
  return temporal ? `${short(from)} to ${short(to)}` : 'not temporal';
};

describe('a window at the end of a year', () => {
  test.each([
    ['What did we decide last week?', '2026-01-01T00:00', '2025-12-22 to 2025-12-29'],
    ['What did we decide this week?', '2026-01-01T00:00', '2025-12-29 to 2026-01-05'],
    ['What did I say yesterday?', '2026-01-01T00:00', '2025-12-31 to 2026-01-01'],
    ['What did we talk about last month?', '2026-01-31T23:59', '2025-12-01 to 2026-01-01'],
    ['What did we talk about last quarter?', '2026-02-10T12:00', '2025-10-01 to 2026-01-01'],
    ['What did I tell you from 28 December to 3 January?', '2026-01-10T12:00', '2025-12-28 to 2026-01-04'],
    ['What did we discuss between November and February?', '2026-03-11T12:00', '2025-11-01 to 2026-03-01'],
    ['Qu’avons-nous dit il y a deux mois ?', '2026-01-15T12:00', '2025-11-01 to 2025-12-01'],
    ['Où étais-je l’hiver dernier ?', '2026-03-11T12:00', '2025-12-01 to 2026-03-01'],
    ['De quoi avons-nous parlé entre Noël et le jour de l’an ?', '2026-01-10T12:00', '2025-12-25 to 2026-01-02'],
  ])('%s at %s is %s', (text, now, window) => {
    expect(windowOf(text, now)).toBe(window);
  });
});

describe('a leap day', () => {
  test.each([
    ['What did I say on 29 February?', '2026-03-11T12:00', '2024-02-29 to 2024-03-01'],
    ['What did I say on 29 February?', '2024-02-29T12:00', '2024-02-29 to 2024-03-01'],
    ['What did we decide a year ago?', '2024-02-29T12:00', '2023-01-01 to 2024-01-01'],
    ['Qu’ai-je dit il y a un jour ?', '2024-03-01T00:30', '2024-02-29 to 2024-03-01'],
    ['What did I say on 30 February?', '2026-03-11T12:00', 'open to open'],
    ['What did we talk about in February 2024?', '2026-03-11T12:00', '2024-02-01 to 2024-03-01'],
  ])('%s at %s is %s', (text, now, window) => {
    expect(windowOf(text, now)).toBe(window);
  });
});

describe('a name without a year', () => {
  test.each([
    ['What did I tell you in November?', '2025-11-01 to 2025-12-01'],
    ['What did I tell you in December?', '2024-12-01 to 2025-01-01'],
    ['What did I tell you last November?', '2024-11-01 to 2024-12-01'],
    ['What did I tell you on 19 November?', '2025-11-19 to 2025-11-20'],
    ['What did I tell you on 20 November?', '2024-11-20 to 2024-11-21'],
    ['What did I tell you on Wednesday?', '2025-11-12 to 2025-11-13'],
    ['What did I tell you on the 25th?', '2025-10-25 to 2025-10-26'],
    ['Que t’ai-je dit mercredi ?', '2025-11-12 to 2025-11-13'],
    ['Que t’ai-je dit le 20 novembre ?', '2024-11-20 to 2024-11-21'],
    ['Que t’ai-je dit en novembre ?', '2025-11-01 to 2025-12-01'],
    ['Que t’ai-je dit à Noël ?', '2024-12-25 to 2024-12-26'],
  ])('%s is the latest past one: %s', (text, window) => {
    expect(windowOf(text)).toBe(window);
  });
});

describe('a numeric date', () => {
  test.each([
    ['What did I say on 3/10/2025?', 'Europe/London', '2025-10-03 to 2025-10-04'],
    ['What did I say on 3/10/2025?', 'America/New_York', '2025-03-10 to 2025-03-11'],
    ['What did I say on 3/10/2025?', 'America/Havana', '2025-10-03 to 2025-10-04'],
    ['Qu’ai-je dit le 3/10/2025 ?', 'America/Toronto', '2025-10-03 to 2025-10-04'],
    ['What did I say on 13/10/2025?', 'America/New_York', '2025-10-13 to 2025-10-14'],
    ['Qu’ai-je dit le 03.10.2025 ?', 'Europe/Paris', '2025-10-03 to 2025-10-04'],
    ['Qu’ai-je dit le 3/10 ?', 'Europe/Paris', '2025-10-03 to 2025-10-04'],
    ['What did I say on 2025-10-03?', 'America/New_York', '2025-10-03 to 2025-10-04'],
    ['What did we say about version 3.10?', 'Europe/Paris', 'open to open'],
  ])('%s in %s is %s', (text, zone, window) => {
    expect(windowOf(text, '2025-11-19T10:20', zone)).toBe(window);
  });
});

test('the words of a question may stand in any order, without accents, capitals or apostrophes', () => {
  const week = '2025-11-10 to 2025-11-17';
  for (const text of [
    'la semaine dernière, qu’avons-nous décidé ?',
    "Qu'avons-nous décidé la semaine dernière ?",
    'qu avons nous decide la semaine derniere',
    'on a decidé quoi la semaine dernière',
    'LA SEMAINE DERNIERE ON A DECIDE QUOI ?',
    'Last week what did we decide?',
    'what did we decide last week',
    'what was it we decided last week?',
    'WHAT DID WE DECIDE LAST WEEK',
  ]) {
    expect([text, windowOf(text)]).toEqual([text, week]);
  }
});

test('the day of now is the day of the zone', () => {
  const now = Date.UTC(2025, 10, 19, 23, 30);
  const day = (zone: string): string | null => readTimeQuestion('What did I say yesterday?', { now, zone }).from;
  expect(day('Europe/Paris')).toBe('2025-11-19T00:00');
  expect(day('America/New_York')).toBe('2025-11-18T00:00');
  expect(day('Pacific/Kiritimati')).toBe('2025-11-19T00:00');
});

describe('a date of a thing, a plan or a saying is no window', () => {
  test.each([
    'What did we say about the contract of 3 March?',
    'What did I tell you about last week’s meeting?',
    'When did I say that I would be in Rome in April?',
    'When did we decide to leave on Monday?',
    'Qu’avons-nous dit du contrat du 3 mars ?',
    'Qu’ai-je dit de la réunion de mardi dernier ?',
    'Quand t’ai-je dit que je partais lundi ?',
    'What did I say about April?',
    'What did I say a few days ago?',
    'Qu’ai-je dit il y a quelques jours ?',
    'What did we say in 2050?',
    'What did I say yesterday, on 3 March and in June?',
    'Did we speak last week or the week before?',
  ])('%s', (text) => {
    expect(windowOf(text)).toBe('open to open');
  });
});

describe('words of a quotation, of code or of a task are not the question of the person', () => {
  test.each([
    'Translate "what did we decide last week?" into French',
    'Traduis « qu’avons-nous décidé hier ? »',
    'Correct this: what did we decided last week?',
    '> What did we decide last week?\nPlease answer this mail.',
    'Explain `when did we talk` in this code',
    '```\n// what did we decide last week?\n```\nWhy does this fail?',
    'Write an email: what did we decide last week?',
  ])('%s', (text) => {
    expect(read(text)).toEqual({ temporal: false, kind: null, from: null, to: null });
  });
});

describe('a statement tells and does not ask', () => {
  test.each([
    'I was in Paris last week.',
    'We talked about it yesterday.',
    'J’étais à Paris la semaine dernière.',
    'On en a parlé hier.',
    'As we discussed yesterday, the price is fixed.',
    'I told you on Monday that I prefer tea, please note it.',
  ])('%s', (text) => {
    expect(read(text).temporal).toBe(false);
  });
});

test('says the kind of a question', () => {
  const kinds = [
    ['When did we talk about the budget?', 'when'],
    ['How many times did I mention Claire?', 'count'],
    ['When was the first time I mentioned Claire?', 'first'],
    ['La dernière fois que je t’ai parlé de Claire ?', 'last'],
    ['Depuis quand est-ce que je fais du yoga ?', 'duration'],
    ['What changed between March and June?', 'changes'],
    ['What did we decide last week?', 'window'],
    ['What did we decide about the budget?', 'mention'],
  ];
  expect(kinds.map(([text = '']) => [text, read(text).kind])).toEqual(kinds);
});

test('takes the date of a telling sentence when the next one asks about it', () => {
  expect(windowOf('On 4 November I told you about my plans. Where did I want to go?')).toBe('2025-11-04 to 2025-11-05');
  expect(windowOf('I was in Paris last week. When did we talk about the hotel?')).toBe('open to open');
});

test('understands one typing error in a long word of time, and leaves other words alone', () => {
  expect(windowOf('what did we say yesturday')).toBe('2025-11-18 to 2025-11-19');
  expect(windowOf('what did we say in octobr')).toBe('2025-10-01 to 2025-11-01');
  expect(windowOf('qu avons nous dit venderdi')).toBe('2025-11-14 to 2025-11-15');
  expect(windowOf('what did we say about the winner')).toBe('open to open');
});

test('reads an empty, a long and a strange text without an error, and as not temporal', () => {
  for (const text of ['', ' ', '???', '1/2/3/4', 'a'.repeat(100_000), 'did we '.repeat(20_000), '\u0000', '🙂🙂', '"""', '```']) {
    expect(read(text).temporal).toBe(false);
  }
});

const pastWindows = [
  'yesterday',
  'the day before yesterday',
  'last week',
  'last month',
  'last quarter',
  'last year',
  'last weekend',
  'two weeks ago',
  'a fortnight ago',
  '3 days ago',
  'five months ago',
  'in the last 10 days',
  'these past three months',
  'on Monday',
  'last Sunday',
  'on Tuesday last week',
  'in March',
  'last March',
  'on 31 December',
  'on the 30th',
  'last summer',
  'last winter',
  'at Christmas',
  'at Easter',
  'in mid-October',
  'at the end of February',
  'yesterday evening',
  'last night',
  'in the first quarter of 2022',
  'between March and June',
  'from 28 to 3 January',
  'since October',
  'before 1 March',
  'until Friday',
  'after last week',
];

test.each(pastWindows)('the window of "%s" begins in the past and before its end on every day of a leap year', (words) => {
  const wrong: string[] = [];
  const start = Date.UTC(2024, 0, 1, 5);
  for (let day = 0; day < 366; day += 1) {
    // Each day at another hour.
    const now = start + day * 86_400_000 + (day % 24) * 3_600_000;
    const zone = 'America/New_York';
    const { temporal, from, to } = readTimeQuestion(`What did we talk about ${words}?`, { language: 'en', now, zone });
    const begins = from === null ? Number.NEGATIVE_INFINITY : instantOf(from, zone);
    const ends = to === null ? Number.POSITIVE_INFINITY : instantOf(to, zone);
    if (!temporal || (from === null && to === null) || begins >= ends || (from !== null && begins > now)) {
      wrong.push(`${new Date(now).toISOString()}: ${from} to ${to}`);
    }
  }
  expect(wrong).toEqual([]);
});
