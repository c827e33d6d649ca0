import type { Candidate } from '@main/providers/gateway';
import { intentFromModel, isInDoubt } from '@main/questions/doubt';
import { completeText } from '@main/turns/completeText';
import type { ChatTurn, ChatTurnDeps } from './chatTurn';
import type { Understood } from './understand';

/** A question waits this long for a model's reading of it; then the rules' reading stands. */
export const intentLimitMs = 3_000;
const longestReply = 200;

/**
 * A question as a model reads it, where the person has switched that on and the rules are in doubt. In every other case, and where the
 * model is late, fails or answers something else, as the rules read it. Rejects only where `signal` aborts.
 */
export const askIntent = async (
  { gateway, prompts, settings }: Pick<ChatTurnDeps, 'gateway' | 'prompts' | 'settings'>,
  turn: Pick<ChatTurn, 'id' | 'conversationId' | 'agentId' | 'question' | 'language'>,
  understood: Understood,
  { candidates, signal, limitMs = intentLimitMs }: { candidates: Candidate[]; signal: AbortSignal; limitMs?: number },
): Promise<Understood> => {
  const { text } = turn.question;
  if (!settings().conversations.modelIntents || candidates.length === 0 || !isInDoubt(text, understood)) return understood;
  try {
    const reply = await completeText(gateway, {
      purpose: 'intent',
      turnId: turn.id,
      conversationId: turn.conversationId,
      agentId: turn.agentId,
      candidates: candidates.slice(0, 1),
      prompt: prompts.render('intent', turn.language, { question: prompts.asData(text) }),
      maxOutputTokens: longestReply,
      limitMs,
      signal,
    });
    const read = reply.whole ? intentFromModel(reply.text, understood, text) : null;
    return read ? { ...understood, ...read } : understood;
  } catch (error) {
    if (signal.aborted) throw error;
    return understood;
  }
};
