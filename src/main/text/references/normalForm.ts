import { romanValue } from '../romanValue';

/**
 * The number of a part in one form: "L. 123-4 bis" is "L123-4bis", "II" is "2". Hyphens and dots stay, because 51-4 is not 514. Its
 * brackets are cut off: see `withParents`.
 */
export const partNumber = (written: string): string => {
  const text = written.replace(/[‐‑‒–−]/g, '-').trim();
  const roman = /^[IVXLC]+$/.test(text) ? romanValue(text) : 0;
  if (roman > 0) return String(roman);
  const form = text.replace(/^([LRDA])\s*\.?\s*[*°]?\s*(?=\d)/i, (_, letter: string) => letter.toUpperCase());
  return form
    .replace(/^premi(?:er|[èe]re)$/i, '1')
    .replace(/(?<=^\d+)(?:er|re)\b/i, '')
    .replace(/\s+/g, '')
    .replace(/[.-]+$/, '');
};

/** A number with brackets and those that hold it, the narrowest first: "6(1)(f)", "6(1)", "6". */
export const withParents = (number: string): string[] => {
  const forms = [number];
  for (let last = number; /\([^()]*\)$/.test(last); ) {
    last = last.replace(/\([^()]*\)$/, '');
    forms.push(last);
  }
  return forms;
};

/**
 * A code of letters and digits in one form, whatever separates them: "e-4012" and "E 4012" are "E4012". A separator between two digits
 * stays as a hyphen, so that A-11-2 is not A-1-12.
 */
export const codeForm = (written: string): string => {
  const runs = written.toUpperCase().match(/\p{L}+|\d+/gu) ?? [];
  return runs.reduce((form, run) => (/\d$/.test(form) && /^\d/.test(run) ? `${form}-${run}` : form + run), '');
};
