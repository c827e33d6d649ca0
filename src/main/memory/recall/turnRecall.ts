import type { InstantWindow } from '@main/memory/time/zone';
import type { Telemetry } from '@main/telemetry/telemetry';
import { asksOfQuestions, onlyAsks } from '@main/text/asking';
import type { Recalled, RecalledItem, RecalledMessage, Settings } from '@shared/model';
import type { Recall } from './recall';

/**
 * How long an answer waits for what is recalled: some milliseconds, except where the index of the past is made first. An answer that is
 * a moment late is better than one that does not know the person.
 */
const waitMs = 2_000;
/** Beyond that, for what is read after the search. */
const graceMs = 500;
/**
 * The evidence from which something is recalled that nobody asked for, and the least similarity of its lines: similarities are scaled by
 * each question, so that they compare the lines of one question only. See docs/decisions/0017-recall.md.
 */
const unasked = { evidence: 0.4, similarity: 0.65 };
/** The least similarity of a line, as a share of the best one's, where the past is asked for. */
const shareOfBest = 0.6;
/** The most items, and messages, that nobody asked for. */
const mostUnasked = 3;

export interface TurnRecallRequest {
  text: string;
  conversationId: string;
  agentId: string;
  /** True where the question asks about the past; `window` is the period that it names. */
  isAsked: boolean;
  window: InstantWindow | null;
  /** Messages that the prompt has already. */
  exceptMessageIds: readonly string[];
  signal: AbortSignal;
}

export interface TurnRecall {
  /** Returns the part of memory that a turn may use; null where recall is off, or was not done in time. Throws where the signal is aborted. */
  of(request: TurnRecallRequest): Promise<Recalled | null>;
}

/** True for an item that was not learnt in this conversation alone: what is in the prompt anyway is no news. */
const isFromElsewhere = ({ item }: RecalledItem, conversationId: string): boolean =>
  item.sources.length === 0 || item.sources.some((source) => source.conversationId !== conversationId);

/** True for a message of the person that only asks: it answers nothing. */
const isQuestion = ({ role, speaker, text }: RecalledMessage): boolean => role === 'user' && speaker === null && onlyAsks(text);

/**
 * The part of what was found that is given without being asked for: nothing where the evidence is weak, and no questions of the person,
 * unless `text` asks for them.
 */
export const unaskedPart = <Found extends Recalled & { evidence: number; askedFor: readonly string[] }>(
  found: Found,
  { conversationId, text }: Pick<TurnRecallRequest, 'conversationId' | 'text'>,
): Found => {
  const fits = <One extends { scores: { similarity: number } }>(all: readonly One[]): One[] =>
    found.evidence < unasked.evidence ? [] : all.filter(({ scores }) => scores.similarity >= unasked.similarity).slice(0, mostUnasked);
  const asked = new Set(found.askedFor);
  return {
    ...found,
    items: [
      ...found.items.filter(({ item }) => asked.has(item.id)),
      ...fits(found.items.filter((one) => !asked.has(one.item.id) && isFromElsewhere(one, conversationId))),
    ],
    messages: fits(asksOfQuestions(text) ? found.messages : found.messages.filter((one) => !isQuestion(one))),
  };
};

/** The part of the past that was asked for, without lines that fit much less than the best one. */
export const nearBest = <Found extends Recalled>(found: Found): Found => {
  const all = [...found.items, ...found.messages].map(({ scores }) => scores.similarity);
  const least = shareOfBest * Math.max(0, ...all);
  const isNear = ({ scores }: { scores: { similarity: number } }): boolean => scores.similarity >= least;
  return { ...found, items: found.items.filter(isNear), messages: found.messages.filter(isNear) };
};

/** Recall for a turn: bounded in time, and sparing where the question does not ask for the past. */
export const createTurnRecall = ({
  recall,
  settings,
  telemetry,
  now,
}: {
  recall: Pick<Recall, 'recall'>;
  settings: () => Pick<Settings, 'memory'>;
  telemetry: Pick<Telemetry, 'log'>;
  now: () => number;
}): TurnRecall => ({
  of: async ({ signal, isAsked, ...request }) => {
    if (!settings().memory.recall) return null;
    const limit = AbortSignal.timeout(waitMs + graceMs);
    try {
      const found = await recall.recall({ ...request, isAsked, waitMs, now: now(), signal: AbortSignal.any([signal, limit]) });
      if (!found.searched) return null;
      return isAsked ? nearBest(found) : unaskedPart(found, request);
    } catch (error) {
      signal.throwIfAborted();
      if (!limit.aborted) telemetry.log.warn({ err: error }, 'memory could not be asked: the answer is written without it');
      return null;
    }
  },
});
