/** Letters that Unicode does not decompose, with the spelling used on a keyboard without them. */
const plainLetters: Readonly<Record<string, string>> = {
  œ: 'oe',
  æ: 'ae',
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
  ς: 'σ',
};
const opened = /[œæßøłđðþıς]/g;
/** Invisible characters inside words: soft hyphens, joiners, marks of direction. */
export const invisible = '\\u00AD\\u034F\\u061C\\u180E\\u200B-\\u200F\\u202A-\\u202E\\u2060-\\u2064\\uFEFF';
/** Ordering a long run of marks takes the square of its length, and all marks are dropped anyway. */
const manyMarks = /\p{M}{16,}/gu;
const unseen = new RegExp(`[\\p{M}${invisible}]`, 'gu');
/** Signs that contain letters and follow a word: they are no part of it. */
const letteredSigns = /[™℠℡℻℃℉\u3300-\u33ff]/g;
/** Apostrophes that Unicode counts as letters or accents. */
const letterApostrophe = /[ʼʻʽˈ´`]/g;

/** A character that needs more than lower case. */
const special = /[`\P{ASCII}]/u;

/**
 * Folds a text: lower case, ligatures opened; accents, invisible characters and compatibility forms dropped. "Œuvre" and "oeuvre"
 * become one word. Korean syllables stay whole.
 */
export const fold = (text: string): string => (special.test(text) ? foldLetters(text) : text.toLowerCase());

const foldLetters = (text: string): string =>
  text
    .replace(letterApostrophe, "'")
    .replace(letteredSigns, ' $&')
    .replace(manyMarks, '')
    .normalize('NFKD')
    .toLowerCase()
    .replace(unseen, '')
    .replace(opened, (letter) => plainLetters[letter] as string)
    .normalize('NFC');
