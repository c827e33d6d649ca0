import type { Unit } from './calendar';
import type { DayPart, Holiday, Named, Season, Third } from './named';

/** The values of the places of a phrase, such as `{month}`, that were filled. */
export interface Filled {
  num?: number;
  day?: number;
  month?: number;
  month2?: number;
  year?: number;
  weekday?: number;
  unit?: Unit;
  season?: Season;
  holiday?: Holiday;
  nth?: number;
}

/** A way to name a period. Places are written `{num}`; the rest is a pattern over folded words with single spaces. */
export interface Phrase {
  says: string;
  means: (filled: Filled) => Named | null;
  /** A part of that day. */
  part?: DayPart;
  /** A word of another meaning too ("may", "march", "1990"): it names a period only after a preposition of time. */
  weak?: true;
  /** Read only after a third ("the beginning of the year") or after "since" ("depuis trois mois"). */
  only?: 'third' | 'since';
  /** A numeric date in the order of North America. */
  american?: true;
  /** An adverb, which belongs to the verb of its sentence wherever it stands: "yesterday", "two weeks ago". */
  adverb?: true;
}

/** The words for time of one language, all folded. Patterns end with a space where a word follows. */
export interface TimeWords {
  numbers: Readonly<Record<string, number>>;
  months: readonly (readonly string[])[];
  /** Monday first. */
  weekdays: readonly (readonly string[])[];
  units: Readonly<Record<string, Unit>>;
  seasons: Readonly<Record<string, Season>>;
  holidays: readonly (readonly [pattern: string, holiday: Holiday])[];
  /** "first" and its like, for the quarters of a year. */
  nth: Readonly<Record<string, number>>;
  /** The endings of a number that names a day: "3rd". */
  dayEnding: string;
  phrases: readonly Phrase[];
  /** Words before a period that name its begin, middle or end. */
  thirds: readonly (readonly [pattern: string, third: Third])[];
  /** Words after a day that name a part of it. */
  parts: readonly (readonly [pattern: string, part: DayPart])[];
  /** Words before a day that name a part of it: "the morning of". */
  partsFirst: readonly (readonly [pattern: string, part: DayPart])[];
  since: string;
  before: string;
  after: string;
  until: string;
  rangeOpen: string;
  rangeMiddle: string;
  /** The open end of a range: "from Monday until now". */
  now: string;
  /** Before a number of a day in a range, whose month stands at its end. */
  rangeDay: string;
  /** Small words between a preposition such as "since" and the name. */
  determiners: string;
  /** The prepositions after which a weak word names a period. */
  prepositions: string;
  /** Words for which a typing error is corrected. */
  corrected: readonly string[];
}

const longestFirst = (words: readonly string[]): string => [...words].sort((a, b) => b.length - a.length).join('|');

const valuesOf = (lists: readonly (readonly string[])[]): Map<string, number> =>
  new Map(lists.flatMap((names, index) => names.map((name) => [name, index + 1] as const)));

export interface CompiledPhrase extends Omit<Phrase, 'means' | 'says'> {
  /** Reads the phrase at a place of the text; null where it does not stand there. */
  read: (text: string, at: number) => { named: Named; end: number } | null;
}

/** A number or a word ends here: no letter, digit, or decimal part follows. */
export const wordEnd = '(?![\\p{L}\\p{N}]|[./:]\\d|-\\d+-|-\\d{3})';

/** The phrases of a language as patterns that are tried at a place. */
export const compilePhrases = (words: TimeWords): CompiledPhrase[] => {
  const months = valuesOf(words.months);
  const weekdays = valuesOf(words.weekdays);
  const holidays = words.holidays.map(([pattern, holiday]) => [new RegExp(`^(?:${pattern})$`, 'u'), holiday] as const);
  const month = longestFirst([...months.keys()]);
  const number = longestFirst(Object.keys(words.numbers));
  const places: Record<string, string> = {
    num: `\\d{1,3}|${number}`,
    day: `(?:0?[1-9]|[12]\\d|3[01])(?: ?(?:${words.dayEnding}))?|premier`,
    month,
    month2: '0?[1-9]|1[0-2]',
    year: '(?:19|20)\\d\\d',
    weekday: longestFirst([...weekdays.keys()]),
    unit: longestFirst(Object.keys(words.units)),
    season: longestFirst(Object.keys(words.seasons)),
    holiday: words.holidays.map(([pattern]) => pattern).join('|'),
    nth: longestFirst(Object.keys(words.nth)),
  };
  const numberOf = (text: string): number => words.numbers[text] ?? Number.parseInt(text, 10);
  const readers: Record<keyof Filled, (text: string) => Filled[keyof Filled]> = {
    num: numberOf,
    day: (text) => (text === 'premier' ? 1 : Number.parseInt(text, 10)),
    month: (text) => months.get(text),
    month2: Number,
    year: Number,
    weekday: (text) => weekdays.get(text),
    unit: (text) => words.units[text],
    season: (text) => words.seasons[text],
    holiday: (text) => holidays.find(([pattern]) => pattern.test(text))?.[1],
    nth: (text) => words.nth[text],
  };
  return words.phrases.map(({ says, means, ...rest }) => {
    const source = says.replace(/\{(\w+)\}/g, (_, place: string) => `(?<${place}>${places[place]})`);
    const pattern = new RegExp(`(?:${source})${wordEnd}`, 'uy');
    return {
      ...rest,
      read: (text, at) => {
        pattern.lastIndex = at;
        const match = pattern.exec(text);
        if (!match) return null;
        const filled: Filled = Object.fromEntries(
          Object.entries(match.groups ?? {}).flatMap(([place, value]) =>
            value === undefined ? [] : [[place, readers[place as keyof Filled](value)]],
          ),
        );
        const named = means(filled);
        return named && { named, end: at + match[0].length };
      },
    };
  });
};
