import { jsonFits } from '@main/network/boundedJson';
import { tooMuch } from './tooMuch';
import { createValueCutter } from './valueCutter';

/**
 * Repairs the usual mistakes of servers that write JSON by hand: raw control characters, backslashes of formulas, Python's NaN and
 * Infinity.
 */
const repaired = (text: string): string =>
  text
    .replace(/\\(["\\/bfnrtu]|.)/gs, (whole, next: string) => (/["\\/bfnrtu]/.test(next) ? whole : `\\\\${next}`))
    // biome-ignore lint/suspicious/noControlCharactersInRegex: escaping them is the purpose
    .replace(/[\u0000-\u001f]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replace(/"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b/g, (token) => (token.startsWith('"') ? token : 'null'));

const strictly = (text: string): { value: unknown } | null => {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return null;
  }
};

/** The value of a JSON text, also of one with the common mistakes of servers; null for anything else. Throws `provider.too_much`. */
export const readJson = (text: string): { value: unknown } | null => {
  if (!jsonFits(text)) throw tooMuch('structure');
  return strictly(text) ?? (/^\s*[[{]/.test(text) ? strictly(repaired(text)) : null);
};

/** The values of JSON objects in a row with nothing between them but `between`; null for anything else. Throws `provider.too_much`. */
export const readJsonRow = (text: string, between: RegExp): { values: unknown[]; around: string } | null => {
  if (!jsonFits(text)) throw tooMuch('structure');
  const cutter = createValueCutter();
  const read = cutter.push(text).map(readJson);
  if (cutter.open > 0 || read.length === 0 || !between.test(cutter.around)) return null;
  return read.every((one) => one !== null) ? { values: read.map((one) => one.value), around: cutter.around } : null;
};
