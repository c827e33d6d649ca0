import { type CheckedAnswer, type CheckTools, checkAnswer } from '@main/knowledge/answerCheck/checkAnswer';
import { type CitedSource, citedPlaces } from '@main/knowledge/citations';
import type { Source } from '@shared/model';
import type { AnswerWriter } from './answerWriter';
import { givenSources } from './citeSources';
import type { OpenTurn, TurnDeps } from './turn';

/** How long the end of an answer waits for what the search process knows of its words. */
const wordsMs = 1_500;

/** Of an answer that no model wrote over passages: there is nothing to check. */
export const unchecked = null;

/** The statements of a text without a number, each with the passage that says it; none where that cannot be known now. */
export const matchStatements = async (
  { retriever, telemetry }: Pick<TurnDeps, 'retriever' | 'telemetry'>,
  { text, sources, question, signal }: { text: string; sources: readonly Source[]; question: string; signal: AbortSignal },
): Promise<CitedSource[]> => {
  try {
    const tools = toolsOf(retriever, signal);
    return (await checkAnswer({ text, places: citedPlaces(text, sources), sources, question, said: [] }, tools)).matched;
  } catch (error) {
    telemetry.log.error({ err: error }, 'statements could not be matched');
    return [];
  }
};

const toolsOf = (retriever: TurnDeps['retriever'], signal: AbortSignal): CheckTools => ({
  nearness: (words, texts) => retriever.nearness(words, texts, wordsMs),
  rarity: (words) => retriever.rarity(words, wordsMs),
  waiting: signal,
});

/**
 * Checks an answer against the passages that its model was given. Null where it was given none, or wrote nothing. An answer whose
 * check fails is kept without one.
 */
export const checkSources = async (
  { retriever, telemetry }: Pick<TurnDeps, 'retriever' | 'telemetry'>,
  turn: OpenTurn,
  {
    writer,
    found,
    cited,
    question,
    said,
    signal,
  }: {
    writer: AnswerWriter;
    found: readonly Source[];
    cited: readonly CitedSource[];
    question: string;
    /** Texts that the model was given beside the passages. */
    said: readonly string[];
    signal: AbortSignal;
  },
): Promise<CheckedAnswer | null> => {
  const sources = givenSources(turn, writer, found);
  if (sources.length === 0 || writer.text.trim() === '') return unchecked;
  try {
    return await checkAnswer({ text: writer.text, places: cited, sources, question, said }, toolsOf(retriever, signal));
  } catch (error) {
    telemetry.log.error({ err: error, messageId: turn.messageId }, 'an answer could not be checked');
    return unchecked;
  }
};
