import type { ReadableDb } from '@main/store/database';
import { versionById } from '@main/store/documentVersions';
import { versionSpans, versionText } from '@main/store/parsedVersions';
import { referencesOfPassage } from '@main/text/references/references';
import { joinPlaces, linesOf, type Passage, type Place, unitPlacesOf, withLines } from '@shared/model';

/** A stretch of a version's stored text, unchanged. */
export interface StoredSection {
  start: number;
  end: number;
  text: string;
  place: Place;
  /** True for the whole of a section: from its beginning to where the next one begins. False where it is cut, or its ends are not known. */
  isComplete: boolean;
}

/** How far before and behind a passage its section is looked for, and the most characters that are quoted. */
const lookBack = 4_000;
const longestSection = 12_000;

interface Line {
  start: number;
  text: string;
}

const linesIn = (text: string, offset: number): Line[] =>
  Array.from(text.matchAll(/[^\n]+/g), (match) => ({ start: offset + match.index, text: match[0] }));

const kindOf = (key: string): string => key.split(':')[0] ?? '';
const numberOf = (key: string): string => key.slice(key.indexOf(':') + 1);

/** The keys that a line defines by itself. */
const definedBy = (line: Line): string[] => referencesOfPassage(line.text, []).flatMap(({ key, defines }) => (defines ? [key] : []));

/** True for a part of the section of `key`: 3.2.1 belongs to 3.2. */
const isPartOf = (key: string, other: string): boolean => numberOf(other).startsWith(`${numberOf(key)}.`);

/**
 * The section around a passage, of the stored text: from the line that is the reference (`keys`), else from its last heading, to the next
 * one of its kind or depth. Without either it is the passage itself, which is complete only where it is the whole document.
 */
export const storedSection = (db: ReadableDb, passage: Passage, keys: readonly string[]): StoredSection => {
  const { versionId } = passage;
  const characters = versionById(db, versionId)?.characters ?? passage.end;
  const from = Math.max(0, passage.start - lookBack);
  const to = Math.min(characters, passage.end + longestSection);
  const text = versionText(db, versionId, from, to);
  const spans = versionSpans(db, versionId, from, to);
  const headings = spans.filter(({ kind, label }) => kind === 'heading' && label !== '').toSorted((a, b) => a.start - b.start);
  const lines = linesIn(text, from);
  const headingAt = ({ start, text: words }: Line) =>
    headings.find((heading) => heading.start <= start + words.length && heading.start >= start - 1 && words.includes(heading.label));

  const key = keys.find((one) => lines.some((line) => definedBy(line).includes(one)));
  const own =
    key === undefined
      ? undefined
      : lines
          .filter((line) => definedBy(line).includes(key))
          .toSorted((a, b) => Math.abs(a.start - passage.start) - Math.abs(b.start - passage.start))[0];
  const last = lines.findLast((line) => line.start <= passage.start && headingAt(line));
  const begin = own ?? last;
  if (!begin)
    return sectionOf(
      passage,
      { start: passage.start, end: passage.end, isComplete: passage.start === 0 && passage.end >= characters },
      text,
      from,
      spans,
    );
  const level = headingAt(begin)?.level ?? 7;
  const next = lines.find((line) => {
    if (line.start <= begin.start) return false;
    const heading = headingAt(line);
    if (heading && heading.level <= level) return true;
    return (
      own !== undefined &&
      key !== undefined &&
      definedBy(line).some((other) => kindOf(other) === kindOf(key) && other !== key && !isPartOf(key, other))
    );
  });
  const whole = next?.start ?? to;
  const isEnd = next !== undefined || to === characters;
  const end = Math.min(whole, begin.start + longestSection);
  return sectionOf(passage, { start: begin.start, end, isComplete: isEnd && end === whole }, text, from, spans);
};

const sectionOf = (
  passage: Passage,
  { start, end, isComplete }: Pick<StoredSection, 'start' | 'end' | 'isComplete'>,
  text: string,
  from: number,
  spans: ReturnType<typeof versionSpans>,
): StoredSection => {
  const untrimmed = text.slice(start - from, end - from);
  const first = start + untrimmed.length - untrimmed.trimStart().length;
  const final = end - (untrimmed.length - untrimmed.trimEnd().length);
  const words = text.slice(first - from, final - from);
  const placeAt = unitPlacesOf(spans);
  const [unit, lastUnit] = [placeAt(first), placeAt(Math.max(first, final - 1))];
  const { headings } = passage.place;
  const place = unit && lastUnit && unit.kind === lastUnit.kind ? { ...joinPlaces(unit, lastUnit), headings } : passage.place;
  const known = linesOf(passage.place);
  const newLines = (part: string): number => part.split('\n').length - 1;
  const lineFrom =
    known &&
    (first <= passage.start
      ? known.from - newLines(text.slice(first - from, passage.start - from))
      : known.from + newLines(text.slice(passage.start - from, first - from)));
  return {
    start: first,
    end: final,
    text: words,
    place: lineFrom ? withLines(place, { from: lineFrom, to: lineFrom + newLines(words) }) : place,
    isComplete,
  };
};
