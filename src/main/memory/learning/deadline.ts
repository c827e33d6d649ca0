import { minutesOfDay, type Period, partsOf, startOfDay, unitAt } from '../time/calendar';
import { type Named, periodOf, type Yearly } from '../time/named';
import { compilePhrases, type Phrase, type TimeWords } from '../time/phrases';

/** The words of one language for times to come. */
export interface ComingWords {
  phrases: readonly Phrase[];
  /** Before a time that ends something: up to its beginning ("before"), or up to its end ("by"). Patterns end with a blank. */
  before: string;
  by: string;
  /** The end of a period: "the end of ". */
  endOf: string;
  /** An hour after a day, with the groups `hour`, `minute` and `half` for the afternoon. */
  hour: string;
}

/** A time to come, at its place in the text; moments are local minutes. */
export interface Coming {
  start: number;
  end: number;
  period: Period;
  /** The moment up to which something is to be done: the last minute of a day or a longer period, the first of one that it must precede. */
  due: number;
  /** True where a word such as "by" or "until" stands before it. */
  bound: boolean;
}

/** The last moment of a period, which lies on its last day: "by Friday" is due on Friday. */
export const lastMinuteOf = ({ to }: { to: number }): number => to - 1;

const years = (named: Yearly, now: number): Period | null => {
  const { year } = partsOf(now);
  // A leap day may be up to eight years away.
  for (let one = year; one <= year + 8; one += 1) {
    const period = periodOf({ ...named, year: one }, now);
    if (period && period.to > now) return period;
  }
  return null;
};

/** The next period that a name means from `now` on; null where it means none, or a past one. */
const comingPeriod = (named: Named, now: number): Period | null => {
  switch (named.kind) {
    case 'unit':
      return unitAt(named.unit, now, named.offset);
    case 'weekday': {
      const day = unitAt('week', now, named.weeks ?? 0).from + (named.weekday - 1) * minutesOfDay;
      const from = named.weeks === undefined && day <= startOfDay(now) ? day + 7 * minutesOfDay : day;
      return { from, to: from + minutesOfDay };
    }
    case 'date': {
      if (named.year !== undefined) return periodOf(named, now);
      if (named.month !== undefined) return years(named, now);
      for (let later = 0; later < 3; later += 1) {
        const { year, month } = partsOf(unitAt('month', now, later).from);
        const day = periodOf({ ...named, year, month }, now);
        if (day && day.to > now) return day;
      }
      return null;
    }
    case 'holiday':
    case 'season':
      return named.year === undefined ? years(named, now) : periodOf(named, now);
    default:
      return null;
  }
};

/** Returns a function that finds the times to come in a text of `timeText`, in their order. `now` is a local moment. */
export const createComingFinder = (time: TimeWords, words: ComingWords): ((text: string, now: number) => Coming[]) => {
  const phrases = compilePhrases({ ...time, phrases: words.phrases });
  const lead = new RegExp(`(?:(?<before>${words.before})|(?<by>${words.by}))?(?<endOf>${words.endOf})?`, 'uy');
  const hour = new RegExp(words.hour, 'uy');

  /** The longest name at a place; a weak one only after a word such as "by". */
  const nameAt = (text: string, at: number, led: boolean): { named: Named; end: number } | null =>
    phrases.reduce<{ named: Named; end: number } | null>((best, phrase) => {
      const found = phrase.weak && !led ? null : phrase.read(text, at);
      return found && found.end > (best?.end ?? 0) ? found : best;
    }, null);

  const comingAt = (text: string, at: number, now: number): Coming | null => {
    lead.lastIndex = at;
    const led = lead.exec(text);
    const { before, by, endOf } = led?.groups ?? {};
    const length = led?.[0].length ?? 0;
    const found = nameAt(text, at + length, length > 0);
    const period = found && comingPeriod(found.named, now);
    if (!found || !period || period.to <= now) return null;
    hour.lastIndex = found.end;
    const time = period.to - period.from === minutesOfDay ? hour.exec(text) : null;
    const { hour: h = '0', minute = '0', half } = time?.groups ?? {};
    const moment = period.from + ((Number(h) % 24) + (half && Number(h) < 12 ? 12 : 0)) * 60 + Number(minute || 0);
    const due = time ? moment : before && !endOf ? period.from : lastMinuteOf(period);
    return { start: at, end: time ? found.end + time[0].length : found.end, period, due, bound: before !== undefined || by !== undefined };
  };

  return (text, now) => {
    const found: Coming[] = [];
    let after = 0;
    for (const { index } of text.matchAll(/[\p{L}\p{N}]+/gu)) {
      if (index < after || (index > 0 && text[index - 1] !== ' ')) continue;
      const one = comingAt(text, index, now);
      if (!one) continue;
      found.push(one);
      after = one.end;
    }
    return found;
  };
};
