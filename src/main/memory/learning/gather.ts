import type { Speakers } from '@main/agents/agents';
import type { Prompts } from '@main/prompts/prompts';
import type { ReadableDb } from '@main/store/database';
import { memoryGiven } from '@main/store/memoryAnalysis';
import { findMessage } from '@main/store/messages';
import { firstTurnOfQuestion } from '@main/store/turns';
import type { Conversation, Message } from '@shared/model';
import { readTimeQuestion } from '../time/readTimeQuestion';
import { type Before, type Readable, readableOf } from './readable';

interface GatherDeps {
  db: ReadableDb;
  prompts: Pick<Prompts, 'render'>;
  agents: Pick<Speakers, 'persona'>;
}

/** The instructions that an agent's model is given, in both languages. */
const instructions = ({ prompts, agents }: GatherDeps, agentId: string): string[] =>
  (['en', 'fr'] as const).flatMap((language) =>
    (['answer-plain', 'answer-none'] as const).map(
      (name) => prompts.render(name, language, { persona: agents.persona(agentId, language) }).text,
    ),
  );

const beforeOf = (deps: GatherDeps, message: Message): Before | null => {
  const answer = message.parentId === null ? null : findMessage(deps.db, message.parentId);
  if (answer?.role !== 'assistant') return null;
  const question = answer.parentId === null ? null : findMessage(deps.db, answer.parentId);
  // Its model was given past messages, which are not kept with the answer; and without a model an answer is made of quotes.
  if (readTimeQuestion(question?.text ?? '', { now: answer.at, zone: 'UTC' }).temporal || answer.info?.model === '') return null;
  const quotes = answer.citations.map(({ quote }) => quote);
  return {
    answer,
    question: question?.text ?? '',
    given: {
      texts: [...quotes, ...memoryGiven(deps.db, answer.id, message.conversationId)],
      prompts: instructions(deps, answer.speaker ?? ''),
    },
  };
};

/** The agent that answered a message, or would have. */
const agentOf = (db: ReadableDb, message: Message, { settings }: Conversation): string =>
  firstTurnOfQuestion(db, message.conversationId, message.id)?.agentId ?? settings.agentId;

/** The readable part of a stored message; null where it is gone, or holds nothing that the person wrote. */
export const gatherReadable = (
  deps: GatherDeps,
  messageId: string,
  conversation: Conversation,
): { agentId: string; readable: Readable | null } | null => {
  const message = findMessage(deps.db, messageId);
  if (!message) return null;
  const agentId = agentOf(deps.db, message, conversation);
  return { agentId, readable: readableOf(message, agentId, beforeOf(deps, message)) };
};
