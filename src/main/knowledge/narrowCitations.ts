import type { Source } from '@shared/model';
import { extractCitations } from './citations';
import { bestExcerpt, type Excerpt, tellingWords } from './excerpt';
import { textUnits } from './textUnits';

/** Share of the citing sentence's words that an excerpt must hold to be what the sentence rests on. */
const leastShare = 0.2;
/** A short claim may rest on one word; any other on two, or on a number. */
const shortClaim = 3;
/** Several sentences that cite one source mark one stretch up to this many characters, else the first one's part. */
const longestUnion = 600;

/** A source cut to an excerpt of it: exact words, range, lines and headings; the page is one, since no source crosses pages. */
export const narrowTo = (source: Source, range: Pick<Excerpt, 'start' | 'end'> & Partial<Pick<Excerpt, 'units'>>): Source => {
  const { parts, ...whole } = source;
  const start = source.start + range.start;
  const end = source.start + range.end;
  const text = source.text.slice(range.start, range.end);
  // Lines are counted from the passage it stands in: what lies between two passages is not known to the character.
  const part = parts?.find((one) => start >= one.start && start < one.end) ?? source;
  const before = source.text.slice(part.start - source.start, range.start);
  const lineStart = part.lineStart + newlines(before);
  const headings = range.units?.[0]?.headings.filter((label) => !source.headingPath.includes(label)) ?? [];
  return { ...whole, start, end, text, lineStart, lineEnd: lineStart + newlines(text), headingPath: [...source.headingPath, ...headings] };
};

const newlines = (text: string): number => text.split('\n').length - 1;

/** Positions in the source's text that a quote must not cross: its passages' beginnings. */
export const seamsOf = (source: Source): number[] =>
  (source.parts ?? []).map((part) => part.start - source.start).filter((seam) => seam > 0);

const supportOf = (sentence: string, source: Source): Excerpt | null => {
  const words = tellingWords(withoutMarkers(sentence));
  const found = bestExcerpt({ text: source.text, words, seams: seamsOf(source) });
  if (!found) return null;
  const count = new Set(words).size;
  // A number says more than a word: it counts twice.
  const weight = found.shared.reduce((sum, word) => sum + (/\p{N}/u.test(word) ? 2 : 1), 0);
  return (weight >= 2 || (weight === 1 && count <= shortClaim)) && weight >= leastShare * count ? found : null;
};

const withoutMarkers = (text: string): string => text.replace(/\[\d[\d ,;–-]*\]/g, ' ');

/** Without a sentence that fits, the best passage that the source was made of; of one that is none, all of it. */
const bestPart = (source: Source): Source => {
  const [best] = source.parts ?? [];
  return best ? narrowTo(source, { start: best.start - source.start, end: best.end - source.start }) : source;
};

/**
 * The part of a source that supports a sentence which cites it: the 1 to 3 neighbouring sentences, items or rows that share most
 * of the sentence's informative words and numbers. Where nothing is shared (another language, other words) the best passage of
 * the source. Pure; a source whose text is not its range's text (`end - start` characters) stays whole.
 */
export const narrowCitation = ({ sentence, source }: { sentence: string; source: Source }): Source => narrow(source, [sentence], '');

const narrow = (source: Source, sentences: readonly string[], around: string): Source => {
  if (source.text.length !== source.end - source.start) return source;
  const found = sentences.flatMap((sentence) => supportOf(sentence, source) ?? []);
  const [first] = found.length > 0 ? found : [supportOf(around, source)];
  if (!first) return bestPart(source);
  const union = {
    start: Math.min(first.start, ...found.map(({ start }) => start)),
    end: Math.max(first.end, ...found.map(({ end }) => end)),
  };
  const earliest = found.find(({ start }) => start === union.start) ?? first;
  const crosses = seamsOf(source).some((seam) => seam > union.start && seam < union.end);
  const fits = !crosses && union.end - union.start <= longestUnion;
  return fits ? narrowTo(source, { ...union, units: earliest.units }) : narrowTo(source, first);
};

/**
 * What a text cites, by number, each source narrowed to what the citing sentences rest on. A number has one citation: parts that
 * stand close together are joined to one stretch, else the first sentence's part is kept. A sentence that shares no words with
 * its source is read with the paragraph around it.
 */
export const narrowCitations = (text: string, sources: readonly Source[]): Source[] => {
  const units = textUnits(text)
    .filter(({ kind }) => kind !== 'code')
    .map((unit) => ({ ...unit, cited: extractCitations(text.slice(unit.start, unit.end), sources).map(({ marker }) => marker) }));
  return extractCitations(text, sources).map((source) => {
    const citing = units.filter(({ cited }) => cited.includes(source.marker));
    const groups = new Set(citing.map(({ group }) => group));
    const around = units.filter(({ group }) => groups.has(group)).map(({ start, end }) => text.slice(start, end));
    return narrow(
      source,
      citing.map(({ start, end }) => text.slice(start, end)),
      around.join(' '),
    );
  });
};
