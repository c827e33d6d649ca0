// Soft hyphens, zero-width spaces and marks of direction are invisible and would split words for search; joiners stay, since
// scripts and emoji need them.
// biome-ignore lint/suspicious/noControlCharactersInRegex: removing control characters is the purpose
const invisible = /[\u0000-\u0008\u000E-\u001F\u007F\u00AD\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF\uFFFE\uFFFF]/g;

/** Ligatures and the forms of letters inside Arabic and Hebrew words: printed forms of ordinary letters. */
const printedForms = /[\uFB00-\uFB06\uFB13-\uFB17\uFB1D-\uFDFF\uFE70-\uFEFC]+/g;

/** More combining marks on one letter than any writing has; the limit of Unicode's stream-safe text (UAX 15) is 30. */
const marksInARow = /\p{M}{64}/gu;

/**
 * `text.normalize('NFC')` in linear time also for letters with thousands of marks: ordering a run of marks takes the square of its
 * length, so that a longer run is ordered piece by piece.
 */
const compose = (text: string): string => {
  let composed = '';
  let start = 0;
  for (const { 0: run, index } of text.matchAll(marksInARow)) {
    composed += text.slice(start, index + run.length).normalize('NFC');
    start = index + run.length;
  }
  return composed + text.slice(start).normalize('NFC');
};

/**
 * Text as it is stored, indexed and cited: well-formed, composed (NFC), lines ended by `\n`, without invisible characters.
 * Every position that leaves the parser counts UTF-16 units of this form.
 */
export const cleanText = (text: string): string =>
  compose(
    text
      .replace(/\r\n?|\u2028|\u2029/g, '\n')
      .replace(invisible, '')
      .replace(printedForms, (forms) => forms.normalize('NFKC'))
      .toWellFormed(),
  );
