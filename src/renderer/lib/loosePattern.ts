/** Letters that count as one in a search: each with all its accented forms, both cases. */
const variants = (() => {
  const byBase = new Map<string, string>();
  const ranges = [
    [0x41, 0x24f],
    [0x1e00, 0x1eff],
  ] as const;
  for (const [from, to] of ranges)
    for (let code = from; code <= to; code += 1) {
      const letter = String.fromCodePoint(code);
      const base = letter.normalize('NFD')[0]?.toLowerCase() ?? '';
      if (/^\p{L}$/u.test(letter) && /^\p{L}$/u.test(base)) byBase.set(base, (byBase.get(base) ?? '') + letter);
    }
  return byBase;
})();

/** Signs that are typed one way and printed another. */
const signs: Record<string, string> = { "'": "'’ʼ‘", '’': "'’ʼ‘", '"': '"“”„«»', '-': '-‐‑–', '…': '…' };

const pattern = (character: string): string => {
  const base = character.normalize('NFD')[0]?.toLowerCase() ?? character;
  const letters = variants.get(base);
  // Combining marks after a letter are part of it.
  if (letters) return `[${letters}]\\p{M}*`;
  const same = signs[character];
  return same ? `[${same.replace(/[-\]\\]/g, '\\$&')}]` : character.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
};

/** A pattern for the words of a query, ignoring case, accents and kinds of white space. Null when there are none. */
export const loosePattern = (query: string): RegExp | null => {
  const words = query.trim().split(/\s+/).filter(Boolean);
  if (words.length === 0) return null;
  return new RegExp(words.map((word) => [...word.normalize('NFC')].map(pattern).join('')).join('\\s+'), 'giu');
};
