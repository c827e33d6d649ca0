import { findCitationMarks, quotedIn } from '@shared/markdown/citationMarks';
import type { Source } from '@shared/model';
import type { CitedSource } from '../citations';

/** A number alone in brackets. */
const bracketed = /\[(\d{1,6})\]/g;

/**
 * A note whose citations have the numbers of passages in the document, from 1 on, instead of those in the prompt: `numberOf` gives them.
 * Passages that the program matched are cited too. Any other number in brackets is the document's own and gets round ones. Pure.
 */
export const citeByDocument = (
  text: string,
  sources: readonly Source[],
  matched: readonly CitedSource[],
  numberOf: (marker: number) => number | undefined,
): string => {
  const known = new Set(sources.map(({ marker }) => marker));
  const marks = findCitationMarks(text, { known, isQuoted: quotedIn(sources.map((source) => source.text)) });
  const written = marks.map(({ start, end, numbers }) => ({ start, end, numbers: [...numbers] }));
  const added = matched.map(({ at, source }) => ({ start: at.start, end: at.start, numbers: [source.marker] }));
  let rest = text.length;
  const pieces: string[] = [];
  for (const { start, end, numbers } of [...written, ...added].sort((a, b) => b.start - a.start || b.end - a.end)) {
    if (end > rest) continue;
    const cited = numbers.flatMap((number) => numberOf(number) ?? []).map((number) => `[${number}]`);
    const gap = start === end && cited.length > 0 ? ' ' : '';
    pieces.push(asText(text.slice(end, rest)), gap + cited.join(''));
    rest = start;
  }
  pieces.push(asText(text.slice(0, rest)));
  return pieces.reverse().join('');
};

const asText = (text: string): string => text.replace(bracketed, '($1)');

/** The numbers that notes cite, in ascending order, each once. */
export const citedNumbers = (notes: readonly string[]): number[] =>
  [...new Set(notes.flatMap((note) => Array.from(note.matchAll(bracketed), ([, number]) => Number(number))))].sort((a, b) => a - b);

/** The notes with other numbers in their citations; a number without another one is left out. */
export const renumber = (note: string, numbers: ReadonlyMap<number, number>): string =>
  note.replace(bracketed, (_, number: string) => {
    const other = numbers.get(Number(number));
    return other === undefined ? '' : `[${other}]`;
  });
