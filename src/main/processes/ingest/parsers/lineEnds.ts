/** First and last parts of words that keep their hyphen, in English and French. */
const firstParts = new Set(
  'well self non ex all cross half high low long short vice sous demi semi mi après avant arrière contre porte chef rendez peut celui celle ceux celles moi toi lui elle elles nous vous eux soi au ci là par quelques grand grands grande petit petits beaux beau belle nouveau libre haut bas presque quasi outre'.split(
    ' ',
  ),
);
const lastParts = new Set('même mêmes là ci je tu il ils elle elles on nous vous ce moi toi lui leur y en known based'.split(' '));

/** Joins the text of a line to the text before it; `full` says that the line before ran to its end. */
export type JoinLines = (before: string, after: string, full: boolean) => string;

const address = /[/@_]|\p{L}\.\p{L}/u;
const lastWord = /[\p{L}\p{M}\p{N}’'-]*[\p{L}\p{N}][-\u2010]$/u;
const firstWord = /^[\p{L}\p{M}\p{N}]+(?:[-\u2010][\p{L}\p{M}\p{N}]+)*/u;

/**
 * Returns a function that joins lines. A hyphen at the end of one is the typesetter's, and goes, unless the word has it of its own: it is
 * written so elsewhere in the text, has other hyphens, is of two words of the text, or begins or ends as such words do. One before a
 * number or a capital stays, so that codes and names are whole.
 */
export const createJoin = (lines: readonly { text: string }[]): JoinLines => {
  let words: Set<string> | null = null;
  /** The words within lines: the first and last of a line may be halves. */
  const known = (word: string): boolean => {
    words ??= new Set(
      lines.flatMap(({ text }) => {
        const all =
          text
            .toLowerCase()
            .replace(/\u2010/g, '-')
            .match(/[\p{L}\p{M}\p{N}]+(?:-[\p{L}\p{M}\p{N}]+)*-?/gu) ?? [];
        return all.filter((word) => !word.endsWith('-'));
      }),
    );
    return words.has(word.toLowerCase());
  };
  const keepsHyphen = (before: string, after: string): boolean => {
    const [first, last] = [before.slice(0, -1), after.split('-')[0] ?? after];
    if (known(`${first}-${after}`)) return true;
    if (known(first + after)) return false;
    if (first.includes('-')) return true;
    const lower = first.toLowerCase().replace(/^.*['’]/, '');
    if (firstParts.has(lower) || lastParts.has(last.toLowerCase())) return true;
    return lower.length > 2 && last.length > 2 && known(lower) && known(last);
  };
  return (before, after, full) => {
    if (before.endsWith('\u00AD')) return before.slice(0, -1) + after;
    // The tail of an address, of which no sign may be lost. Cut first: the search for its beginning must not read a long paragraph.
    if (/[-\u2010]$/.test(before) && address.test(`${/\S+$/.exec(before.slice(-200))?.[0]} ${/^\S+/.exec(after.slice(0, 200))?.[0]}`))
      return before + after;
    const word = lastWord.exec(before.slice(-200))?.[0];
    const next = firstWord.exec(after)?.[0];
    if (word !== undefined && next !== undefined && word.length > 1) {
      if (/^[\p{Lu}\p{N}]/u.test(next) || /\p{N}.$|\p{Lu}\p{Lu}.$/u.test(word)) {
        if (full || /^\p{N}/u.test(next)) return before + after;
      } else if (/\p{Ll}.$/u.test(word) && /^\p{Ll}/u.test(next))
        return keepsHyphen(word.replace(/\u2010/g, '-'), next) ? before + after : before.slice(0, -1) + after;
    }
    return full ? `${before} ${after}` : `${before}\n${after}`;
  };
};
