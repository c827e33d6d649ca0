import { type CheckedAnswer, checkAnswer } from '@main/knowledge/answerCheck/checkAnswer';
import { citedPlaces } from '@main/knowledge/citations';
import { nearnessBy } from '@main/processes/search/nearness';
import { rarityOf } from '@main/processes/search/rarity';
import { loadStaticModel } from '@main/processes/search/staticModel';
import { languageOfText } from '@main/text/detectLanguage';
import { stem } from '@main/text/stems';
import { foldedWords } from '@main/text/words';
import { newId, type Source } from '@shared/model';

const place = { kind: 'lines' as const, label: '', from: 1, to: 1, headings: [] as string[], lines: { from: 1, to: 1 } };

/** A source with these words, numbered. */
export const sourceOf = (marker: number, title: string, text: string, more: Partial<Source> = {}): Source => ({
  marker,
  title,
  text,
  start: 0,
  end: text.length,
  versionId: newId(),
  documentId: newId(),
  place,
  score: 1,
  scores: {},
  ...more,
});

const model = loadStaticModel('resources/models/static-fr-en');

/** Checks an answer as a turn does, with the bundled model for the meaning of words. */
export const check = async (
  text: string,
  sources: readonly Source[],
  question = '',
  { least, rarity = () => 1 }: { least?: number; rarity?: (word: string) => number } = {},
): Promise<CheckedAnswer> => {
  const nearness = nearnessBy(await model);
  return checkAnswer(
    { text, places: citedPlaces(text, sources), sources, question, said: [] },
    {
      nearness: async (words, texts) => nearness(words, texts),
      rarity: async (words) => words.map(rarity),
      waiting: new AbortController().signal,
      ...(least !== undefined && { least }),
    },
  );
};

/** How rare a word is among some texts, as the search process tells it of the library. */
export const rarityAmong = (texts: readonly string[]): ((word: string) => number) => {
  const stems = texts.map((text) => {
    const language = languageOfText(text) ?? 'en';
    return { language, held: new Set(foldedWords(text).map((word) => stem(word, language))) };
  });
  return (word) => rarityOf(stems.length, stems.filter(({ language, held }) => held.has(stem(word, language))).length);
};
