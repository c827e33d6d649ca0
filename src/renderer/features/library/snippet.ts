/** A stretch of a passage for a result list: the flags show where it was cut, matches are separate pieces. */
export interface Snippet {
  pieces: { text: string; match: boolean; start: number }[];
  cutBefore: boolean;
  cutAfter: boolean;
}

/** Removes marks of Markdown that mean nothing in a line of text: heading signs, table rules, fences, signs of bold. */
const tidy = (text: string): string =>
  text
    .replace(/(^|\n)[ \t]*(#{1,6}[ \t]+|```\w*[ \t]*(?=\n|$))/g, '$1')
    .replace(/(^|\n)[ \t]*\|?[ \t]*:?-{3,}[-:| \t]*(?=\n|$)/g, '$1')
    .replace(/\*\*(?=\S)|(?<=\S)\*\*/g, '')
    .replace(/\s+/g, ' ');

/** Shows about `length` characters of `text` around its first match; cuts at spaces, joins lines. */
export const makeSnippet = (text: string, matches: readonly (readonly [number, number])[], length = 280): Snippet => {
  const sorted = matches.filter(([from, to]) => from >= 0 && to <= text.length && from < to).sort((one, other) => one[0] - other[0]);
  const first = sorted[0]?.[0] ?? 0;
  let start = first > length * 0.6 ? Math.max(0, first - Math.round(length * 0.25)) : 0;
  if (start > 0) {
    const space = text.indexOf(' ', start);
    if (space > 0 && space < first) start = space + 1;
  }
  let end = Math.min(text.length, start + length);
  if (end < text.length) {
    const space = text.lastIndexOf(' ', end);
    if (space > start) end = space;
  }
  const pieces: Snippet['pieces'] = [];
  const add = (from: number, to: number, match: boolean): void => {
    const shown = tidy(text.slice(from, to));
    if (shown !== '') pieces.push({ text: shown, match, start: from });
  };
  let at = start;
  for (const [from, to] of sorted) {
    if (to <= at || from >= end) continue;
    add(at, Math.max(at, from), false);
    add(Math.max(at, from), Math.min(to, end), true);
    at = Math.min(to, end);
  }
  add(at, end, false);
  return { pieces, cutBefore: start > 0, cutAfter: end < text.length };
};
