import { fold } from '@shared/text/fold';

/** Units and currencies by name: the sign and the words in both languages. Capitals matter in signs. */
const names: readonly (readonly [unit: string, words: string])[] = [
  ['%', '%|per ?cent|pour ?cent|pct'],
  ['eur', '€|euros?|EUR'],
  ['usd', 'US\\$|\\$|dollars?|USD'],
  ['gbp', '£|pounds?|GBP'],
  ['jpy', '¥|yens?|JPY'],
  ['chf', 'CHF|francs? suisses?|Swiss francs?'],
  ['mm', 'mm|millim[eè]tres?|millimeters?'],
  ['cm', 'cm|centim[eè]tres?|centimeters?'],
  ['m2', 'm²|m2|sq ?m|square met(?:re|er)s?|m[eè]tres? carr[eé]s?'],
  ['m3', 'm³|m3|cubic met(?:re|er)s?|m[eè]tres? cubes?'],
  ['km/h', "km/h|kmh|kph|kilom[eè]tres? (?:[aà] l[’']heure|par heure)|kilomet(?:re|er)s? (?:per|an) hour"],
  ['km', 'km|kilom[eè]tres?|kilometers?'],
  ['m', 'm|m[eè]tres?|meters?'],
  ['ha', 'ha|hectares?'],
  ['mg', 'mg|milligram(?:me)?s?'],
  ['kg', 'kgs?|kilos?|kilogram(?:me)?s?'],
  ['g', 'g|gr|gram(?:me)?s?'],
  ['t', 't|tonnes?|tons?'],
  ['ml', 'ml|mL|millilit(?:re|er)s?'],
  ['cl', 'cl|cL|centilit(?:re|er)s?'],
  ['l', 'l|L|lit(?:re|er)s?'],
  ['year', 'years?|yrs?|ans?|ann[eé]es?'],
  ['month', 'months?|mois'],
  ['week', 'weeks?|semaines?'],
  ['day', 'days?|jours?'],
  ['h', 'h|hrs?|hours?|heures?'],
  ['min', 'mins?|minutes?'],
  ['s', 's|secs?|seconds?|secondes?'],
  ['°f', '°\\s?F|degrees? Fahrenheit|degr[eé]s? Fahrenheit'],
  ['°', '°\\s?C|℃|C|°|(?:degrees?|degr[eé]s?)(?: Celsius)?'],
  ['kwh', 'kWh'],
  ['kw', 'kW|kilowatts?'],
  ['mw', 'MW|m[eé]gawatts?'],
  ['w', 'W|watts?'],
  ['v', 'V|volts?'],
  ['bar', 'bars?'],
  ['ghz', 'GHz|ghz|gigahertz'],
  ['mhz', 'MHz|mhz|megahertz'],
  ['hz', 'Hz|hertz'],
  ['kb', '[kK][oB]|kilo(?:bytes?|octets?)'],
  ['mb', 'M[oB]|m[eé]ga(?:bytes?|octets?)'],
  ['gb', 'G[oB]|giga(?:bytes?|octets?)'],
  ['tb', 'T[oB]|t[eé]ra(?:bytes?|octets?)'],
];
const unitsByWord = names.map(([unit, words]) => [unit, new RegExp(`^(?:${words})$`)] as const);
const unitOf = (word: string): string | null => {
  const written = word.normalize('NFC');
  return (
    (unitsByWord.find(([, words]) => words.test(written)) ?? unitsByWord.find(([, words]) => words.test(written.toLowerCase())))?.[0] ??
    null
  );
};

const scaleOf = (word: string, isMoney: boolean): number | null => {
  if (/^(?:k|K)$/.test(word)) return 1e3;
  if (word === 'M' || (word === 'm' && isMoney)) return 1e6;
  if (/^(?:bn|Mds?|Mrds?)$/.test(word) || (/^[bB]$/.test(word) && isMoney)) return 1e9;
  switch (fold(word).replace(/s$/, '')) {
    case 'thousand':
    case 'mille':
    case 'millier':
      return 1e3;
    case 'million':
      return 1e6;
    case 'milliard':
    case 'billion':
      return 1e9;
    default:
      return null;
  }
};

const boundary = '(?![\\p{L}\\p{N}])';
const unitWords = names.map(([, words]) => words).join('|');
const scaleWords = 'k|K|M|m|bn|b|B|Mds?|Mrds?|thousand|milliers?|mille|millions?|milliards?|billions?';
/** Matches the text after a number: a scale ("million") and a unit. */
const following = new RegExp(
  `^(?:[\\s-]{0,2}(?<scale>${scaleWords})(?![\\p{L}\\p{N}]))?(?:(?:[\\s-]{0,2}(?:d[’']|de |of )?)(?<unit>${unitWords})${boundary})?`,
  'iu',
);
const number =
  /(?<![\p{L}\p{N}]|\p{N}[.,])(?:\p{Nd}{1,3}(?:[   .,'’]\p{Nd}{3})+(?:[.,]\p{Nd}{1,2})?|\p{Nd}{1,15}(?:[.,]\p{Nd}{1,6})?)(?![.,]?\p{Nd})/gu;
/** Currencies may put their sign before the number. */
const leading = /(?:(?:US|CA|C|A)?\$|€|£|¥|(?<!\p{L})(?:EUR|USD|GBP|CHF|JPY))[\s]?$/u;
/** How many characters after a number are searched for a unit. */
const longestUnit = 40;

export interface Quantity {
  start: number;
  end: number;
  /** The number with its unit, and the full number where its digits do not show it. */
  terms: string[];
}

/**
 * The quantity of a number that ends at `end`; null where no unit or scale is given. `value` is the number in digits, with a point.
 */
export const quantityAt = (text: string, start: number, end: number, value: number, isPlain: boolean): Quantity | null => {
  const after = text.slice(end, end + longestUnit);
  const money = leading.exec(text.slice(Math.max(0, start - 5), start))?.[0] ?? '';
  const found = following.exec(after);
  let { scale, unit } = (found?.groups ?? {}) as { scale?: string; unit?: string };
  let length = found?.[0].length ?? 0;
  // "4.5 m" is metres, although `m` was first read as a scale.
  let factor = scale === undefined ? null : scaleOf(scale, money !== '');
  if (scale !== undefined && factor === null) {
    unit = scale;
    scale = undefined;
    length = after.indexOf(unit) + unit.length;
  }
  const counted = money ? unitOf(money.trim().replace(/^(?:CA|C|A)\$$/, '$')) : unit === undefined ? null : unitOf(unit);
  if (factor === null && counted === null) return null;
  factor ??= 1;
  const full = String(Math.round(value * factor * 1e6) / 1e6);
  if (!/^[\d.]+$/.test(full)) return null;
  const terms = [...(counted ? [`${full} ${counted}`] : []), ...(isPlain && factor === 1 ? [] : [full])];
  return { start: start - money.length, end: end + (scale !== undefined || unit !== undefined ? length : 0), terms };
};

/** Numbers in digits with their unit: "12 mm", "3,2 M€", "$450". `numberIn` reads digits with their separators. */
export const quantitiesIn = (text: string, numberIn: (digits: string) => number): (Quantity & { isPlain: boolean })[] =>
  Array.from(text.matchAll(number)).flatMap((match) => {
    const isPlain = /^\p{Nd}+$/u.test(match[0]);
    const quantity = quantityAt(text, match.index, match.index + match[0].length, numberIn(match[0]), isPlain);
    return quantity ? [{ ...quantity, isPlain }] : [];
  });
