/** The shortest word that is corrected: short words are too near to others. */
const shortest = 6;

/** True when one letter was added, left out, replaced or exchanged with its neighbour. */
const isOneOff = (a: string, b: string): boolean => {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  const [restA, restB] = [a.slice(start), b.slice(start)];
  if (restA.slice(1) === restB || restA === restB.slice(1) || restA.slice(1) === restB.slice(1)) return true;
  return restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2);
};

/**
 * Returns a function that corrects one typing error in each of the given words; the first letter must be right, and plurals and
 * longer words that begin with a word are left alone.
 */
export const createTypoCorrector = (words: readonly string[]): ((text: string) => string) => {
  const long = words.filter((word) => word.length >= shortest);
  const known = new Set(words);
  const corrections = new Map<string, string>();
  const correct = (word: string): string => {
    if (word.length < shortest - 1 || known.has(word)) return word;
    const before = corrections.get(word);
    if (before !== undefined) return before;
    const found = long.find((one) => one[0] === word[0] && word !== `${one}s` && isOneOff(one, word)) ?? word;
    // Bounded, for any word of any text comes here.
    if (corrections.size > 5000) corrections.clear();
    corrections.set(word, found);
    return found;
  };
  return (text) => text.replace(/\p{L}+/gu, correct);
};
