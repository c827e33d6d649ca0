/** Shorter words are too close to too many others. */
const leastLetters = 5;
const mostLetters = 24;
/** Spellings tried besides the word as it was written. */
const mostSpellings = 3;

const latin = 'abcdefghijklmnopqrstuvwxyz';
const cyrillic = 'абвгдежзийклмнопрстуфхцчшщъыьэюяіїєґ';
const greek = 'αβγδεζηθικλμνξοπρστυφχψω';
const alphabetOf = (word: string): string | null =>
  [latin, cyrillic, greek].find((letters) => [...word].every((letter) => letters.includes(letter))) ?? null;

/** Yields once each word at edit distance one from `word`: a letter added, removed, replaced, or two swapped (Damerau 1964). */
function* neighbours(word: string, letters: string): Generator<string> {
  for (let at = 0; at <= word.length; at += 1) {
    const [before, after] = [word.slice(0, at), word.slice(at)];
    if (after.length > 1 && after[0] !== after[1]) yield before + after[1] + after[0] + after.slice(2);
    if (after !== '' && after[0] !== after[1]) yield before + after.slice(1);
    for (const letter of letters) {
      if (letter !== after[0]) yield before + letter + after;
      if (after !== '' && letter !== after[0]) yield before + letter + after.slice(1);
    }
  }
}

export interface Spelled {
  /** True when a passage holds exactly this folded word. */
  isWritten(word: string): boolean;
  /** How many passages hold the word in any of its forms. */
  frequencyOf(word: string): number;
  /** True when two folded words have the same stem. */
  isSameWord(one: string, other: string): boolean;
}

/** For a word that no passage holds: the words one letter away, in the singular or the plural, that most passages hold. */
export const spellingsNear = (word: string, { isWritten, frequencyOf, isSameWord }: Spelled): string[] => {
  if (word.length < leastLetters || word.length > mostLetters) return [];
  const letters = alphabetOf(word);
  if (!letters) return [];
  const found: { spelling: string; frequency: number }[] = [];
  const forms = letters !== latin ? [word] : word.endsWith('s') ? [word, word.slice(0, -1)] : [word, `${word}s`];
  for (const form of forms)
    for (const spelling of neighbours(form, letters))
      if (isWritten(spelling) && !found.some((one) => isSameWord(one.spelling, spelling)))
        found.push({ spelling, frequency: frequencyOf(spelling) });
  return found
    .sort((a, b) => b.frequency - a.frequency)
    .slice(0, mostSpellings)
    .map(({ spelling }) => spelling);
};
