import { languageOfText } from '@main/text/detectLanguage';
import type { DatedClause } from './asksAboutPast';
import { localText } from './calendar';
import { type Sentence, sentencesOf } from './clauses';
import { dateClauses, detect } from './detection';
import { clockAt, timeFinders } from './finders';
import type { TimeQuestionKind } from './question';
import { englishQuestions } from './questionWords.en';
import { frenchQuestions } from './questionWords.fr';
import { englishTime } from './timeWords.en';
import { frenchTime } from './timeWords.fr';
import { createTypoCorrector } from './typos';
import { windowOf } from './window';
import type { LocalWindow } from './zone';

export interface TimeQuestion extends LocalWindow {
  /** True when the text asks about past conversations, or about the own past of the person who asks. */
  temporal: boolean;
  /** Null where the text is not temporal. */
  kind: TimeQuestionKind | null;
}

export interface TimeReading {
  /** Where it is left out, the words show it, and both are tried where they do not. */
  language?: 'en' | 'fr' | null;
  /** Epoch milliseconds. */
  now: number;
  /** An IANA zone, such as Europe/Paris. */
  zone: string;
}

const readers = {
  en: { words: englishQuestions, find: timeFinders.en, correct: createTypoCorrector(englishTime.corrected) },
  fr: { words: frenchQuestions, find: timeFinders.fr, correct: createTypoCorrector(frenchTime.corrected) },
};

const corrected = ({ clauses, asked }: Sentence, correct: (text: string) => string): Sentence => ({
  asked,
  clauses: clauses.map((clause) => ({ ...clause, text: correct(clause.text) })),
});

const none: TimeQuestion = { temporal: false, kind: null, from: null, to: null };

/**
 * Reads a question about time in English or French: whether the text asks about past conversations or the person's own past, what
 * it asks for, and the window that it names in local time of the zone. The window is null on both sides where no period, an
 * inexact one or several that do not fit are named. Throws RangeError for an unknown zone.
 */
export const readTimeQuestion = (text: string, { language, now, zone }: TimeReading): TimeQuestion => {
  const clock = clockAt(now, zone);
  const sentences = sentencesOf(text);
  const known = language ?? languageOfText(text);
  for (const one of known ? [known] : (['en', 'fr'] as const)) {
    const { words, find, correct } = readers[one];
    const previous: DatedClause[] = [];
    for (const sentence of sentences) {
      const clauses = dateClauses(corrected(sentence, correct), (clause) => find(clause, clock), words);
      const detection = detect(clauses, previous, words);
      if (detection) {
        const window = windowOf(detection.dated, words);
        return {
          temporal: true,
          kind: detection.kind ?? (window ? 'window' : 'mention'),
          from: window?.from == null ? null : localText(window.from),
          to: window?.to == null ? null : localText(window.to),
        };
      }
      previous.push(...clauses);
    }
  }
  return none;
};
