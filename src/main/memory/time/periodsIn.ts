import { languageOfText } from '@main/text/detectLanguage';
import { localText, momentOfText } from './calendar';
import { sentencesOf } from './clauses';
import { createExpressionFinder } from './expressions';
import type { TimeReading } from './readTimeQuestion';
import { englishTime } from './timeWords.en';
import { frenchTime } from './timeWords.fr';
import { type InstantWindow, instantsOf, localTimeOf } from './zone';

const times = { en: englishTime, fr: frenchTime };
const finders: Partial<Record<'en' | 'fr', ReturnType<typeof createExpressionFinder>>> = {};
/** Made at the first use: a start does without it. */
const finderOf = (language: 'en' | 'fr') => {
  finders[language] ??= createExpressionFinder(times[language]);
  return finders[language];
};
/** Only the zones of America write the month first; the names of the months say more than numbers, whatever the zone. */
const american = false;

/**
 * The periods that the words of a text name, whatever it asks: also "the contract of 3 March", and a person's birthday in a question
 * about somebody else. For ranking; `readTimeQuestion` tells which window a question is about.
 */
export const periodsIn = (text: string, { language, now, zone }: TimeReading): InstantWindow[] => {
  const clock = { now: momentOfText(localTimeOf(now, zone)), american };
  const find = finderOf(language ?? languageOfText(text) ?? 'en');
  return sentencesOf(text)
    .flatMap(({ clauses }) => clauses.flatMap((clause) => find(clause.text, clock)))
    .flatMap(({ period }) => (period ? [instantsOf({ from: textOf(period.from), to: textOf(period.to) }, zone)] : []));
};

const textOf = (moment: number | null): string | null => (moment === null ? null : localText(moment));
