import { type Cited, replaceCitations } from '@main/store/citations';
import { touchConversation } from '@main/store/conversations';
import { findMessage, finishMessage } from '@main/store/messages';
import { dropSourcesOfMessage, finishTurn, ledgerUsage, type TurnState } from '@main/store/turns';
import type { OpenTurn, TurnDeps } from '@main/turns/turn';
import { type AnswerInfo, EmergenceError, type ErrorRecord, type Message, type MessageState, type Usage } from '@shared/model';
import type { TurnFacts } from './runTurn';

export interface AnswerEnd {
  state: Exclude<MessageState, 'streaming'>;
  turnState: Exclude<TurnState, 'running'>;
  error: ErrorRecord | null;
  text: string;
  cited: readonly Cited[];
  facts: TurnFacts;
}

/** Saves the answer, its citations and the turn's end in one transaction, tells who listens, counts it, and returns what was saved. Throws `not_found` when the message is gone. */
export const saveAnswer = ({ db, changes, telemetry, now }: TurnDeps, turn: OpenTurn, end: AnswerEnd): Message => {
  const at = now();
  db.transaction(() => {
    const info = infoOf(db, turn, end.facts, at);
    // Of a forgotten conversation nothing may come back, its quotes least of all.
    if (!finishMessage(db, turn.messageId, { state: end.state, text: end.text, error: end.error, info, thinking: end.facts.thinking }))
      throw new EmergenceError('not_found');
    replaceCitations(db, turn.messageId, end.cited);
    finishTurn(db, turn.id, { state: end.turnState, error: end.error, at });
    if (end.state === 'complete') dropSourcesOfMessage(db, turn.messageId);
    touchConversation(db, turn.conversationId, at);
  })();
  changes.publish('message', turn.messageId);
  changes.publish('conversation', turn.conversationId);

  telemetry.increment('chat_turns_total', { outcome: end.turnState });
  telemetry.observe('chat_turn_duration_seconds', {}, (at - turn.createdAt) / 1_000);
  if (end.facts.found?.support && end.state === 'complete')
    telemetry.increment('chat_answers_total', { support: end.facts.found.support, cited: end.cited.length > 0 ? 'yes' : 'no' });
  if (end.error) telemetry.increment('query_errors_total', { code: end.error.code });

  const message = findMessage(db, turn.messageId);
  if (!message) throw new EmergenceError('not_found');
  return message;
};

/** The muted line under the answer. Usage comes from the ledger, which also knows failed and stopped calls. */
const infoOf = (db: TurnDeps['db'], turn: OpenTurn, facts: TurnFacts, at: number): AnswerInfo => ({
  provider: facts.provider,
  model: facts.model,
  usage: addUsage(turn.before?.usage ?? null, ledgerUsage(db, turn.id) ?? facts.usage),
  firstWordMs: turn.before?.firstWordMs ?? facts.firstWordMs,
  ms: (turn.before?.ms ?? 0) + at - turn.createdAt,
  fallback: facts.fallback,
  support: facts.found?.support ?? null,
  passages: facts.found?.sources.length ?? 0,
});

/** Sum of two usages; an unknown price makes the sum unknown. */
export const addUsage = (a: Usage | null, b: Usage | null): Usage | null =>
  a && b
    ? {
        inputTokens: a.inputTokens + b.inputTokens,
        outputTokens: a.outputTokens + b.outputTokens,
        cachedTokens: a.cachedTokens + b.cachedTokens,
        estimated: a.estimated || b.estimated,
        costNano: a.costNano === null || b.costNano === null ? null : a.costNano + b.costNano,
      }
    : (a ?? b);
