import type { Learnt } from '../learnt';
import type { CheckedClaim } from './checkStatement';
import type { Found } from './modelAnswer';
import { plainText } from './plain';
import type { Readable } from './readable';
import { languagesOf } from './statements';
import { instantIn, timesIn } from './times';

/** The one language in which a model's words of time are read. */
const timesOfPhrase = (phrase: string, sentence: string, readable: Readable) =>
  languagesOf(sentence, readable.said).map((language) => timesIn(phrase, language, readable));

/**
 * The dates that the words of time in an item mean; the program calculates them, never a model. Null for a visit without a time: it would
 * hold for ever.
 */
export const datesOf = (
  found: Found,
  { kind, attribute, isOver }: CheckedClaim,
  sentence: string,
  readable: Readable,
): Pick<Learnt, 'validFrom' | 'validTo' | 'dueAt'> | null => {
  const inSentence = (phrase: string | null): string | null =>
    phrase !== null && plainText(sentence).includes(plainText(phrase)) ? phrase : null;
  const read = (phrase: string | null, pick: (times: ReturnType<typeof timesIn>) => number | null | undefined): number | null => {
    const words = inSentence(phrase);
    if (words === null) return null;
    for (const times of timesOfPhrase(words, sentence, readable)) {
      const moment = pick(times);
      if (moment != null) return instantIn(moment, times, readable);
    }
    return null;
  };
  if (attribute === 'whereabouts') {
    const [visit] = timesOfPhrase(sentence, sentence, readable).flatMap((times) => times.coming.map((time) => ({ times, time })));
    if (!visit) return null;
    const { period, bound } = visit.time;
    const instant = (moment: number | null): number | null => instantIn(moment, visit.times, readable);
    return { validFrom: instant(bound ? visit.times.now : period.from), validTo: instant(period.to), dueAt: null };
  }
  const from = read(found.from, ({ named, coming }) => named[0]?.period?.from ?? coming[0]?.period.from);
  const to = read(found.to, ({ named, coming }) => named[0]?.period?.to ?? coming[0]?.period.to);
  const due = kind === 'intent' ? read(found.due, ({ coming }) => coming[0]?.due) : null;
  return { validFrom: from, validTo: to ?? (isOver ? readable.at : null), dueAt: due };
};
