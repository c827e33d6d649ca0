import type { CitedSource } from '@main/knowledge/citations';
import { narrowCitations } from '@main/knowledge/narrowCitations';
import type { Source } from '@shared/model';
import type { AnswerWriter } from './answerWriter';
import type { OpenTurn, TurnDeps } from './turn';

/** How long the end of an answer waits for the meaning of its words. */
const nearnessMs = 2_000;

/** The sources that an answer may cite: a continued one may cite sources that were not sent again. */
export const givenSources = ({ partial }: Pick<OpenTurn, 'partial'>, writer: AnswerWriter, found: readonly Source[]): readonly Source[] =>
  (partial === '' ? writer.given : null) ?? found;

/**
 * The places of the text that cite a source, each with the part of the source that supports its sentence. `found`: the sources of
 * the turn.
 */
export const citeSources = (
  { retriever }: Pick<TurnDeps, 'retriever'>,
  turn: OpenTurn,
  { writer, found, question, signal }: { writer: AnswerWriter; found: readonly Source[]; question: string; signal: AbortSignal },
): Promise<CitedSource[]> => {
  return narrowCitations(writer.text, givenSources(turn, writer, found), {
    nearness: (words, texts) => retriever.nearness(words, texts, nearnessMs),
    question,
    waiting: signal,
  });
};
