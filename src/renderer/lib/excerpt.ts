import { type DocumentFormat, formats } from '@shared/model';
import { plainText } from './plainText';

type Range = [number, number];
const excerptLength = 160;

interface Excerpted {
  text: string;
  matches: readonly Range[];
  /** Only Markdown has signs that are not shown; a message is Markdown. */
  format?: DocumentFormat | null;
}

/** The words around the first match of a text, without the signs of Markdown, and the matching ranges. */
export const excerpt = ({ text, matches, format }: Excerpted): { words: string; matches: Range[] } => {
  const first = matches[0]?.[0] ?? 0;
  const start = first < 30 ? 0 : text.lastIndexOf(' ', first - 20) + 1;
  const cut = text.slice(start, start + excerptLength);
  const plain = formats[format ?? 'markdown'].view === 'markdown' ? plainText(cut).replaceAll('\n', ' ') : cut.replace(/\s+/g, ' ').trim();
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
