import type { Language } from '@main/text/languages';
import type { Source } from '@shared/model';
import type { Claim } from './claims';
import { type EvidenceItems, evidenceOf, sameLetters } from './evidenceItems';
import { excerptLimits } from './excerpt';
import { type TextUnit, textUnits } from './textUnits';

/** A part of the source that can be quoted, with its items. */
export interface Candidate {
  unit: TextUnit;
  items: EvidenceItems;
  /** The items of its headings and of the table's first row. */
  above: EvidenceItems;
}

export const candidatesOf = (source: Source, language: Language): Candidate[] =>
  textUnits(source.text, source.format).map((unit) => ({
    unit,
    items: evidenceOf(source.text.slice(unit.start, unit.end), language),
    above: evidenceOf(`${unit.headings.join('. ')} ${unit.columns}`, language),
  }));

/** Maps a cosine to a degree of sameness: 0 below the lower bound, at most 0.9, the highest for words with other letters. */
const degreeOf = (cosine: number): number => Math.min(0.9, Math.max(0, (cosine - 0.22) / 0.38));
const aboveShare = 0.5;
const numberWeight = 2;
const nameWeight = 1.5;
/**
 * The value of a quote is multiplied by this for each further unit, which must therefore add enough; only its exact words and
 * numbers count.
 */
const unitDiscount = { sentence: 0.75, item: 0.7, row: 0.7, code: 0.85 };
const sureDegree = 0.6;
const certain = 0.95;
/**
 * Weight of the share of a candidate's own words and numbers that the claim mentions: of two candidates that support the claim, the
 * one without other content is better.
 */
const aboutShare = 0.15;
const contradicted = 0.75;
const opposed = 0.9;

/** The cosine between a word and the nearest word of a candidate. */
export type Near = (word: string, candidate: number) => number;

interface Term {
  weight: number;
  strong: boolean;
  /** By candidate, 0..1. */
  degrees: readonly number[];
}

const meets = (values: readonly string[], numbers: EvidenceItems['numbers']): boolean =>
  numbers.some((other) => other.some((value) => values.includes(value)));

/** The terms of a claim, with the degree to which each candidate contains them; rare ones weigh more. */
export const termsOf = (claim: Claim, candidates: readonly Candidate[], language: Language, near: Near): Term[] => {
  const terms: Term[] = [];
  const known = new Set<string>();
  const add = (key: string, weight: number, strong: boolean, degree: (candidate: Candidate, index: number) => number): void => {
    if (known.has(key)) return;
    known.add(key);
    const degrees = candidates.map(degree);
    const sum = degrees.reduce((total, one) => total + one, 0);
    terms.push({ weight: weight * Math.log(1 + candidates.length / (0.5 + sum)), strong, degrees });
  };
  for (const [part, { items, weight }] of claim.parts.entries()) {
    for (const values of items.numbers)
      add(values.join('|'), weight * numberWeight, part === 0, ({ items: own, above }) =>
        meets(values, own.numbers) ? 1 : meets(values, above.numbers) ? aboveShare : 0,
      );
    for (const word of items.words)
      add(word, weight * (items.names.has(word) ? nameWeight : 1), part === 0, ({ items: own, above }, index) => {
        const letters = Math.max(0, ...own.words.map((other) => sameLetters(word, other, language)));
        const heading = aboveShare * Math.max(0, ...above.words.map((other) => sameLetters(word, other, language)));
        return Math.max(letters, degreeOf(near(word, index)), heading);
      });
  }
  return terms;
};

/** The candidates, from one to another, that support a claim; null when they share too little. */
export const bestOf = (
  claim: Claim,
  candidates: readonly Candidate[],
  terms: readonly Term[],
  joins: (from: number, to: number) => boolean,
) => {
  const claimed = claim.parts[0]?.items;
  if (!claimed || candidates.length === 0) return null;
  /** How much of the claim's own words candidates `from` to `to` contain; outside the `lead` only certain matches count. */
  const held = (from: number, to: number, lead: number): number =>
    terms.reduce((sum, { weight, strong, degrees }) => {
      if (!strong) return sum;
      let most = degrees[lead] as number;
      for (let index = from; index <= to; index += 1)
        if ((degrees[index] as number) >= certain) most = Math.max(most, degrees[index] as number);
      return sum + weight * most;
    }, 0);
  const worthOf = ({ items }: Candidate, index: number): number => {
    const around = terms.reduce((sum, { weight, strong, degrees }) => sum + (strong ? 0 : weight * (degrees[index] as number)), 0);
    const matched = terms.filter(({ strong, degrees }) => strong && (degrees[index] as number) >= sureDegree).length;
    const size = Math.max(1, items.words.length + items.numbers.length);
    let value = (held(index, index, index) + around) * (1 + aboutShare * Math.min(1, matched / size));
    if (claimed.numbers.length > 0 && items.numbers.length > 0 && !claimed.numbers.some((values) => meets(values, items.numbers)))
      value *= contradicted;
    return items.negative === claimed.negative ? value : value * opposed;
  };
  const values = candidates.map(worthOf);
  const best = values.reduce((most, value, index) => {
    const length = ({ unit }: Candidate): number => unit.end - unit.start;
    const better = value > (values[most] as number) + 1e-9;
    const shorter =
      value > (values[most] as number) - 1e-9 && length(candidates[index] as Candidate) < length(candidates[most] as Candidate);
    return better || shorter ? index : most;
  }, 0);
  const lead = held(best, best, best);
  const next = Math.max(0, ...values.flatMap((_, index) => (index === best ? [] : held(index, index, index))));

  const numbers = claimed.numbers.filter((one) => meets(one, (candidates[best] as Candidate).items.numbers)).length;
  const found = terms.reduce((sum, { strong, degrees }) => sum + (strong ? (degrees[best] as number) : 0), numbers);
  const count = claimed.words.length + claimed.numbers.length;
  const sharedDegree = count > 0 ? found : terms.reduce((sum, { degrees }) => sum + (degrees[best] as number), 0);
  const isSupported =
    sharedDegree >= leastShared ||
    (sharedDegree >= leastOfShort && count <= shortClaim) ||
    (sharedDegree >= hint && lead >= clearLead * next);
  if (!isSupported || sharedDegree < leastShare * count) return null;

  /** A unit with numbers other than the claim's belongs to it only if it shares more than one word with it. */
  const belongs = (index: number): boolean => {
    const { numbers: own } = (candidates[index] as Candidate).items;
    if (index === best || claimed.numbers.length === 0 || own.length === 0 || claimed.numbers.some((one) => meets(one, own))) return true;
    const brought = terms.filter(
      ({ strong, degrees }) => strong && (degrees[index] as number) >= certain && (degrees[best] as number) < certain,
    );
    return brought.length > 1;
  };
  let [from, to] = [best, best];
  let value = lead;
  for (let first = Math.max(0, best - excerptLimits.units + 1); first <= best; first += 1)
    for (let last = best; last < Math.min(candidates.length, first + excerptLimits.units); last += 1) {
      if (first === last || !joins(first, last)) continue;
      if (!Array.from({ length: last - first + 1 }, (_, step) => first + step).every(belongs)) continue;
      const joined = held(first, last, best) * unitDiscount[(candidates[best] as Candidate).unit.kind] ** (last - first);
      if (joined > value + 1e-9) [from, to, value] = [first, last, joined];
    }
  return { from, to };
};

/** How many words a claim and its quote must share, and their share of the claim; a short claim may need only one. */
const leastShared = 1;
const leastShare = 0.2;
const shortClaim = 3;
const leastOfShort = 0.7;
/** Where one sentence is far nearer than all others, this lower share is enough. */
const hint = 0.3;
const clearLead = 1.5;
