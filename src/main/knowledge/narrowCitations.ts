import { createPace } from '@main/providers/pace';
import { languageOfText } from '@main/text/detectLanguage';
import type { Language } from '@main/text/languages';
import type { Source } from '@shared/model';
import { type CitedSource, readCitedPlaces } from './citations';
import { type Claim, claimOf, type Read } from './claims';
import { evidenceOf } from './evidenceItems';
import { excerptLimits } from './excerpt';
import { createPatience } from './patience';
import { bestPart, narrowTo, seamsOf } from './sourceExcerpts';
import { bestOf, type Candidate, candidatesOf, type Near, termsOf } from './supportingUnits';
import { readUnits, type TextUnit } from './textUnits';

/**
 * How near words are to texts in meaning, across languages: for each word and each text the cosine of the nearest word of the text.
 * Null when that cannot be computed now.
 */
export type Nearness = (words: readonly string[], texts: readonly (readonly string[])[]) => Promise<readonly (readonly number[])[] | null>;

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
