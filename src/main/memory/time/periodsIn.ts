import { languageOfText } from '@main/text/detectLanguage';
import { localText } from './calendar';
import { sentencesOf } from './clauses';
import { clockAt, timeFinders } from './finders';
import type { TimeReading } from './readTimeQuestion';
import { type InstantWindow, instantsOf } from './zone';

/**
 * The periods that the words of a text name, whatever it asks: also "the contract of 3 March", and a person's birthday in a question
 * about somebody else. For ranking; `readTimeQuestion` tells which window a question is about.
 */
export const periodsIn = (text: string, { language, now, zone }: TimeReading): InstantWindow[] => {
  const clock = clockAt(now, zone);
  const find = timeFinders[language ?? languageOfText(text) ?? 'en'];
  return sentencesOf(text)
    .flatMap(({ clauses }) => clauses.flatMap((clause) => find(clause.text, clock)))
    .flatMap(({ period }) => (period ? [instantsOf({ from: textOf(period.from), to: textOf(period.to) }, zone)] : []));
};

const textOf = (moment: number | null): string | null => (moment === null ? null : localText(moment));
