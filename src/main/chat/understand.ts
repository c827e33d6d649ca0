import { rewriteFollowUp } from '@main/questions/followUp';
import type { AskedQuestion } from '@main/questions/question';
import { readQuestion } from '@main/questions/readQuestion';
import { branchEndingAt } from '@main/store/messages';
import type { TurnSources } from '@main/store/turns';
import type { Asked, Message } from '@shared/model';
import type { ChatTurn, ChatTurnDeps } from './chatTurn';

/** How many messages before a question are looked at to know on what it leans. */
const messagesBefore = 12;

/** A question with what it leans on. */
export interface Understood extends AskedQuestion {
  /** The words that are searched first. */
  query: string;
  /** True where they are not those of the question, which is searched too. */
  isRewritten: boolean;
  /** The messages before the question, oldest first. */
  before: readonly Message[];
}

/** Questions that lean on an earlier one themselves. */
const leaning: ReadonlySet<string> = new Set(['talk', 'clarification', 'followup', 'temporal']);

/** Reads what a question wants; one that leans on an earlier question is rewritten from it, and no other is. */
export const understand = (
  { db, memory, now }: Pick<ChatTurnDeps, 'db' | 'memory' | 'now'>,
  { question }: Pick<ChatTurn, 'question'>,
): Understood => {
  const before = question.parentId === null ? [] : branchEndingAt(db, question.parentId, messagesBefore).items;
  const read = (text: string, hasBefore: boolean) => readQuestion(text, { hasBefore, now: now(), zone: memory.zone() });
  const asked = read(question.text, before.length > 0);
  const plain = { ...asked, query: question.text, isRewritten: false, before };
  if (asked.intent !== 'followup' && asked.intent !== 'clarification') return plain;
  const previous = before.findLast(({ role, text }, index) => role === 'user' && !leaning.has(read(text, index > 0).intent));
  if (!previous) return plain;
  const query = asked.intent === 'clarification' ? previous.text : rewriteFollowUp(question.text, previous.text);
  return { ...plain, query, isRewritten: true };
};

/** The line about a question that was searched in other words than its own, or in parts; nothing where it was not. */
export const askedOf = ({ intent, query, isRewritten, parts }: Understood, found: TurnSources | null): Asked | undefined => {
  if (!found) return undefined;
  if (parts.length > 1) return { intent, parts: [...parts] };
  return isRewritten ? { intent, searchedAs: query } : undefined;
};
