import type { ReadableDb } from '@main/store/database';
import { versionSpans } from '@main/store/parsedVersions';
import { areCounted, type Passage, type Place, type Source } from '@shared/model';

type Units = NonNullable<Passage['units']>;
type Counted = Pick<Source, 'start' | 'end' | 'text' | 'place' | 'units'>;

/** True for places whose numbers a passage may count on, and that are found by no line: rows, cells, times. */
const hasUnits = ({ kind }: Place): boolean => kind !== 'lines' && areCounted(kind);

/** The passages, those over several rows, cells or times with the beginnings of these: a quote from their midst has its own place. */
export const withUnits = (db: ReadableDb, passages: readonly Passage[]): Passage[] =>
  passages.map((passage) => {
    const { versionId, start, end, place } = passage;
    if (!hasUnits(place) || place.from === place.to) return passage;
    const spans = versionSpans(db, versionId, start, end).filter(({ kind }) => kind === place.kind);
    const units = spans.map((span) => (span.start < start ? { start, from: place.from } : { start: span.start, from: span.level }));
    return units.length === 0 ? passage : { ...passage, units };
  });

/** The units of two neighbouring passages together; undefined where their places count something else. */
export const joinUnits = (a: Counted, b: Counted): Units | undefined => {
  if (!hasUnits(a.place)) return undefined;
  const unitsOf = ({ units, start, place }: Counted): Units => units ?? [{ start, from: place.from }];
  return [...unitsOf(a), ...unitsOf(b)];
};

/** The place of `[start, end)` of a source with units, and the units left in it. The lines of the place stay. */
export const narrowUnits = (
  { units = [], text, start: textStart }: Counted,
  place: Place,
  { start, end }: { start: number; end: number },
): Pick<Source, 'place' | 'units'> => {
  const numberAt = (at: number): number => {
    const unit = units.findLast((one) => one.start <= at) ?? { start: textStart, from: place.from };
    // Each line of a sheet is a row; the other units are numbered as a whole.
    if (place.kind !== 'sheet') return unit.from;
    return Math.max(1, unit.from + text.slice(unit.start - textStart, at - textStart).split('\n').length - 1);
  };
  const narrowed = { ...place, from: numberAt(start), to: numberAt(end - 1) };
  if (narrowed.from === narrowed.to) return { place: narrowed };
  const within = units.filter((unit) => unit.start > start && unit.start < end);
  return { place: narrowed, units: [{ start, from: narrowed.from }, ...within] };
};
