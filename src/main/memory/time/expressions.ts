import { minutesOfDay, unitAt } from './calendar';
import { type DayPart, type Named, partOfDay, periodOf, type Third, thirdOf } from './named';
import { type CompiledPhrase, compilePhrases, type TimeWords, wordEnd } from './phrases';

/** A stretch of local time in minutes, open on the side that is null. */
export interface OpenPeriod {
  from: number | null;
  to: number | null;
}

/** A place in a clause that names a time. */
export interface Expression {
  start: number;
  end: number;
  /** Null where the words name no exact period, or one that is still to come. */
  period: OpenPeriod | null;
  /** True when it belongs to the verb of the sentence wherever it stands: "yesterday", "since March", "two weeks ago". */
  adverb: boolean;
  relation: 'in' | 'since' | 'before' | 'after' | 'until' | 'range';
}

export interface Clock {
  /** The local moment that is now. */
  now: number;
  /** True where 3/10 is the tenth of March. */
  american: boolean;
}

interface Name {
  named: Named;
  third?: Third;
  part?: DayPart;
  end: number;
  adverb: boolean;
  weak: boolean;
}

/** A preposition within the words of a time, which makes them an adverb: "at the end of March". */
const ownPreposition = /^(?:in|at|on|over|during|within|towards|en|au cours|a la fin|pendant) /;

const sticky = (pattern: string): RegExp => new RegExp(pattern, 'uy');
const endOfMatch = (pattern: RegExp, text: string, at: number): number | null => {
  pattern.lastIndex = at;
  const match = pattern.exec(text);
  return match && at + match[0].length;
};

/** Returns a function that finds the times which a clause names, in their order. */
export const createExpressionFinder = (words: TimeWords): ((clause: string, clock: Clock) => Expression[]) => {
  const phrases = compilePhrases(words);
  const thirds = words.thirds.map(([pattern, third]) => ({ pattern: sticky(pattern), third }));
  const parts = words.parts.map(([pattern, part]) => ({ pattern: sticky(`(?:${pattern})${wordEnd}`), part }));
  const partsFirst = words.partsFirst.map(([pattern, part]) => ({ pattern: sticky(pattern), part }));
  const determiners = sticky(words.determiners);
  const relations = (['since', 'before', 'after', 'until'] as const).map((relation) => ({ relation, pattern: sticky(words[relation]) }));
  const rangeOpen = sticky(words.rangeOpen);
  const rangeMiddle = sticky(words.rangeMiddle);
  const now = sticky(`(?:${words.now})${wordEnd}`);
  const rangeDay = sticky(`${words.rangeDay}(\\d{1,2})(?: ?(?:${words.dayEnding}))?(?=${words.rangeMiddle})`);
  const closingDay = sticky(`${words.rangeDay}(\\d{1,2})(?: ?(?:${words.dayEnding}))?${wordEnd}`);
  const preposition = new RegExp(`(?:^| )${words.prepositions}(?: the)? $`, 'u');

  /** The longest name at a place. */
  const phraseAt = (text: string, at: number, american: boolean, after?: 'third' | 'since'): Name | null => {
    let best: Name | null = null;
    const fitting = (phrase: CompiledPhrase): boolean => (!phrase.only || phrase.only === after) && (american || !phrase.american);
    const ordered = american ? [...phrases].sort((a, b) => Number(b.american ?? false) - Number(a.american ?? false)) : phrases;
    for (const phrase of ordered) {
      if (!fitting(phrase)) continue;
      const found = phrase.read(text, at);
      if (found && found.end > (best?.end ?? 0)) {
        best = { ...found, part: phrase.part, adverb: phrase.adverb ?? false, weak: phrase.weak ?? false };
      }
    }
    return best;
  };

  const nameAt = (text: string, at: number, american: boolean, after?: 'since'): Name | null => {
    const ofPeriod = thirds.flatMap(({ pattern, third }) => {
      const start = endOfMatch(pattern, text, at);
      const name = start === null ? null : phraseAt(text, start, american, 'third');
      return name ? [{ ...name, third, weak: false }] : [];
    });
    const ofDay = partsFirst.flatMap(({ pattern, part }) => {
      const start = endOfMatch(pattern, text, at);
      const name = start === null ? null : phraseAt(text, start, american);
      return name ? [{ ...name, part, weak: false }] : [];
    });
    const plain = phraseAt(text, at, american, after);
    const best = [...ofPeriod, ...ofDay, ...(plain ? [plain] : [])].sort((a, b) => b.end - a.end)[0];
    if (!best) return null;
    if (best.part || best.third) return best;
    for (const { pattern, part } of parts) {
      const end = endOfMatch(pattern, text, best.end);
      if (end !== null) return { ...best, part, end };
    }
    return best;
  };

  const exactPeriod = ({ named, third, part }: Name, { now }: Clock, limit?: number) => {
    const whole = periodOf(named, now, limit);
    if (!whole) return null;
    if (third) {
      const part = thirdOf(whole, third);
      // Early in October, "mid-October" is that of last year.
      const before = part.from > now ? periodOf(named, now, whole.from - 1) : null;
      return before && before.from < whole.from ? thirdOf(before, third) : part;
    }
    // Only a day has a morning.
    return part && whole.to - whole.from === minutesOfDay ? partOfDay(whole, part) : whole;
  };

  /** A name after small words such as articles. */
  const nameAfter = (text: string, at: number, american: boolean, after?: 'since'): Name | null => {
    const direct = nameAt(text, at, american, after);
    const behind = endOfMatch(determiners, text, at);
    const later = behind !== null && behind > at ? nameAt(text, behind, american) : null;
    return later && later.end > (direct?.end ?? 0) ? later : direct;
  };

  const withDay = (named: Named, day: number): Named | null =>
    named.kind === 'date' && named.month !== undefined && named.day !== undefined ? { ...named, day } : null;

  /** "Between Monday and Wednesday", "from 3 to 12 October", "October 3 to 12". */
  const rangeAt = (text: string, at: number, clock: Clock): Expression | null => {
    const opened = endOfMatch(rangeOpen, text, at);
    const start = opened ?? at;
    const make = (left: Named | Name, right: Name, end: number): Expression | null => {
      // On a Wednesday, "between Monday and Wednesday" ends today.
      const until = exactPeriod(right, clock, right.named.kind === 'weekday' ? unitAt('day', clock.now).to : undefined);
      if (!until) return null;
      const first = 'named' in left ? exactPeriod(left, clock, until.from) : periodOf(left, clock.now, until.from);
      return first && first.from < until.to
        ? { start: at, end, period: { from: first.from, to: until.to }, adverb: true, relation: 'range' }
        : null;
    };
    rangeDay.lastIndex = start;
    const day = rangeDay.exec(text);
    if (day) {
      const middle = endOfMatch(rangeMiddle, text, start + day[0].length);
      const right = middle === null ? null : nameAfter(text, middle, clock.american);
      if (right) {
        // The first day stands in the same month, or in the one before: "from 28 to 3 January".
        const same = withDay(right.named, Number(day[1]));
        const made = same && make(same, right, right.end);
        if (made) return made;
      }
    }
    const left = nameAfter(text, start, clock.american);
    const middle = left && endOfMatch(rangeMiddle, text, left.end);
    if (!left || middle === null) return null;
    const present = opened === null ? null : endOfMatch(now, text, middle);
    const first = present === null ? null : exactPeriod(left, clock);
    if (first && present !== null)
      return { start: at, end: present, period: { from: first.from, to: null }, adverb: true, relation: 'since' };
    const right = nameAfter(text, middle, clock.american);
    if (right && (opened !== null || (!right.weak && !left.weak))) return make(left, right, right.end);
    closingDay.lastIndex = middle;
    const last = closingDay.exec(text);
    const end = last && withDay(left.named, Number(last[1]));
    return last && end ? make(left, { ...left, named: end }, middle + last[0].length) : null;
  };

  const relatedAt = (text: string, at: number, clock: Clock): Expression | null => {
    for (const { relation, pattern } of relations) {
      const start = endOfMatch(pattern, text, at);
      const name = start === null ? null : nameAfter(text, start, clock.american, relation === 'since' ? 'since' : undefined);
      if (!name) continue;
      const period = exactPeriod(name, clock);
      const open: Record<typeof relation, OpenPeriod | null> = {
        since: period && { from: period.from, to: null },
        before: period && { from: null, to: period.from },
        after: period && { from: period.to, to: null },
        until: period && { from: null, to: period.to },
      };
      return { start: at, end: name.end, period: open[relation], adverb: true, relation };
    }
    return null;
  };

  const plainAt = (text: string, at: number, clock: Clock): Expression | null => {
    const name = nameAt(text, at, clock.american);
    if (!name || (name.weak && !preposition.test(text.slice(0, at)))) return null;
    return {
      start: at,
      end: name.end,
      period: exactPeriod(name, clock),
      adverb: name.adverb || ownPreposition.test(text.slice(at)),
      relation: 'in',
    };
  };

  return (clause, clock) => {
    const found: Expression[] = [];
    let after = 0;
    for (const { index } of clause.matchAll(/[\p{L}\p{N}]+/gu)) {
      if (index < after || (index > 0 && clause[index - 1] !== ' ')) continue;
      const one = rangeAt(clause, index, clock) ?? relatedAt(clause, index, clock) ?? plainAt(clause, index, clock);
      if (!one) continue;
      const future = one.period?.from != null && one.period.from > clock.now;
      found.push(future ? { ...one, period: null } : one);
      after = one.end;
    }
    return found;
  };
};
