import { createPace } from '@main/providers/pace';
import { languageOfText } from '@main/text/detectLanguage';
import type { Language } from '@main/text/languages';
import type { Source } from '@shared/model';
import { type CitedSource, readCitedPlaces } from './citations';
import { type EvidenceItems, evidenceOf, sameLetters } from './evidenceItems';
import { type Excerpt, excerptLimits } from './excerpt';
import { createPatience } from './patience';
import { readUnits, type TextUnit, textUnits } from './textUnits';

/**
 * How near words are to texts in meaning, across languages: for each word and each text the cosine of the nearest word of the text.
 * Null when that cannot be computed now.
 */
export type Nearness = (words: readonly string[], texts: readonly (readonly string[])[]) => Promise<readonly (readonly number[])[] | null>;

/** Cuts a source to an excerpt: exact words, range, lines and headings. Its page stays, since no source crosses pages. */
export const narrowTo = (source: Source, range: Pick<Excerpt, 'start' | 'end'> & Partial<Pick<Excerpt, 'units'>>): Source => {
  const { parts, ...whole } = source;
  const start = source.start + range.start;
  const end = source.start + range.end;
  const text = source.text.slice(range.start, range.end);
  // Lines are counted within the passage of the excerpt, because the gap between two passages is not known to the character.
  const part = parts?.find((one) => start >= one.start && start < one.end) ?? source;
  const before = source.text.slice(part.start - source.start, range.start);
  const lineStart = part.lineStart + newlines(before);
  const headings = range.units?.[0]?.headings.filter((label) => !source.headingPath.includes(label)) ?? [];
  return { ...whole, start, end, text, lineStart, lineEnd: lineStart + newlines(text), headingPath: [...source.headingPath, ...headings] };
};

const newlines = (text: string): number => text.split('\n').length - 1;

/** Offsets in the source's text that a quote must not cross: the beginnings of its passages. */
export const seamsOf = (source: Source): number[] =>
  (source.parts ?? []).map((part) => part.start - source.start).filter((seam) => seam > 0);

/** Used when no sentence fits: the best passage of a merged source; of a single passage, all of it. */
const bestPart = (source: Source): Source => {
  const [best] = source.parts ?? [];
  return best ? narrowTo(source, { start: best.start - source.start, end: best.end - source.start }) : source;
};

/**
 * The words that a citation supports, in parts with their weights: the words right before it, the rest of its sentence, the text
 * around.
 */
interface Claim {
  parts: readonly { items: EvidenceItems; weight: number }[];
}

const claimWeights = { clause: 1, sentence: 0.35, around: 0.08, question: 0.12 };
/** A clause with fewer words and numbers than this means too little alone: the text after the citation is read with it. */
const shortClause = 2;
/** "According to [2], …": the citation supports the text after it, not the text before. */
const leadsIn =
  /(?:^|[\s,;:(])(?:according to|as per|selon|suivant|d['’]après)\s+(?:(?:the|la|le|les|l['’])\s*)?(?:sources?|documents?|docs?|passages?|extraits?)?\s*$/iu;
const marker = /\[[^\][\n]{0,60}\d[^\][\n]{0,60}\]|【[^】\n]{1,60}】/g;
const withoutMarkers = (text: string): string => text.replace(marker, ' ');

/** How many units of a long list or table are read on either side of one of them. */
const nearby = 12;

/**
 * An answer and its citing places, prepared so that finding the text around one takes no longer in a long answer than in a short
 * one.
 */
interface Read {
  text: string;
  units: readonly TextUnit[];
  /** In the order of the text. */
  places: readonly CitedSource[];
  groups: ReadonlyMap<number, readonly TextUnit[]>;
  question: EvidenceItems;
  around: Map<string, EvidenceItems>;
}

/** The last unit that begins at or before `place`; else the first one. */
const unitAt = (units: readonly TextUnit[], place: number): TextUnit | undefined => {
  let [low, high] = [0, units.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((units[middle] as TextUnit).start <= place) low = middle + 1;
    else high = middle;
  }
  return units[Math.max(0, low - 1)];
};

const hasWords = (text: string): boolean => /[\p{L}\p{N}]/u.test(withoutMarkers(text));

/** Where, within the unit, the words of the previous citation end and those of the next one begin; null where there is none. */
const neighbours = ({ text, places }: Read, index: number, own: TextUnit): { earlier: number | null; later: number | null } => {
  const { start, end } = (places[index] as CitedSource).at;
  let earlier: number | null = null;
  for (let at = index - 1; at >= 0 && earlier === null; at -= 1) {
    const before = (places[at] as CitedSource).at;
    if (before.start < own.start) break;
    if (before.end <= start && hasWords(text.slice(before.end, start))) earlier = before.end;
  }
  let later: number | null = null;
  for (let at = index + 1; at < places.length && later === null; at += 1) {
    const after = (places[at] as CitedSource).at;
    if (after.start >= Math.max(own.end, end)) break;
    if (after.start >= end && hasWords(text.slice(end, after.start))) later = after.start;
  }
  return { earlier, later };
};

/** The text around a unit: its headings and its group; of a long group only the nearby units. */
const aroundOf = ({ text, groups, around }: Read, own: TextUnit): EvidenceItems => {
  const group = groups.get(own.group) ?? [];
  const isLong = group.length > 2 * nearby;
  const at = isLong ? group.indexOf(own) : 0;
  const near = isLong ? group.slice(Math.max(0, at - nearby), at + nearby + 1) : group;
  const key = `${own.group} ${isLong ? at : ''} ${own.headings.join('\n')} ${own.columns}`;
  const known = around.get(key);
  if (known) return known;
  const words = [...own.headings, own.columns, ...near.map((unit) => text.slice(unit.start, unit.end))].join(' ');
  const items = evidenceOf(withoutMarkers(words));
  if (!isLong) around.set(key, items);
  return items;
};

/** The claim that a citation supports. */
const claimOf = (read: Read, index: number): Claim => {
  const { text, units } = read;
  const { start, end } = (read.places[index] as CitedSource).at;
  const own = unitAt(units, start);
  if (!own) return { parts: [] };
  const { earlier, later } = neighbours(read, index, own);
  let clause = evidenceOf(withoutMarkers(text.slice(earlier ?? own.start, start)));
  const isLeading = leadsIn.test(text.slice(earlier ?? own.start, start)) && hasWords(text.slice(end, own.end));
  if (isLeading || own.kind === 'row' || clause.words.length + clause.numbers.length < shortClause) {
    const to = own.kind === 'row' ? own.end : Math.min(later ?? own.end, Math.max(own.end, end));
    clause = evidenceOf(withoutMarkers(text.slice(own.kind === 'row' ? own.start : isLeading ? end : (earlier ?? own.start), to)));
  }
  return {
    parts: [
      { items: clause, weight: claimWeights.clause },
      { items: evidenceOf(withoutMarkers(text.slice(own.start, Math.max(own.end, start)))), weight: claimWeights.sentence },
      { items: aroundOf(read, own), weight: claimWeights.around },
      { items: read.question, weight: claimWeights.question },
    ],
  };
};

/** A part of the source that can be quoted, with its items. */
interface Candidate {
  unit: TextUnit;
  items: EvidenceItems;
  /** The items of its headings and of the table's first row. */
  above: EvidenceItems;
}

const candidatesOf = (source: Source, language: Language): Candidate[] =>
  textUnits(source.text).map((unit) => ({
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
type Near = (word: string, candidate: number) => number;

interface Term {
  weight: number;
  strong: boolean;
  /** By candidate, 0..1. */
  degrees: readonly number[];
}

const meets = (values: readonly string[], numbers: EvidenceItems['numbers']): boolean =>
  numbers.some((other) => other.some((value) => values.includes(value)));

/** The terms of a claim, with the degree to which each candidate contains them; rare ones weigh more. */
const termsOf = (claim: Claim, candidates: readonly Candidate[], language: Language, near: Near): Term[] => {
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
const bestOf = (claim: Claim, candidates: readonly Candidate[], terms: readonly Term[], joins: (from: number, to: number) => boolean) => {
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

interface Prepared {
  place: CitedSource;
  claim: Claim;
  candidates: readonly Candidate[];
  language: Language;
}

const settle = ({ place, claim, candidates, language }: Prepared, near: Near): CitedSource => {
  const { source } = place;
  const seams = seamsOf(source);
  /** True when one excerpt may hold them all: they are neighbours, and no seam lies between. */
  const joins = (from: number, to: number): boolean => {
    const [first, last] = [(candidates[from] as Candidate).unit, (candidates[to] as Candidate).unit];
    const fits = first.group === last.group && last.end - first.start <= excerptLimits.characters;
    return fits && !seams.some((seam) => seam > first.start && seam < last.end);
  };
  const best = bestOf(claim, candidates, termsOf(claim, candidates, language, near), joins);
  if (!best || !joins(best.from, best.from)) return { ...place, source: bestPart(source) };
  const units = candidates.slice(best.from, best.to + 1).map(({ unit }) => unit);
  const range = { start: (units[0] as TextUnit).start, end: (units.at(-1) as TextUnit).end, units };
  return { ...place, source: narrowTo(source, range) };
};

/** How many characters of an answer are read to find its claims. */
const longestRead = 200_000;
/** How long reading may continue once a caller waits, and how many places are read in any case. */
const momentMs = 80;
const hurried = 20;

const unread: Claim = { parts: [] };

/**
 * Reads the claim of each place, step by step; yields null where the caller may pause. When time is short, only the first places
 * are read.
 */
function* prepare(
  text: string,
  sources: readonly Source[],
  question: string,
  isLate: () => boolean = () => false,
): Generator<Prepared | null, void, void> {
  let places: readonly CitedSource[] = [];
  for (places of readCitedPlaces(text, sources)) {
    yield null;
    if (isLate()) break;
  }
  if (places.length === 0) return;
  const reading = readUnits(text.slice(0, longestRead));
  let step = reading.next();
  for (; !step.done && !isLate(); step = reading.next()) yield null;
  const units = (step.value ?? []).filter(({ kind }) => kind !== 'code');
  const groups = Map.groupBy(units, ({ group }) => group);
  const answer: Read = { text, units, places, groups, question: evidenceOf(question), around: new Map() };
  const read = new Map<Source, { candidates: Candidate[]; language: Language }>();
  for (const [index, place] of places.entries()) {
    const { source } = place;
    let known = read.get(source);
    if (!known) {
      const language = languageOfText(source.text) ?? 'en';
      known = { candidates: source.text.length === source.end - source.start ? candidatesOf(source, language) : [], language };
      read.set(source, known);
    }
    const isRead = step.done && place.at.end <= longestRead && (index < hurried || !isLate());
    yield { place, claim: isRead ? claimOf(answer, index) : unread, ...known };
  }
}

const isWhole = ({ place: { source }, candidates }: Prepared): boolean =>
  candidates.length === 0 || source.text.length !== source.end - source.start;
const nothing = (): number => 0;

/** Does the same as `narrowCitations`, by letters and numbers alone. */
export const narrowByWords = (text: string, sources: readonly Source[], question = ''): CitedSource[] =>
  [...prepare(text, sources, question)].filter((one) => one !== null).map((one) => (isWhole(one) ? one.place : settle(one, nothing)));

/** How many words of claims are compared at once, and how many of a source; the rest is ignored. */
const mostWords = 400;

/**
 * The places of a text that cite, each with its source cut to the part that supports the place's own words: the 1 to 3 neighbouring
 * sentences, items or rows that share most of its numbers, names and words, in whatever language. Where nothing is shared, the best
 * passage of the source. A source whose text is not that of its range (`end - start` characters) stays whole.
 */
export const narrowCitations = async (
  text: string,
  sources: readonly Source[],
  {
    nearness,
    question = '',
    waiting,
  }: {
    nearness: Nearness;
    question?: string;
    /** Aborted when a caller begins to wait: a place that is not read a moment later gets the best passage of its source. */
    waiting: AbortSignal;
  },
): Promise<CitedSource[]> => {
  const breathe = createPace();
  const patience = createPatience(waiting, momentMs);
  const isLate = (): boolean => patience.isOver;
  const prepared: Prepared[] = [];
  for (const one of prepare(text, sources, question, isLate)) {
    if (one) prepared.push(one);
    await breathe();
  }
  const bySource = new Map<readonly Candidate[], Set<string>>();
  for (const { candidates, claim } of prepared) {
    const words = bySource.get(candidates) ?? new Set<string>();
    for (const { items } of claim.parts) for (const word of items.words) words.add(word);
    bySource.set(candidates, words);
  }
  const tables = new Map<readonly Candidate[], Near>();
  await Promise.all(
    [...bySource].map(async ([candidates, words]) => {
      const asked = [...words].slice(0, mostWords);
      if (asked.length === 0 || candidates.length === 0) return;
      const texts = candidates.map(({ items }) => items.words);
      const found = await patience.orNull(nearness(asked, texts));
      if (!found) return;
      const rows = new Map(asked.map((word, index) => [word, found[index]]));
      tables.set(candidates, (word, candidate) => rows.get(word)?.[candidate] ?? 0);
    }),
  );
  const settled: CitedSource[] = [];
  for (const one of prepared) {
    const { place } = one;
    if (isWhole(one)) settled.push(place);
    else if (settled.length >= hurried && isLate()) settled.push({ ...place, source: bestPart(place.source) });
    else settled.push(settle(one, tables.get(one.candidates) ?? nothing));
    await breathe();
  }
  return settled;
};
