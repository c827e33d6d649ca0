/** The forms in which numbers of lists are written; named as Word names them. */
export type NumberForm = 'decimal' | 'decimalZero' | 'lowerLetter' | 'upperLetter' | 'lowerRoman' | 'upperRoman' | 'ordinal' | 'none';

const romanSigns: readonly (readonly [number, string])[] = [
  [1000, 'm'],
  [900, 'cm'],
  [500, 'd'],
  [400, 'cd'],
  [100, 'c'],
  [90, 'xc'],
  [50, 'l'],
  [40, 'xl'],
  [10, 'x'],
  [9, 'ix'],
  [5, 'v'],
  [4, 'iv'],
  [1, 'i'],
];

const roman = (number: number): string => {
  let rest = number;
  let text = '';
  for (const [value, sign] of romanSigns)
    while (rest >= value) {
      text += sign;
      rest -= value;
    }
  return text;
};

/** After z follow aa, bb, cc, as Word and the browsers' oldest lists count. */
const letters = (number: number): string =>
  String.fromCharCode(97 + ((number - 1) % 26)).repeat(Math.min(20, Math.floor((number - 1) / 26) + 1));

/** The number of an item as its list shows it. Forms without a writing of their own are written in digits. */
export const numberText = (number: number, form: NumberForm): string => {
  if (form === 'none') return '';
  if (form === 'decimalZero') return String(number).padStart(2, '0');
  const isLetters = form === 'lowerLetter' || form === 'upperLetter';
  if (number < 1 || number > 4_000 || (!isLetters && !form.endsWith('Roman'))) return String(number);
  const text = isLetters ? letters(number) : roman(number);
  return form.startsWith('upper') ? text.toUpperCase() : text;
};
