import { fold } from '@shared/text/fold';
import { monthNames, monthOf } from './calendar';
import type { WrittenForm } from './writtenForm';

const months = `(?:${monthNames.flat().join('|').replaceAll('fev', 'f[eé]v').replaceAll('aout', 'ao[uû]t').replaceAll('dece', 'd[eé]ce').replaceAll('|dec', '|d[eé]c')})\\.?`;
const writtenDate = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:(?<day>\\d{1,2})(?:er|st|nd|rd|th|e)?[\\s-]+(?:of\\s+)?)?(?<month>${months})(?:[\\s-]+(?<after>\\d{1,2})(?:st|nd|rd|th)?(?!\\d))?(?:,?[\\s-]+(?<year>\\d{4}))?(?![\\p{L}\\p{N}])`,
  'giu',
);
const numericDate = /(?<!\d|\d[-/.])(?:(\d{4})([-/.])(\d{1,2})\2(\d{1,2})|(\d{1,2})([-/.])(\d{1,2})\6(\d{4}|\d{2}))(?![-/.]?\d)/g;
const compactDate = /(?<![\p{L}\p{N}])((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?![\p{L}\p{N}])/gu;

const two = (value: number): string => String(value).padStart(2, '0');
const dateTerm = (year: number | null, month: number, day: number | null): string =>
  `${year ?? ''}-${two(month)}${day === null ? '' : `-${two(day)}`}`;
const isDate = (month: number, day: number): boolean => month >= 1 && month <= 12 && day >= 1 && day <= 31;

/** Dates, by their year, month and day in any order and notation. */
export const fromDates = (text: string): WrittenForm[] => {
  const forms: WrittenForm[] = [];
  if (!/\d/.test(text)) return forms;
  const add = (match: RegExpExecArray, wholes: string[]): void => {
    forms.push({ start: match.index, end: match.index + match[0].length, wholes, parts: [], isNumber: true, beginnings: [] });
  };
  for (const match of text.matchAll(numericDate)) {
    const [, year, , month, day, first, , second, last] = match.map((part) => (part && /^\d+$/.test(part) ? Number(part) : undefined));
    const wholes: string[] = [];
    if (year !== undefined && month && day && isDate(month, day)) wholes.push(dateTerm(year, month, day));
    if (first && second && last !== undefined) {
      const full = last < 50 ? 2000 + last : last < 100 ? 1900 + last : last;
      if (isDate(second, first)) wholes.push(dateTerm(full, second, first));
      if (first !== second && isDate(first, second)) wholes.push(dateTerm(full, first, second));
    }
    if (wholes.length) add(match, wholes);
  }
  for (const match of text.matchAll(compactDate)) add(match, [`${match[1]}-${match[2]}-${match[3]}`]);
  for (const match of text.matchAll(writtenDate)) {
    const { day, month, after, year } = match.groups as Record<string, string | undefined>;
    const number = monthOf(fold(month as string).replace('.', '')) as number;
    const date = Number(day ?? after ?? 0);
    if (!date && !year) continue;
    const wholes = date
      ? year
        ? [dateTerm(Number(year), number, date), dateTerm(null, number, date)]
        : [dateTerm(null, number, date)]
      : [];
    if (year) wholes.push(dateTerm(Number(year), number, null));
    add(match, wholes);
  }
  return forms;
};
