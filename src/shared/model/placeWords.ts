import type { Place, PlaceKind } from './place';

type Language = 'en' | 'fr';

/** The words for what a place counts, and for the unit itself where that is another word. */
interface Nouns {
  one: string;
  many: string;
  /** In a narrow line. */
  short?: string;
  unit?: string;
}

const nouns: Record<Language, Record<Exclude<PlaceKind, 'time'>, Nouns>> = {
  en: {
    page: { one: 'page', many: 'pages', short: 'p.' },
    lines: { one: 'line', many: 'lines' },
    sheet: { one: 'row', many: 'rows', unit: 'sheet' },
    slide: { one: 'slide', many: 'slides' },
    chapter: { one: 'chapter', many: 'chapters' },
    part: { one: 'part', many: 'parts' },
    cell: { one: 'cell', many: 'cells' },
  },
  fr: {
    page: { one: 'page', many: 'pages', short: 'p.' },
    lines: { one: 'ligne', many: 'lignes' },
    sheet: { one: 'ligne', many: 'lignes', unit: 'feuille' },
    slide: { one: 'diapositive', many: 'diapositives' },
    chapter: { one: 'chapitre', many: 'chapitres' },
    part: { one: 'partie', many: 'parties' },
    cell: { one: 'cellule', many: 'cellules' },
  },
};

const grammar = {
  en: { to: '–', at: 'at', from: 'from', until: 'to', of: 'of', quoted: (name: string) => `“${name}”` },
  fr: { to: ' à ', at: 'à', from: 'de', until: 'à', of: 'sur', quoted: (name: string) => `« ${name} »` },
} as const;

/**
 * The forms in which a place is written:
 * - `inline`: within a line, "lines 4–9";
 * - `alone`: by itself, "Lines 4–9";
 * - `card`: on a card of a passage, "Lines 4–9, Garden / Roses / Pruning";
 * - `list`: in a line of a list, "p. 3, Pruning";
 * - `prompt`: for a model, "Roses > Pruning > lines 4-9";
 * - `file`: in an exported file, "p. 3" or "4-9".
 */
export type PlaceForm = 'inline' | 'alone' | 'card' | 'list' | 'prompt' | 'file';

/** Forms for machines and files have a plain hyphen, and one word whatever the number. */
const isPlain = (form: PlaceForm): boolean => form === 'prompt' || form === 'file';

const clock = (ms: number): string => {
  const seconds = Math.floor(ms / 1000);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const shown = parts[0] === 0 ? parts.slice(1) : parts;
  return shown.map((part, index) => (index === 0 ? `${part}` : `${part}`.padStart(2, '0'))).join(':');
};

const timeWords = ({ from, to }: Place, language: Language): string => {
  const { at, from: first, until } = grammar[language];
  return clock(from) === clock(to) ? `${at} ${clock(from)}` : `${first} ${clock(from)} ${until} ${clock(to)}`;
};

const numbersOf = ({ from, to }: Place, language: Language, form: PlaceForm): string =>
  from === to ? `${from}` : `${from}${isPlain(form) ? '-' : grammar[language].to}${to}`;

const nounOf = (place: Place, kind: Exclude<PlaceKind, 'time'>, language: Language, form: PlaceForm): string => {
  const { one, many, short } = nouns[language][kind];
  if (short && (form === 'list' || form === 'file')) return short;
  if (isPlain(form)) return kind === 'lines' || kind === 'sheet' ? many : one;
  return place.from === place.to ? one : many;
};

/** The place without headings, in lower case. */
const spotOf = (place: Place, language: Language, form: PlaceForm): string => {
  const { kind, label } = place;
  if (kind === 'time') return timeWords(place, language);
  if (kind === 'lines' && form === 'file') return `${place.from}-${place.to}`;
  const noun = nounOf(place, kind, language, form);
  const counted = `${noun} ${numbersOf(place, language, form)}`;
  if (label === '') return counted;
  const { quoted } = grammar[language];
  switch (kind) {
    case 'page':
      return `${noun} ${label}`;
    case 'slide':
      return `${counted} ${quoted(label)}`;
    case 'sheet':
      return `${nouns[language].sheet.unit} ${quoted(label)}, ${counted}`;
    case 'chapter':
    case 'part':
      return `${nouns[language][kind].one} ${quoted(label)}`;
    case 'cell':
    case 'lines':
      return counted;
  }
};

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
/** An abbreviation keeps its small letter. */
const begun = (words: string): string => (/^\p{L}+\. /u.test(words) ? words : capital(words));

/** A place in a document in words: the only code that writes them, for screens, prompts, answers and exported files. */
export const placeWords = (place: Place, language: Language, form: PlaceForm = 'inline'): string => {
  const spot = spotOf(place, language, form);
  const { headings } = place;
  switch (form) {
    case 'inline':
    case 'file':
      return spot;
    case 'alone':
      return capital(spot);
    case 'card':
      return [capital(spot), headings.slice(-3).join(' / ')].filter(Boolean).join(', ');
    case 'list':
      return [begun(spot), headings.slice(-1).join('')].filter(Boolean).join(', ');
    case 'prompt':
      return [...headings.slice(-2), spot].join(' > ');
  }
};

/** A place among all of its kind: "page 3 of 12". */
export const placeAmong = (place: Place, all: number, language: Language): string =>
  `${placeWords(place, language)} ${grammar[language].of} ${all}`;
