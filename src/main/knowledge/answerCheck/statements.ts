import { proseOf } from '@shared/markdown/prose';
import type { CitedSource } from '../citations';
import { type TextUnit, textUnits } from '../textUnits';
import { isTalk } from './talk';

/** A sentence, list item or table row of an answer. */
export interface Statement {
  /** `[start, end)` in the answer, with its citations. */
  start: number;
  end: number;
  /** The place after its last word or sign, before any citation: marks of the program stand there. */
  wordsEnd: number;
  /** Its words at their offsets, with everything else (citations, code, addresses, the label of an item) replaced by blanks. */
  words: string;
  /** True where it asserts nothing: a question, a greeting, a transition, what the documents do not say. */
  isTalk: boolean;
  /** The numbers of the sources that it cites itself. */
  cited: readonly number[];
  /** The numbers cited in its paragraph after it, or by the sentence that introduces its list. */
  near: readonly number[];
}

/** A number of a source in words: "according to source 2". */
const named = /\b(?:sources?|passages?|extraits?)\s+(?:n[°º]\s*)?\d{1,3}\b/giu;
/** Numbers in brackets, also those that are no source. */
const bracketed = /\[\s*\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*\s*\]/g;
/** The label of an item: "**Payment terms:** …". Its capitals name nothing. */
const label = /^\s*(?:\*\*|__)?[\p{L}\p{N}][^.:!?\n]{0,60}?(?:\*\*|__)?\s?:(?:\*\*|__)?(?=\s)/u;
/** How much of an answer is checked; nobody checks a longer one sentence by sentence. */
const longestChecked = 20_000;

const blank = (text: string): string => text.replace(/[^\n]/g, ' ');

/** The text with blanks in place of some ranges. */
const withoutRanges = (text: string, ranges: readonly { start: number; end: number }[]): string => {
  const parts: string[] = [];
  let at = 0;
  for (const { start, end } of ranges.toSorted((a, b) => a.start - b.start)) {
    if (end <= at) continue;
    parts.push(text.slice(at, Math.max(at, start)), blank(text.slice(Math.max(at, start), end)));
    at = end;
  }
  return parts.join('') + text.slice(at);
};

/** The numbers of the sources cited between two places. */
const citedBetween = (places: readonly CitedSource[], start: number, end: number): number[] => [
  ...new Set(places.filter(({ at }) => at.start >= start && at.start < end).map(({ source }) => source.marker)),
];

/** The statements of an answer, in its order; of a very long one those of its beginning. */
export const statementsOf = (answer: string, places: readonly CitedSource[]): Statement[] => {
  const text = answer.slice(0, longestChecked);
  const bare = withoutRanges(text, [...proseOf(text).regions, ...places.map(({ at }) => at)])
    .replace(named, blank)
    .replace(bracketed, blank);
  const wordsOf = ({ start, end }: TextUnit): string => bare.slice(start, end);
  const units = textUnits(text).filter((unit) => unit.kind !== 'code' && /[\p{L}\p{N}]/u.test(wordsOf(unit)));
  /** Citations after the sentence, or alone in the next paragraph, belong to it. */
  const cited = units.map(({ start }, index) => citedBetween(places, start, units[index + 1]?.start ?? text.length));
  return units.map((unit, index) => {
    const near = new Set<number>();
    for (let next = index + 1; unit.kind === 'sentence' && units[next]?.group === unit.group; next += 1)
      for (const marker of cited[next] ?? []) near.add(marker);
    const before = unit.kind === 'sentence' ? -1 : units.findLastIndex((other, at) => at < index && other.group !== unit.group);
    const lead = units[before];
    if (lead?.kind === 'sentence' && /:\s*$/.test(wordsOf(lead))) for (const marker of cited[before] ?? []) near.add(marker);
    const words = wordsOf(unit);
    return {
      start: unit.start,
      end: unit.end,
      wordsEnd: unit.start + words.trimEnd().length,
      words: unit.kind === 'sentence' ? words : words.replace(label, blank),
      isTalk: isTalk(words),
      cited: cited[index] ?? [],
      near: [...near],
    };
  });
};
