import type { Arrival, ArrivalOutcome } from '@shared/model';

export type Counts = Partial<Record<ArrivalOutcome, number>>;

/** The parts of a summary, in this order. */
export const summed = ['added', 'version', 'known', 'passed', 'cancelled', 'unreadable', 'lost'] as const;
export type Summed = (typeof summed)[number];

/** The parts of the summary that are not zero. */
export const partsOf = (counts: Counts, lost: number): { part: Summed; count: number }[] =>
  summed.map((part) => ({ part, count: part === 'lost' ? lost : (counts[part] ?? 0) })).filter(({ count }) => count > 0);

/** The one action that a summary offers: the other choice where one was made, or the list of all files. */
export type Offer =
  | { kind: 'separate'; arrival: Arrival }
  | { kind: 'join'; arrival: Arrival; into: NonNullable<Arrival['namesake']> }
  | { kind: 'details' }
  | { kind: 'library' };

export const offerOf = (counts: Counts, arrivals: readonly Arrival[]): Offer => {
  const versions = arrivals.filter(({ outcome }) => outcome === 'version');
  const doubtful = arrivals.filter(({ outcome, namesake }) => outcome === 'added' && namesake !== null);
  const quiet = (counts.unreadable ?? 0) + (counts.passed ?? 0) === 0;
  const [version] = versions;
  const [added] = doubtful;
  if (quiet && versions.length === 1 && doubtful.length === 0 && version) return { kind: 'separate', arrival: version };
  if (quiet && versions.length === 0 && doubtful.length === 1 && added?.namesake)
    return { kind: 'join', arrival: added, into: added.namesake };
  return !quiet || versions.length + doubtful.length > 0 ? { kind: 'details' } : { kind: 'library' };
};
