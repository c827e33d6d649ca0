import { loosePattern } from '@renderer/lib/loosePattern';

const sign = '[\\p{L}\\p{N}\\p{M}]';

/**
 * A pattern that finds the same as the engine for a query: its words in sequence, with any signs between them, ignoring case and
 * accents; the last one by its beginning unless it is a single Latin letter. Null without a word.
 */
export const wordsPattern = (query: string): RegExp | null => {
  const words = query.normalize('NFC').match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
  const last = words.at(-1);
  if (last === undefined) return null;
  const rest = /^[a-z]$/i.test(last) ? '' : `${sign}*`;
  const between = `[^\\p{L}\\p{N}\\p{M}]+`;
  return new RegExp(`(?<!${sign})${words.map((word) => loosePattern(word)?.source).join(between)}${rest}(?!${sign})`, 'giu');
};

/** Elements with lines of their own: no word continues across their edges. */
const block = 'p, li, td, th, pre, h1, h2, h3, h4, h5, h6, div';

/** Ranges of the words in a message's row that a pattern matches, also over the edges of links and emphasis. */
export const findWords = (row: HTMLElement, pattern: RegExp): Range[] => {
  const root = row.querySelector<HTMLElement>('[data-words]');
  if (!root) return [];
  const nodes: { node: Node; start: number }[] = [];
  let text = '';
  let before: Element | null | undefined;
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const own = node.parentElement?.closest(block);
    if (before !== undefined && own !== before) text += '\n';
    before = own;
    nodes.push({ node, start: text.length });
    text += node.textContent ?? '';
  }
  const locate = (at: number): [Node, number] => {
    const { node, start } = nodes.findLast(({ start }) => start <= at) ?? { node: root, start: 0 };
    return [node, Math.min(at - start, node.textContent?.length ?? 0)];
  };
  return [...text.matchAll(pattern)].map(({ index, 0: words }) => {
    const range = new Range();
    range.setStart(...locate(index));
    const [node, at] = locate(index + words.length - 1);
    range.setEnd(node, at + 1);
    return range;
  });
};
