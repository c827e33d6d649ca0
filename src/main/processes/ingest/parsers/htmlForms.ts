import { type NumberForm, numberText } from './listNumbers';

/** The kinds of input whose value a reader sees; those of buttons are their names. */
const typed = new Set(['text', 'email', 'tel', 'number', 'date', 'datetime-local', 'month', 'week', 'time', 'search', 'url']);

/** A box as text, ticked or not, as lists of tasks write it. */
export const boxText = (ticked: boolean): string => (ticked ? '[x]' : '[ ]');

/** The state of a form's field as text: a box ticked or not, or the value that stands in it. */
export const fieldText = ({ type = 'text', value = '', checked }: Readonly<Record<string, string>>): string => {
  const kind = type.toLowerCase();
  if (kind === 'checkbox' || kind === 'radio') return ` ${boxText(checked !== undefined)} `;
  return value !== '' && typed.has(kind) ? ` ${value} ` : '';
};

const raisedSigns: Readonly<Record<string, string>> = Object.fromEntries(
  Array.from('0123456789+-\u2212=()n', (sign, index) => [sign, '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ'.charAt(index)]),
);

/**
 * Raised text: a number becomes raised digits, so that it is not read on with the number or word before it; one that is a link to a
 * note stands in brackets. Other letters (`1er`, `2nd`) stay.
 */
export const raisedText = (text: string, isLink: boolean): string => {
  const own = text.trim();
  if (!/^[\d+\-\u2212=()n]{1,8}$/.test(own) || !/\d|^n$/.test(own)) return text;
  return text.replace(own, isLink ? `[${own}]` : Array.from(own, (sign) => raisedSigns[sign]).join(''));
};

const forms: Readonly<Record<string, NumberForm>> = { a: 'lowerLetter', A: 'upperLetter', i: 'lowerRoman', I: 'upperRoman' };

/** A list of a page: gives the mark of each item, with the number that the page shows. */
export const createList = (name: string, attributes: Readonly<Record<string, string>>) => {
  const numberOr = (text: string | undefined, other: number): number => (/^-?\d{1,9}$/.test(text ?? '') ? Number(text) : other);
  let next = numberOr(attributes.start, 1);
  return {
    mark: (value?: string): string => {
      if (name !== 'ol') return '- ';
      const number = numberOr(value, next);
      next = number + 1;
      return `${numberText(number, forms[attributes.type ?? ''] ?? 'decimal')}. `;
    },
  };
};
export type HtmlList = ReturnType<typeof createList>;
