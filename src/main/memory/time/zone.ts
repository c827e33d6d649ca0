import { localText, momentOfText } from './calendar';

/** A window of local time: `YYYY-MM-DDTHH:MM`, `from` inclusive, `to` exclusive, null where it is open. */
export interface LocalWindow {
  from: string | null;
  to: string | null;
}
/** The same window in epoch milliseconds. */
export interface InstantWindow {
  from: number | null;
  to: number | null;
}

const clocks = new Map<string, Intl.DateTimeFormat>();
const clockOf = (zone: string): Intl.DateTimeFormat => {
  const known = clocks.get(zone);
  if (known) return known;
  const clock = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  clocks.set(zone, clock);
  return clock;
};

/** The reading of the zone's clock at an instant, in milliseconds as if it were UTC. */
const reading = (instant: number, zone: string): number => {
  const parts = new Map(
    clockOf(zone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
};

const second = 1000;
/** No zone changes its clock twice in this time, nor by more than it. */
const reach = 26 * 3_600_000;

/** The first instant in [low, high] that fulfils a condition which stays true from then on. */
const firstInstant = (low: number, high: number, holds: (instant: number) => boolean): number => {
  let [before, after] = [low, high];
  while (after - before > second) {
    const middle = before + Math.floor((after - before) / (2 * second)) * second;
    if (holds(middle)) after = middle;
    else before = middle;
  }
  return after;
};

/**
 * The instant, in epoch milliseconds, at which the clock of an IANA zone first shows a local minute or passes it. Where the clock
 * is put forward over the minute, this is the moment of the change; where the clock shows it twice, the first time. Throws
 * RangeError for an unknown zone or a text that is no local date-time.
 */
export const instantOf = (local: string, zone: string): number => {
  const wanted = momentOfText(local) * 60_000;
  if (Number.isNaN(wanted)) throw new RangeError(`Not a local date-time: ${local}`);
  const offsetAt = (instant: number): number => reading(instant, zone) - instant;
  const [early, late] = [wanted - reach, wanted + reach];
  const [offsetBefore, offsetAfter] = [offsetAt(early), offsetAt(late)];
  const byBefore = wanted - offsetBefore;
  if (offsetBefore === offsetAfter) return byBefore;
  const change = firstInstant(early, late, (instant) => offsetAt(instant) !== offsetBefore);
  return byBefore < change ? byBefore : Math.max(change, wanted - offsetAfter);
};

/** The window in epoch milliseconds; neighbouring windows of local time touch and never overlap. */
export const instantsOf = ({ from, to }: LocalWindow, zone: string): InstantWindow => ({
  from: from === null ? null : instantOf(from, zone),
  to: to === null ? null : instantOf(to, zone),
});

/** The reading of the zone's clock at an instant, as `YYYY-MM-DDTHH:MM`. */
export const localTimeOf = (instant: number, zone: string): string =>
  localText(Math.floor(reading(Math.floor(instant / second) * second, zone) / 60_000));
