import { plainText } from './plainText';

type Range = [number, number];
const excerptLength = 160;

/** The words around the first match of a text, without the signs of Markdown, and where they match. */
export const excerpt = ({ text, matches }: { text: string; matches: readonly Range[] }): { words: string; matches: Range[] } => {
  const first = matches[0]?.[0] ?? 0;
  const start = first < 30 ? 0 : text.lastIndexOf(' ', first - 20) + 1;
  const plain = plainText(text.slice(start, start + excerptLength)).replaceAll('\n', ' ');
  const words = start > 0 ? `…${plain}` : plain;
  const found = new Set(matches.map(([from, to]) => text.slice(from, to)));
  const ranges = [...found].filter(Boolean).flatMap((word) => {
    const at: Range[] = [];
    for (let index = words.indexOf(word); index >= 0; index = words.indexOf(word, index + word.length))
      at.push([index, index + word.length]);
    return at;
  });
  return { words, matches: ranges };
};
